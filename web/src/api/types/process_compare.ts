import type { Remark } from "./base";

/** A figure of both periods; the difference is after minus before. */
export interface Compared {
  a: number | null;
  b: number | null;
  difference: number | null;
  low: number | null;
  high: number | null;
  p_value: number | null;
  /** p corrected for all tests of the map; null where there are too few cases. */
  q_value: number | null;
  significant: boolean;
}

export interface ComparedEdge {
  from: string;
  to: string;
  cases_a: number;
  cases_b: number;
  /** Of the cases of the period. */
  share: Compared;
  /** Median seconds from end to end, one value for each case. */
  time: Compared;
  mean_seconds_a: number | null;
  mean_seconds_b: number | null;
}

export interface ComparedActivity {
  name: string;
  cases_a: number;
  cases_b: number;
  share: Compared;
}

export interface MixPart {
  seconds: number;
  low: number;
  high: number;
}

export interface ComparedPeriod {
  from: string;
  /** Day after the last. */
  to: string;
  cases: number;
}

/** Two periods of a process side by side. */
export interface Comparison {
  a: ComparedPeriod;
  b: ComparedPeriod;
  basis: "given" | "launch" | "halves";
  launch: { initiative: string; title: string; day: string } | null;
  sentence: string;
  mean_seconds: Compared;
  median_seconds: Compared;
  mix: { total: MixPart; mix: MixPart; within: MixPart; variants: number; rest_a: number; rest_b: number } | null;
  activities: ComparedActivity[];
  edges: ComparedEdge[];
  tests: number;
  significant: number;
  remarks: Remark[];
}
