import type { Difference, MetricItem } from "@/api/types/metric";
import { type Change, changeScale, unsecured } from "@/chart/whisker/shape";
import { m } from "@/paraglide/messages";
import { metricScale } from "./scale";

/** A difference as a change with interval; null when it is unknown. */
export function changeOf(d: Difference | null | undefined): Change | null {
  return d && d.difference !== null ? { value: d.difference, low: d.low, high: d.high, secured: d.secured } : null;
}

/** Why a change is not secured: the interval holds zero, or it does not and too many cases are still open. */
export function openWord(change: Change): string {
  const apart = change.low !== null && change.high !== null && (change.low > 0 || change.high < 0);
  return apart ? m.metric_not_comparable() : m.metric_unsecured();
}

/** The most by which the changes of one unit may differ before each gets a whisker of its own scale. */
const COMPARABLE = 10;

/**
 * Half width of each item's whisker. Changes in the same unit share one, so that they can be compared by eye, unless the
 * smallest would vanish beside the largest; the scale is written below the whisker. Scales are 1, 2 or 5 times a power
 * of ten in the unit shown.
 */
export function whiskerScales(items: MetricItem[], against: "previous" | "year_before"): Map<MetricItem, number> {
  const groups = new Map<string, { item: MetricItem; own: number; factor: number }[]>();
  for (const item of items) {
    const change = changeOf(item[against]);
    if (!change) continue;
    const { factor, unit } = metricScale(item.unit, item.currency, item.latest?.value ?? null);
    const key = `${item.unit} ${unit}`;
    groups.set(key, [...(groups.get(key) ?? []), { item, own: changeScale([change]), factor }]);
  }
  const out = new Map<MetricItem, number>();
  for (const group of groups.values()) {
    const most = Math.max(...group.map((g) => roundUp(g.own * g.factor)));
    const shared = most <= COMPARABLE * Math.min(...group.map((g) => g.own * g.factor));
    for (const { item, own, factor } of group) out.set(item, (shared ? most : roundUp(own * factor)) / factor);
  }
  return out;
}

/** The next 1, 2 or 5 times a power of ten. */
export function roundUp(v: number): number {
  const power = 10 ** Math.floor(Math.log10(v));
  const digit = v / power;
  return (digit <= 1.000001 ? 1 : digit <= 2.000001 ? 2 : digit <= 5.000001 ? 5 : 10) * power;
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
