import type { Difference } from "@/api/types/metric";
import { m } from "@/paraglide/messages";

/** Why there is no change: there is no other period, or the two cannot be compared and a remark says why. */
export function noChange(d: Difference | null | undefined, against: "previous" | "year_before"): string {
  if (d && d.value !== null) return m.metric_not_comparable();
  return against === "previous" ? m.metric_no_previous() : m.metric_no_year();
}
