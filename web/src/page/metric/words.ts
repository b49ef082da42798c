import type { Grain } from "@/api/types/metric";
import { m } from "@/paraglide/messages";

/** The period before, named by the grain: Vortag, Vorwoche, Vormonat, Vorquartal, Vorjahr. */
export function previousWord(by: Grain): string {
  switch (by) {
    case "day":
      return m.metric_previous_day();
    case "week":
      return m.metric_previous_week();
    case "quarter":
      return m.metric_previous_quarter();
    case "year":
      return m.metric_against_year();
    default:
      return m.metric_against_previous();
  }
}
