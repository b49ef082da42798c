import type { Remark } from "./base";

export interface ProcessItem {
  name: string;
  title: string;
  cases: number;
  events: number;
  activities: number;
  variants: number;
  first_event: string | null;
  last_event: string | null;
  loaded_at: string;
}

export interface Summary {
  cases: number;
  events: number;
  activities: number;
  variants: number;
  first_event: string | null;
  last_event: string | null;
  case_duration_seconds: {
    min: number | null;
    median: number | null;
    mean: number | null;
    p90: number | null;
    max: number | null;
  };
  remarks: Remark[] | null;
}

export interface DfgEdge {
  from: string;
  to: string;
  count: number;
  median_seconds: number | null;
  mean_seconds: number | null;
  median_elapsed_seconds: number | null;
}

export interface Dfg {
  cases: number;
  activities: { name: string; count: number; cases: number }[];
  edges: DfgEdge[];
  starts: { name: string; count: number }[];
  ends: { name: string; count: number }[];
  remarks: Remark[] | null;
}
