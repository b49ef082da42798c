import type { MetricItem } from "@/api/types/metric";

/** Which metrics a leader asks for first; lead time and money before counts. */
const ORDER = [
  "case_duration_median",
  "revenue",
  "rework_share",
  "repeat_rate",
  "ticket_resolution_median",
  "average_order_value",
  "digital_revenue_share",
  "ticket_first_response_median",
  "manual_steps_per_case",
  "orders",
  "cases",
  "tickets_opened",
];

/**
 * The known metrics that stand on the start page: own ones first, because a
 * person made them on purpose, then the fixed order, one process after the
 * other so that no process crowds out the rest.
 */
export function important(items: MetricItem[], most: number): MetricItem[] {
  const known = items.filter((i) => i.state === "known" && i.latest !== null);
  const rank = (i: MetricItem) => (i.own ? -1 : ORDER.indexOf(i.name) < 0 ? ORDER.length : ORDER.indexOf(i.name));
  const sorted = [...known].sort(
    (a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || (b.latest?.n ?? 0) - (a.latest?.n ?? 0),
  );
  const taken: MetricItem[] = [];
  for (let round = 0; taken.length < most && round < sorted.length; round++) {
    const seen = new Map<string, number>();
    for (const item of sorted) {
      const times = seen.get(item.name) ?? 0;
      seen.set(item.name, times + 1);
      if (times === round && taken.length < most) taken.push(item);
    }
  }
  return taken;
}
