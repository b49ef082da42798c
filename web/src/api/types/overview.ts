import type { Remark } from "./base";
import type { Finding } from "./finding";

export interface Overview {
  headline: string;
  /** Second half of the headline: what waits for a person, empty for nothing. */
  headline_due: string;
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
  findings: Finding[] | null;
  next_step: { code: string; text: string; link: string } | null;
  counts: Record<string, number>;
  remarks: Remark[] | null;
}
