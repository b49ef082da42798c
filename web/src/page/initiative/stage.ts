import type { StepList } from "@/api/types/register";

/** The way of the stages; closed and stopped end it. */
export const way = ["idea", "case", "mvp", "pilot", "scale", "live"] as const;
export const ends = ["closed", "stopped"] as const;
export const stages = [...way, ...ends];

export type StopState = "passed" | "here" | "ahead";

/** How a stop of the way stands to the present stage. A closed initiative has passed them all. */
export function stopState(stop: string, stage: string, entered: ReadonlySet<string>): StopState {
  if (stage === stop) return "here";
  if (stage === "closed" || entered.has(stop)) return "passed";
  return "ahead";
}

/** When each stage was entered for the last time, as the history tells it: title of the stage to its day in words. */
export function entries(history: Pick<StepList, "items"> | undefined): Map<string, string> {
  const out = new Map<string, string>();
  for (const step of history?.items ?? []) {
    const stage = step.changes.find((change) => change.field === "stage")?.after;
    const since = step.changes.find((change) => change.field === "stage_since")?.after;
    if (stage && !out.has(stage)) out.set(stage, since || "");
  }
  return out;
}

/** The gate that lies before a stop: the first one leads to the second stop. */
export function gateNumber(to: string): number {
  return (way as readonly string[]).indexOf(to);
}
