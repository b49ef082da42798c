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

export type TargetLine = "plan" | "stretch" | "contract";

/** A wanted value for the period that begins on a day; null before the line begins. */
export interface TargetLimit {
  from: string;
  value: number | null;
}

/** A target line over the periods of an answer. */
export interface TargetPath {
  id: string;
  title: string;
  line: TargetLine;
  direction: "up" | "down" | "";
  limits: TargetLimit[];
}

/** The last complete month of a metric against one target line; the first of a list stands for the metric. */
export interface TargetStanding extends TargetPath {
  metric: string;
  process: string;
  status: "on_course" | "at_risk" | "missed" | "unknown";
  from: string | null;
  to: string | null;
  value: number | null;
  limit: number | null;
  /** Value minus limit. */
  gap: number | null;
  /** False when the interval of the figure holds the limit. */
  secured: boolean | null;
  tolerance: number;
  next: { from: string; value: number } | null;
  owner: string;
  owner_name: string;
  next_review: string;
  remarks: Remark[] | null;
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
  targets: TargetStanding[];
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
  targets: TargetPath[];
  data_until: string | null;
  data_age_seconds: number | null;
  remarks: Remark[] | null;
}
