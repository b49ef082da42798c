import { useMemo } from "react";
import { useGet } from "@/api";
import type { Closing, ClosingList } from "@/api/types/effect";
import type { Grain } from "@/api/types/metric";
import type { SignedPoint, StartMark } from "@/chart/line/shape";
import type { SeriesPoint } from "@/chart/series";
import { date } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";

interface About {
  name: string;
  process: string;
}

/** The closings of a metric's own periods, the latest first. */
export function useClosings({ name, process }: About): Closing[] {
  const { facts } = useRights();
  const { data } = useGet(
    "/closings",
    { query: { subject: "metric", metric: name, process: process || undefined } },
    { enabled: facts, retry: false },
  );
  return useMemo(() => latestFirst(data), [data]);
}

/** Of one period only the closing that holds: what was reopened stands behind its follower. */
export function latestFirst(list: ClosingList | undefined): Closing[] {
  const all = (list?.items ?? []).filter((one) => one.followed_by === "" && one.filters.length === 0);
  return [...all].sort((a, b) => b.from.localeCompare(a.from));
}

/** The signed values at their places in the line. */
export function signedPoints(closings: readonly Closing[], points: readonly SeriesPoint[], by: Grain): SignedPoint[] {
  return closings.flatMap((one) => {
    const at = points.findIndex((point) => point.from.slice(0, 10) === one.from);
    return one.status === "signed" && one.grain === by && at >= 0 && one.value !== null
      ? [{ at, value: one.value }]
      : [];
  });
}

export interface Start {
  initiative: string;
  title: string;
  day: string;
}

/** When something went live that shall change the metric: initiatives, and effect plans that were signed. */
export function useStarts({ name, process }: About): Start[] {
  const { may } = useRights();
  const enabled = may("register.read");
  const initiatives = useGet(
    "/records/{kind}",
    { path: { kind: "initiative" }, query: { filter: [`metrics:has:${name}`], limit: 100 } },
    { enabled, retry: false },
  );
  const plans = useGet(
    "/records/{kind}",
    { path: { kind: "effect_plan" }, query: { filter: [`metric:eq:${name}`], limit: 100 } },
    { enabled, retry: false },
  );
  return useMemo(
    () => startsOf(initiatives.data?.items ?? [], plans.data?.items ?? [], process),
    [initiatives.data, plans.data, process],
  );
}

interface Kept {
  id: string;
  state?: string;
  value: Record<string, unknown>;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Initiatives in use by their day, and the plans of others by the first period that they change. */
export function startsOf(initiatives: readonly Kept[], plans: readonly Kept[], process: string): Start[] {
  const live = initiatives.flatMap(({ id, value }): Start[] => {
    const processes = (value.processes as string[] | undefined) ?? [];
    const about = process === "" || processes.length === 0 || processes.includes(process);
    const day = text(value.go_live);
    return about && day && (value.stage === "live" || value.stage === "closed")
      ? [{ initiative: id, title: text(value.title), day }]
      : [];
  });
  const planned = plans.flatMap(({ state, value }): Start[] => {
    const initiative = text(value.initiative);
    const about = process === "" || text(value.process) === "" || text(value.process) === process;
    return about && state === "approved" && live.every((one) => one.initiative !== initiative)
      ? [{ initiative, title: text(value.title), day: text(value.first_affected) }]
      : [];
  });
  return [...live, ...planned].sort((a, b) => a.day.localeCompare(b.day));
}

/** The starts that lie within the line, at their places. */
export function startMarks(starts: readonly Start[], points: readonly SeriesPoint[]): StartMark[] {
  return starts.flatMap((start) => {
    const at = placeOf(start.day, points);
    return at === null ? [] : [{ at, label: m.metric_start_label({ title: start.title, day: date(start.day) }) }];
  });
}

/** Where a day lies between the middles of the periods, null outside. */
function placeOf(day: string, points: readonly SeriesPoint[]): number | null {
  const time = Date.parse(day);
  const froms = points.map((point) => Date.parse(point.from));
  const at = froms.findLastIndex((from) => from <= time);
  const from = froms[at];
  if (at < 0 || from === undefined) return null;
  const length = (froms[at + 1] ?? from + (from - (froms[at - 1] ?? from))) - from;
  const share = length > 0 ? (time - from) / length : 0;
  return share >= 1 ? null : at - 0.5 + share;
}
