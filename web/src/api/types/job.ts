import type { Problem } from "./base";

export type JobState = "queued" | "running" | "done" | "failed" | "cancelled" | "interrupted";

export interface Job<Output = unknown> {
  id: string;
  kind: string;
  key: string;
  title: string;
  state: JobState;
  phase: string;
  done: number;
  total: number;
  created_by: string;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  error: Omit<Problem, "reference"> | null;
  output?: Output;
}

/** Whether a job still has work to do. */
export function jobActive(job: Pick<Job, "state">): boolean {
  return job.state === "queued" || job.state === "running";
}
