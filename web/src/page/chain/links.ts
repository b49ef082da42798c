import type { ChainNode } from "@/api/types/chain";
import type { ChainLink, Step } from "@/kit/chain/links";
import { date, int, moneyText } from "@/kit/format";
import { statusWord } from "@/page/closing/words";
import { changeText, className, effectScale, planned, verdictWord, worthText } from "@/page/effect/words";
import { m } from "@/paraglide/messages";

/** The link of each kind in the strip. */
export const stepOf: Record<ChainNode["kind"], Step> = {
  rows: "rows",
  metric: "metric",
  finding: "finding",
  initiative: "initiative",
  business_case: "case",
  effect_plan: "plan",
  effect: "effect",
  closing: "signature",
  ledger_entry: "contribution",
};

type Said = Pick<ChainLink, "value"> & Partial<ChainLink>;

/** The strip of what the server says; stage writes the stage of an initiative. */
export function linksOf(nodes: readonly ChainNode[], stage: (value: string) => string): ChainLink[] {
  return nodes.map((node) => {
    const words = { open: m.proof_open(), broken: m.proof_broken(), void: m.proof_void() } as Record<string, string>;
    const missing = words[node.mark];
    const said: Said =
      node.mark === "void" || (node.id === "" && missing) ? { value: missing ?? "" } : saidOf(node, stage);
    return {
      step: stepOf[node.kind],
      state: node.mark,
      title: node.why || node.title || undefined,
      href: node.link || undefined,
      ...said,
    };
  });
}

function saidOf(node: ChainNode, stage: (value: string) => string): Said {
  const version = node.version > 0 ? m.proof_version({ n: int(node.version) }) : undefined;
  switch (node.kind) {
    case "rows":
      return {
        value: node.rows === null ? m.proof_rows_none() : m.proof_rows({ n: node.rows, count: int(node.rows) }),
        detail: node.at ? m.proof_loaded({ day: date(node.at) }) : undefined,
      };
    case "metric":
      return { value: node.title, detail: version };
    case "finding":
      return { value: node.number || node.title, detail: date(node.at) };
    case "initiative":
      return { value: node.title, detail: stage(node.state) };
    case "business_case":
      return {
        value: node.value === null ? m.proof_case_draft() : moneyText(node.value, node.currency ?? undefined),
        detail: node.mark === "present" ? m.proof_case_npv() : m.proof_case_unapproved(),
        version,
      };
    case "effect_plan":
      return { ...planSaid(node), version };
    case "effect":
      return node.value === null
        ? { value: m.proof_open(), detail: node.state ? verdictWord(node.state) : m.proof_effect_unmeasured() }
        : { value: changeText(effectScale(asScale(node), node.value), node.value), detail: verdictWord(node.state) };
    case "closing":
      return closingSaid(node);
    default:
      return {
        value: worthText(node.value, node.unit),
        detail: node.mark === "broken" ? m.proof_taken_back() : m.proof_a_year({ benefit: className(node.class) }),
      };
  }
}

const asScale = (node: ChainNode) =>
  ({ unit: node.unit, currency: node.currency }) as Parameters<typeof effectScale>[0];

function planSaid(node: ChainNode): Said {
  if (node.mark === "present") return { value: planned(node.class), detail: date(node.at) };
  const value =
    node.state === "proposed"
      ? m.proof_plan_proposed()
      : node.state === "refused"
        ? m.proof_plan_refused()
        : m.proof_plan_draft();
  return { value, detail: m.proof_plan_unsigned() };
}

/** Who signed and when; a value that was computed anew stands beside the signed one. */
function closingSaid(node: ChainNode): Said {
  if (node.mark === "restated") {
    const scale = effectScale(asScale(node), node.value);
    const write = (v: number | null): string => (node.class === "metric" ? scale.text(v) : changeText(scale, v));
    return {
      value: m.kit_status_restated(),
      detail: m.proof_restated({ signed: write(node.value), today: write(node.today) }),
    };
  }
  return {
    value: node.mark === "present" ? node.by || m.proof_signed() : statusWord(node.state),
    detail: date(node.at),
  };
}
