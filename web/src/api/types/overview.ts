import type { Remark } from "./base";
import type { Finding } from "./finding";
import type { MetricItem } from "./metric";

/** A neighbour in the chain of evidence. */
export interface EvidenceLink {
  id: string;
  title: string;
  number?: string;
  state?: string;
  link: string;
}

/** What hangs on a figure. */
export interface Evidence {
  metric: string;
  process: string;
  /** A decision about it is due. */
  turn: boolean;
  finding: EvidenceLink | null;
  initiative: EvidenceLink | null;
  case: EvidenceLink | null;
}

export interface OverviewDecision {
  kind: "decision" | "gate";
  id: string;
  title: string;
  detail: string;
  initiative: string;
  due: string;
  overdue: boolean;
  /** The one who asks decides it. */
  mine: boolean;
  link: string;
}

export interface StageMarks {
  stage: string;
  title: string;
  count: number;
  marks: { id: string; title: string; status: "your_turn" | "at_risk" | "open"; link: string }[];
}

export interface Money {
  amount: string;
  currency: string;
}

export interface OverviewBudget {
  granted: Money | null;
  planned: Money;
  committed: Money;
  spent: Money;
}

export interface OverviewChange {
  at: string;
  code: "load" | "finding" | "target" | "gate" | "decision";
  status: "on_course" | "at_risk" | "missed" | "unknown" | "note" | "fulfilled";
  text: string;
  link: string;
}

export interface Overview {
  /** False for roles that read no figures, findings and sources. */
  facts: boolean;
  headline: string;
  /** Second half of the headline: what waits for a person, empty for nothing. */
  headline_due: string;
  goals: { total: number; on_course: number; at_risk: number; missed: number; unknown: number };
  sources:
    | {
        table: string;
        process: string;
        title: string;
        rows: number;
        last: string | null;
        age_seconds: number | null;
        loaded_at: string;
      }[]
    | null;
  metrics: MetricItem[];
  evidence: Evidence[];
  findings: Finding[] | null;
  decisions: OverviewDecision[];
  stages: StageMarks[];
  budget: OverviewBudget | null;
  since: string;
  first_visit: boolean;
  changes: OverviewChange[];
  next_step: { code: string; text: string; link: string } | null;
  /** What a person who reads no figures can do; empty for all others. */
  here: { code: string; text: string; link: string }[];
  counts: Record<string, number>;
  remarks: Remark[] | null;
}
