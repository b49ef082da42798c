import type { Roadmap } from "@/api/types/roadmap";
import type { PlotTable } from "@/chart/plot";
import { m } from "@/paraglide/messages";
import { type Option, titleOf } from "./words";

const numbered = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

/** Every date and deviation that the roadmap draws. */
export function itemTable(r: Roadmap, stages: readonly Option[], areas: readonly Option[]): PlotTable {
  return {
    columns: [
      { title: m.roadmap_col_initiative(), type: "text" },
      { title: m.roadmap_col_stage(), type: "text" },
      { title: m.roadmap_col_area(), type: "text" },
      { title: m.roadmap_col_start(), type: "date" },
      { title: m.roadmap_col_live(), type: "date" },
      { title: m.roadmap_col_end(), type: "date" },
      { title: m.roadmap_col_budget(), type: "number" },
      { title: m.roadmap_col_currency(), type: "text" },
      { title: m.roadmap_col_milestones(), type: "text" },
      { title: m.roadmap_col_dev_start(), type: "integer" },
      { title: m.roadmap_col_dev_live(), type: "integer" },
      { title: m.roadmap_col_dev_cost(), type: "number" },
      { title: m.roadmap_col_dev_benefit(), type: "number" },
    ],
    rows: (r.items ?? []).map((item) => [
      item.title,
      titleOf(stages, item.stage),
      item.area ? titleOf(areas, item.area) : null,
      item.start,
      item.go_live,
      item.end,
      numbered(item.budget?.amount),
      item.budget?.currency ?? null,
      (item.milestones ?? []).map((one) => `${one.title} ${one.due}`).join("; ") || null,
      item.deviation?.start_days ?? null,
      item.deviation?.go_live_days ?? null,
      numbered(item.deviation?.cost?.amount),
      item.deviation?.benefit ?? null,
    ]),
  };
}

/** How a load is called. */
export function loadState(state: string): string {
  const words: Record<string, () => string> = {
    free: m.roadmap_state_free,
    tight: m.roadmap_state_tight,
    over: m.roadmap_state_over,
  };
  return (words[state] ?? m.roadmap_state_unknown)();
}

/** Every number of the load bars. */
export function loadTable(r: Roadmap): PlotTable {
  return {
    columns: [
      { title: m.roadmap_col_function(), type: "text" },
      { title: m.roadmap_col_quarter(), type: "text" },
      { title: m.roadmap_col_low(), type: "number" },
      { title: m.roadmap_col_likely(), type: "number" },
      { title: m.roadmap_col_high(), type: "number" },
      { title: m.roadmap_col_capacity(), type: "number" },
      { title: m.roadmap_col_state(), type: "text" },
    ],
    rows: (r.functions ?? []).flatMap((f) =>
      (f.quarters ?? []).map((q) => [
        f.name,
        q.label,
        q.need.min,
        q.need.likely,
        q.need.max,
        f.capacity,
        loadState(q.state),
      ]),
    ),
  };
}
