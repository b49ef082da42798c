import { m } from "@/paraglide/messages";

/** The steps of the evidence chain in their fixed order. */
export const steps = [
  "rows",
  "metric",
  "finding",
  "initiative",
  "case",
  "plan",
  "effect",
  "signature",
  "contribution",
] as const;

export type Step = (typeof steps)[number];

/** present: there · open: not yet · restated: computed anew since · broken: lost · void: does not apply, not counted. */
export type LinkState = "present" | "open" | "restated" | "broken" | "void";

/** One link of a chain, as the data says it. Links of steps that are not built are simply not in the list. */
export interface ChainLink {
  step: Step;
  state: LinkState;
  /** What stands large: "29.412 Zeilen", a name, a figure. */
  value: string;
  /** Source or date below. */
  detail?: string;
  /** Full title, version and owner for the popover. */
  title?: string;
  version?: string;
  owner?: string;
  href?: string;
  formula?: string;
}

/** The German name of a step. */
export function stepName(step: Step): string {
  switch (step) {
    case "rows":
      return m.kit_step_rows();
    case "metric":
      return m.kit_step_metric();
    case "finding":
      return m.kit_step_finding();
    case "initiative":
      return m.kit_step_initiative();
    case "case":
      return m.kit_step_case();
    case "plan":
      return m.kit_step_plan();
    case "effect":
      return m.kit_step_effect();
    case "signature":
      return m.kit_step_signature();
    case "contribution":
      return m.kit_step_contribution();
  }
}

/** The links in the order of the steps, whatever order they came in. */
export function ordered(links: readonly ChainLink[]): ChainLink[] {
  return [...links].sort((a, b) => steps.indexOf(a.step) - steps.indexOf(b.step));
}

export interface Count {
  present: number;
  counted: number;
  /** The first link that is not there. */
  openFrom: Step | null;
}

/** How many links are there; those that do not apply are not counted. */
export function countLinks(links: readonly ChainLink[]): Count {
  const counted = ordered(links).filter((link) => link.state !== "void");
  const there = counted.filter((link) => link.state === "present" || link.state === "restated");
  const missing = counted.find((link) => link.state === "open" || link.state === "broken");
  return { present: there.length, counted: counted.length, openFrom: missing?.step ?? null };
}

/** The caption of a collapsed chain: the one thing that matters, otherwise "7 von 9". */
export function chainCaption(links: readonly ChainLink[]): string {
  const list = ordered(links);
  const broken = list.find((link) => link.state === "broken");
  if (broken) return m.kit_chain_broken({ step: stepName(broken.step) });
  if (list.some((link) => link.state === "restated")) return m.kit_status_restated();
  const { present, counted } = countLinks(list);
  return m.kit_of({ n: String(present), total: String(counted) });
}

/** The name of a chain for screen readers. */
export function chainName(links: readonly ChainLink[]): string {
  const { present, counted, openFrom } = countLinks(links);
  const base = m.kit_chain_name({ n: String(present), total: String(counted) });
  return openFrom ? `${base}, ${m.kit_chain_open_from({ step: stepName(openFrom) })}` : base;
}

/** The word of a link's state. */
export function stateWord(state: LinkState): string {
  switch (state) {
    case "present":
      return m.kit_link_present();
    case "open":
      return m.kit_status_open();
    case "restated":
      return m.kit_status_restated();
    case "broken":
      return m.kit_link_broken();
    case "void":
      return m.kit_link_void();
  }
}
