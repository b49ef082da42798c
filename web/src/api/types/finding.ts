import type { Remark } from "./base";

export type FindingState = "new" | "open" | "dismissed";

export interface Finding {
  id: string;
  /** Short name for people, such as B-044. */
  number: string;
  kind: string;
  title: string;
  sentence: string;
  /** Empty for tickets and orders. */
  process: string;
  table: string;
  /** Activities, a column and its value, or a product group. */
  subject: string[] | null;
  /** A year; low and high are there where assumptions are ranges. */
  size: { value: number | null; unit: string; low: number | null; high: number | null; currency: string };
  euros: { low: number; likely: number; high: number; currency: string } | null;
  euros_unknown_reason: string;
  /** Page where the missing assumption is entered, empty when there is none. */
  euros_link: string;
  formula: string;
  certainty: { level: 1 | 2 | 3; text: string };
  cases_count: number;
  /** What cases_count counts, in the plural. */
  counted: string;
  state: FindingState;
  reason: string;
  note: string;
  /** Of what people keep about it. */
  version: number;
  /** 1 is first, 0 for dismissed ones. */
  rank: number;
  first_seen: string;
  remarks: Remark[] | null;
  evidence: { rows: string; metric: string; sql: string };
}

/** Rows behind a finding, largest first. */
export interface FindingCases {
  items: { id: string; n: number; amount: number }[];
  total: number;
  sum: number;
  case_title: string;
  amount_title: string;
  remarks: Remark[] | null;
}

export interface FindingDetail extends Finding {
  cases: FindingCases;
  history: {
    version: number;
    action: string;
    at: string;
    by: string;
    value: { state: FindingState; reason: string; note: string };
  }[];
}
