import type { Remark } from "./base";

export type MetricUnit = "count" | "money" | "share" | "seconds" | "number";

export interface MetricValue {
  from: string;
  to: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  complete: boolean;
}

/** A figure minus an earlier one; the interval is unknown where the metric has none. */
export interface Difference {
  from: string;
  to: string;
  value: number | null;
  difference: number | null;
  low: number | null;
  high: number | null;
  relative: number | null;
  /** False where a remark says why the two periods are no secure comparison. */
  secured: boolean;
}

export interface MetricItem {
  name: string;
  title: string;
  unit: MetricUnit;
  currency: string | null;
  direction: "up" | "down" | "none";
  table: string;
  /** What n counts, in the plural. */
  counted: string;
  process: string;
  owner: string;
  own: boolean;
  state: "known" | "unknown";
  /** The last complete month whose figure is known. */
  latest: MetricValue | null;
  previous: Difference | null;
  year_before: Difference | null;
  trend: MetricValue[] | null;
  remarks: Remark[] | null;
  data_age_seconds: number | null;
}

export type Grain = "day" | "week" | "month" | "quarter" | "year";

export interface MetricPoint extends MetricValue {
  /** Only with a dimension; empty for rows without a value. */
  dim?: string;
}

export interface MetricAnswer {
  metric: string;
  title: string;
  process: string;
  unit: MetricUnit;
  currency: string | null;
  definition_version: number;
  by: Grain;
  points: MetricPoint[];
  compare: {
    from: string;
    to: string;
    value: number | null;
    previous: Difference | null;
    year_before: Difference | null;
  } | null;
  data_until: string | null;
  data_age_seconds: number | null;
  remarks: Remark[] | null;
}
