import type { Grain } from "@/api/types/metric";
import { type Codec, codec, day, flag, list, oneOf, text } from "@/kit/url";

/** What the overview keeps in its address. */
export interface MetricListState {
  against: "year_before" | "previous";
  process: string;
  table: boolean;
}

export const metricListState: Codec<MetricListState> = codec<MetricListState>({
  against: oneOf("year_before", "previous"),
  process: text(),
  table: flag(),
});

/** What the page of a metric keeps in its address. */
export interface MetricState {
  process: string;
  by: Grain;
  against: "year_before" | "previous";
  from: string;
  to: string;
  dim: string;
  filter: string[];
  /** First day of the period whose rows are shown. */
  point: string;
  /** Value of the dimension whose rows are shown. */
  value: string;
}

export const metricState: Codec<MetricState> = codec<MetricState>({
  process: text(),
  by: oneOf("month", "day", "week", "quarter", "year"),
  against: oneOf("year_before", "previous"),
  from: day(),
  to: day(),
  dim: text(),
  filter: list(),
  point: day(),
  value: text(),
});
