import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { queryKey, send, useGet } from "@/api";
import { ApiError } from "@/api/error";
import { type Job, jobActive } from "@/api/types/job";
import { m } from "@/paraglide/messages";
import { age, int, percent } from "./format";
import classes from "./JobProgress.module.css";
import { Failed } from "./States";

/** Follows a job until it ends. */
export function useJob(id: string | null | undefined): { job: Job | undefined; error: ApiError | null } {
  const query = useGet(
    "/jobs/{id}",
    { path: { id: id ?? "" } },
    {
      enabled: Boolean(id),
      placeholderData: undefined,
      staleTime: 0,
      refetchInterval: (state) => (state.state.data && !jobActive(state.state.data) ? false : 500),
    },
  );
  return { job: id ? query.data : undefined, error: query.error };
}

/**
 * A job with phase, bar, time left and Abbrechen; how it failed and Wiederholen. onDone is called once with its output.
 * The job goes on when the page is left, the line says so.
 */
export function JobProgress({
  id,
  onDone,
  onRepeat,
  onCancelled,
}: {
  id: string;
  onDone?: (job: Job) => void;
  onRepeat?: (id: string) => void;
  onCancelled?: () => void;
}): ReactElement {
  const { job, error } = useJob(id);
  const client = useQueryClient();
  const told = useRef<string>("");
  const [cancelling, setCancelling] = useState(false);
  useEffect(() => {
    if (!job || jobActive(job) || told.current === job.id) return;
    told.current = job.id;
    if (job.state === "done") onDone?.(job);
    if (job.state === "cancelled") onCancelled?.();
  }, [job, onDone, onCancelled]);

  if (error && !job) return <Failed error={error} />;
  if (!job) return <Running phase={m.kit_job_queued()} />;
  if (jobActive(job)) {
    return (
      <Running
        phase={job.state === "queued" ? m.kit_job_queued() : job.phase || job.title}
        done={job.done}
        total={job.total}
        startedAt={job.started_at}
        cancelling={cancelling}
        onCancel={() => {
          setCancelling(true);
          void send("post", "/jobs/{id}/cancel", { path: { id } })
            .catch(() => setCancelling(false))
            .finally(() => client.invalidateQueries({ queryKey: queryKey("/jobs/{id}", { path: { id } }) }));
        }}
      />
    );
  }
  if (job.state === "done") return <p className={classes.done}>{m.kit_job_done()}</p>;
  const text = job.error?.text ?? (job.state === "interrupted" ? m.kit_job_interrupted() : m.kit_job_cancelled());
  const hint = job.error?.hint ?? (job.state === "interrupted" ? m.kit_job_interrupted_hint() : "");
  return (
    <Failed
      error={new ApiError(0, { ...job.error, text, hint, code: job.error?.code ?? job.state })}
      action={
        onRepeat ? (
          <Button
            variant="default"
            onClick={() => {
              void send<Job>("post", "/jobs/{id}/repeat", { path: { id } }).then((next) => onRepeat(next.id));
            }}
          >
            {m.kit_repeat()}
          </Button>
        ) : undefined
      }
    />
  );
}

/** A bar of something that runs, with what is counted and how long it still takes. */
export function Running({
  phase,
  done = 0,
  total = 0,
  startedAt,
  cancelling = false,
  onCancel,
  unit,
}: {
  phase: string;
  done?: number;
  total?: number;
  startedAt?: string | null;
  cancelling?: boolean;
  onCancel?: () => void;
  /** How the units are written; without it the share is shown, since rows and bytes look alike. */
  unit?: (value: number) => string;
}): ReactElement {
  const share = total > 0 ? Math.min(1, done / total) : null;
  const left = share && startedAt ? secondsLeft(share, startedAt) : null;
  return (
    <div className={classes.job}>
      <div className={classes.head}>
        <span role="status">{phase}</span>
        <span className={classes.count}>
          {share === null
            ? done > 0 && unit
              ? unit(done)
              : ""
            : unit
              ? m.kit_of({ n: unit(done), total: unit(total) })
              : percent(share, 0)}
          {left === null
            ? ""
            : ` · ${left < 60 ? m.kit_left_seconds({ n: int(Math.max(1, left)) }) : m.kit_left({ age: age(left) })}`}
        </span>
      </div>
      <div
        className={classes.track}
        role="progressbar"
        aria-label={phase}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
      >
        <span
          className={classes.fill}
          data-unknown={share === null || undefined}
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
      {onCancel ? (
        <Button variant="default" size="xs" disabled={cancelling} onClick={onCancel} className={classes.cancel}>
          {m.kit_cancel()}
        </Button>
      ) : null}
    </div>
  );
}

function secondsLeft(share: number, startedAt: string): number | null {
  const passed = (Date.now() - new Date(startedAt).getTime()) / 1000;
  return passed > 1 && share > 0.02 ? (passed * (1 - share)) / share : null;
}
