import type { Grain, MetricPoint } from "@/api/types/metric";
import { yearBefore } from "@/chart/series";

/** How many periods are shown until the person asks for others. */
export const WINDOW: Record<Grain, number> = { day: 91, week: 79, month: 37, quarter: 21, year: 50 };

/** The last periods of a history. */
export function lastPeriods(points: MetricPoint[], by: Grain): MetricPoint[] {
  return points.slice(-WINDOW[by]);
}

/**
 * For each shown period the value it is compared with: the same period a year
 * before, or the period before. Incomplete periods are never compared with.
 */
export function reference(
  shown: MetricPoint[],
  all: MetricPoint[],
  by: Grain,
  against: "year_before" | "previous",
): (number | null)[] {
  const known = new Map(all.filter((p) => p.complete).map((p) => [p.from, p.value]));
  const order = all.map((p) => p.from);
  return shown.map((p) => {
    const from = against === "year_before" ? yearBefore(p.from, by) : order[order.indexOf(p.from) - 1];
    return (from !== undefined ? known.get(from) : null) ?? null;
  });
}

/** The point whose rows are shown: the one asked for, otherwise the last complete one with a value. */
export function pickedPoint(points: MetricPoint[], from: string): MetricPoint | null {
  const asked = points.find((p) => p.from === from);
  if (asked) return asked;
  for (let i = points.length - 1; i >= 0; i--) {
    const p = points[i];
    if (p?.complete && p.value !== null) return p;
  }
  return null;
}
