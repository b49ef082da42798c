import type { components } from "../schema";

type Info = components["schemas"]["JobInfo"];

export type JobState = "queued" | "running" | "done" | "failed" | "cancelled" | "interrupted";

/** A job; what its output is depends on its kind. */
export type Job<Output = unknown> = Omit<Info, "state" | "output"> & { state: JobState; output?: Output };

/** Whether a job still has work to do. */
export function jobActive(job: Pick<Job, "state">): boolean {
  return job.state === "queued" || job.state === "running";
}
