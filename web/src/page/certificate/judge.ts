import type { Verified } from "@/api/types/certificate";
import type { Status } from "@/kit";
import { m } from "@/paraglide/messages";

/** How large a file the server looks at. */
export const MOST = 5 << 20;

/** The hash in a text that may hold spaces and capitals, empty when it is none. */
export function hashOf(text: string): string {
  const clean = text.replace(/\s+/g, "").toLowerCase();
  return /^[0-9a-f]{64}$/.test(clean) ? clean : "";
}

export type Judged = { mark: Extract<Status, "proven" | "at_risk" | "missed" | "not_provable"> };

/** Genuine and valid, genuine but no longer valid, changed, or not known here. */
export function judged(answer: Pick<Verified, "genuine" | "holds" | "closing">): Judged {
  if (answer.holds) return { mark: "proven" };
  if (answer.closing) return { mark: "at_risk" };
  return { mark: answer.genuine ? "not_provable" : "missed" };
}

export function judgedWord({ mark }: Judged): string {
  switch (mark) {
    case "proven":
      return m.proof_verify_holds();
    case "at_risk":
      return m.proof_verify_genuine();
    case "missed":
      return m.proof_verify_not();
    default:
      return m.proof_verify_unknown();
  }
}
