import type { Difference, MetricItem } from "@/api/types/metric";
import { type Change, changeScale, unsecured } from "@/chart/whisker/shape";

/** A difference as a change with interval; null when it is unknown. */
export function changeOf(d: Difference | null | undefined): Change | null {
  return d && d.difference !== null ? { value: d.difference, low: d.low, high: d.high } : null;
}

/** Shared scale of whiskers per unit: changes of one unit can be compared by eye. */
export function scalesByUnit(items: MetricItem[], against: "previous" | "year_before"): Map<string, number> {
  const groups = new Map<string, Change[]>();
  for (const item of items) {
    const change = changeOf(item[against]);
    if (change) groups.set(item.unit, [...(groups.get(item.unit) ?? []), change]);
  }
  return new Map([...groups].map(([unit, changes]) => [unit, changeScale(changes)]));
}

/** Better, worse or not to tell: by the direction of the metric, only when the interval leaves zero out. */
export function verdict(item: Pick<MetricItem, "direction">, change: Change | null): "better" | "worse" | null {
  if (!change || unsecured(change) !== false || item.direction === "none") return null;
  const up = change.value > 0;
  return up === (item.direction === "up") ? "better" : "worse";
}

/**
 * Order of the overview: secured changes for the worse, then secured ones for
 * the better, then the rest, unknown metrics last; within a group by title.
 */
export function byNeed(items: MetricItem[], against: "previous" | "year_before"): MetricItem[] {
  const weight = (item: MetricItem) => {
    if (item.state === "unknown") return 3;
    const v = verdict(item, changeOf(item[against]));
    return v === "worse" ? 0 : v === "better" ? 1 : 2;
  };
  return [...items].sort(
    (a, b) => weight(a) - weight(b) || a.title.localeCompare(b.title) || a.process.localeCompare(b.process),
  );
}
