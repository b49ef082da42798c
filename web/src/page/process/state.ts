import type { Selection } from "@/chart/processmap/schema";
import {
  type Codec,
  codec,
  day,
  flag,
  list,
  oneOf,
  type ProcessFilter,
  processFilterParams,
  text,
  whole,
} from "@/kit/url";

export const tabs = ["map", "variants", "cases", "times", "compare", "findings"] as const;
export type Tab = (typeof tabs)[number];

/** Everything the process page keeps in its address. */
export interface ProcessState extends ProcessFilter {
  tab: Tab;
  colour: "duration" | "count";
  /** Number of activities and paths on the map; 0 leaves the choice to the page. */
  activities: number;
  paths: number;
  /** Selected activity. */
  node: string;
  /** Selected path. */
  path_from: string;
  path_to: string;
  /** Ids of the variants that are compared. */
  compare: string[];
  /** Number of variants listed. */
  top: number;
  /** Open case. */
  open: string;
  sort: "longest" | "shortest" | "newest";
  table: boolean;
  /** The periods that are compared; empty lets the server choose. The last days are the day after. */
  a_from: string;
  a_to: string;
  b_from: string;
  b_to: string;
}

const written: Codec<ProcessState> = codec<ProcessState>({
  ...processFilterParams,
  tab: oneOf(...tabs),
  colour: oneOf("duration", "count"),
  activities: whole(0, 0, 10_000),
  paths: whole(0, 0, 100_000),
  node: text(),
  path_from: text(),
  path_to: text(),
  compare: list(),
  top: whole(20, 1, 5_000),
  open: text(),
  sort: oneOf("longest", "shortest", "newest"),
  table: flag(),
  a_from: day(),
  a_to: day(),
  b_from: day(),
  b_to: day(),
});

/** Addresses that were kept before open cases could be chosen say complete=true. */
export const processState: Codec<ProcessState> = {
  ...written,
  read: (raw) => written.read(raw.state === undefined && raw.complete === "true" ? { ...raw, state: "complete" } : raw),
};

/** The filter part, as the process queries take it. */
export function filterOf(state: ProcessFilter): ProcessFilter {
  const { from, to, activity, not_activity, variant, attr } = state;
  return { from, to, activity, not_activity, variant, attr, state: state.state };
}

/** True when nothing is filtered. */
export function unfiltered(f: ProcessFilter): boolean {
  return (
    !f.from &&
    !f.to &&
    f.state === "all" &&
    f.activity.length + f.not_activity.length + f.variant.length + f.attr.length === 0
  );
}

/** The selection on the map. */
export function selectionOf(state: ProcessState): Selection {
  if (state.path_from && state.path_to) return { kind: "path", from: state.path_from, to: state.path_to };
  return state.node ? { kind: "activity", name: state.node } : null;
}

/** The patch of the address that makes a selection. */
export function selectionPatch(selection: Selection): Partial<ProcessState> {
  return {
    node: selection?.kind === "activity" ? selection.name : "",
    path_from: selection?.kind === "path" ? selection.from : "",
    path_to: selection?.kind === "path" ? selection.to : "",
  };
}
