import type { Grain, MetricAnswer, MetricPoint, MetricUnit } from "@/api/types/metric";
import type { Band } from "@/chart/band";
import type { PlotTable } from "@/chart/plot";
import { periodName } from "@/chart/series";
import type { ColumnType } from "@/kit/download";
import { m } from "@/paraglide/messages";

/** The column type of a metric's unit. */
export function unitType(unit: MetricUnit): ColumnType {
  return unit === "share"
    ? "percent"
    : unit === "seconds"
      ? "seconds"
      : unit === "money"
        ? "money"
        : unit === "count"
          ? "integer"
          : "number";
}

/** Every number of the line: value, interval, n, comparison. */
export function pointTable(
  points: MetricPoint[],
  before: (number | null)[],
  by: Grain,
  against: string,
  answer: Pick<MetricAnswer, "unit">,
  bands: Band[] = [],
): PlotTable {
  const type = unitType(answer.unit);
  const bound = type === "integer" ? "number" : type;
  return {
    columns: [
      { title: m.metric_period(), type: "text" },
      { title: m.metric_from(), type: "date" },
      { title: m.metric_value(), type },
      { title: m.metric_low(), type: bound },
      { title: m.metric_high(), type: bound },
      { title: m.metric_n(), type: "integer" },
      { title: against, type },
      ...bands.map((b) => ({ title: b.name, type: bound })),
      { title: m.metric_complete(), type: "boolean" },
    ],
    rows: points.map((p, i) => [
      periodName(p.from, by),
      p.from,
      p.value,
      p.low,
      p.high,
      p.n,
      before[i] ?? null,
      ...bands.map((b) => b.limits[i] ?? null),
      p.complete,
    ]),
  };
}

/** Every number of the small multiples. */
export function splitTable(
  points: MetricPoint[],
  by: Grain,
  dim: string,
  unit: MetricUnit,
  bands: Band[] = [],
): PlotTable {
  const type = unitType(unit);
  const bound = type === "integer" ? "number" : type;
  return {
    columns: [
      { title: dim, type: "text" },
      { title: m.metric_period(), type: "text" },
      { title: m.metric_value(), type },
      { title: m.metric_low(), type: bound },
      { title: m.metric_high(), type: bound },
      { title: m.metric_n(), type: "integer" },
      { title: m.metric_complete(), type: "boolean" },
      ...bands.map((b) => ({ title: b.name, type: bound })),
    ],
    rows: points.map((p, i) => [
      p.dim || m.process_filter_empty(),
      periodName(p.from, by),
      p.value,
      p.low,
      p.high,
      p.n,
      p.complete,
      ...bands.map((b) => b.limits[i] ?? null),
    ]),
  };
}
