import type { Cell, Remark } from "./base";

export interface Variant {
  rank: number;
  id: string;
  count: number;
  /** Fraction of all cases. */
  share: number;
  activities: string[];
  median_seconds: number;
  min_seconds: number;
  p90_seconds: number;
  /** Section of each activity, empty where it has none; absent while no sections are set. */
  sections?: string[];
}

export interface Variants {
  variants: Variant[];
  total: number;
  cases: number;
  rework_cases: number;
  sections: { name: string; activities: string[] }[];
  remarks: Remark[] | null;
}

export interface CaseItem {
  case_id: string;
  variant: string;
  events: number;
  first_time: string | null;
  last_time: string | null;
  duration_seconds: number | null;
  first_activity: string;
  last_activity: string;
  rework: boolean;
  completed: boolean | null;
  /** Attributes of the case by their name. */
  attributes: Record<string, Cell>;
}

export interface CaseList {
  items: CaseItem[];
  total: number;
  /** Names of the attributes in order. */
  fields: string[];
  remarks: Remark[] | null;
}

export interface CaseEvent {
  activity: string;
  time: string | null;
  start_time: string | null;
  resource: string | null;
  role: string | null;
  /** From start to end, null without a start. */
  duration_seconds: number | null;
  /** Waiting since the event before; null at the first. */
  waiting_seconds: number | null;
  file: string;
  line: number;
  attributes: Record<string, Cell>;
}

export interface CaseDetail {
  case_id: string;
  variant: string;
  duration_seconds: number | null;
  completed: boolean | null;
  attributes: Record<string, Cell>;
  events: CaseEvent[];
  remarks: Remark[] | null;
}

export interface DurationBin {
  from_seconds: number;
  to_seconds: number | null;
  count: number;
}

export interface EdgeDetail {
  from: string;
  to: string;
  count: number;
  cases: number;
  /** Fraction of all cases of the selection. */
  share: number | null;
  median_seconds: number | null;
  p90_seconds: number | null;
  histogram: DurationBin[];
  with: { cases: number; median_seconds: number | null };
  without: { cases: number; median_seconds: number | null };
  /** The cases that wait longest on it. */
  longest: { case_id: string; waiting_seconds: number; duration_seconds: number; last_time: string }[];
  remarks: Remark[] | null;
}

export interface Times {
  histogram: DurationBin[];
  median_seconds: number | null;
  p90_seconds: number | null;
  activities: {
    name: string;
    count: number;
    waiting_median_seconds: number | null;
    waiting_p90_seconds: number | null;
    service_median_seconds: number | null;
  }[];
  /** By weekday of the first event, Monday is 1. */
  weekdays: { weekday: number; cases: number; median_seconds: number | null }[];
  /** By month of the last event. */
  months: { from: string; to: string; cases: number; median_seconds: number | null; complete: boolean }[];
  remarks: Remark[] | null;
}

export interface AttributeField {
  field: string;
  values: { value: string; count: number }[];
  distinct: number;
}

export interface ChainItem {
  code: string;
  text: string;
  cases: number;
}
