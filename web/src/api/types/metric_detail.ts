import type { Cell, Remark } from "./base";
import type { MetricItem, MetricUnit } from "./metric";

/** What a metric means, read back as sentences, and what it rests on. */
export interface MetricDetail extends MetricItem {
  version: number;
  sentence: string;
  /** SQL of the last complete month, empty while the figure is unknown. */
  formula: string;
  /** Method of the 95 % interval, empty for none. */
  interval: "poisson" | "student" | "wilson" | "order_statistics" | "";
  min_n: number;
  dims: { name: string; type: string; usual: boolean }[] | null;
  columns: string[] | null;
  source: { table: string; process: string; rows: number; loads: number; loaded_at: string } | null;
  data_until: string | null;
  /** Of an own metric. */
  lead_time: {
    name: string;
    title: string;
    process: string;
    from_activity: string;
    to_activity: string;
    statistic: "median" | "p90";
    created_by?: string;
    version?: number;
  } | null;
}

/** The rows behind a point, each with the file and line it was read from. */
export interface MetricRows {
  columns: { name: string; type: string }[];
  rows: Cell[][];
  total: number;
  things: number;
  /** The figure computed from these rows alone. */
  sum: number | null;
  unit: MetricUnit;
  remarks: Remark[] | null;
}
