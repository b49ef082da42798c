import type { DurationBin, Times } from "@/api/types/process_detail";
import type { PlotTable } from "@/chart/plot";
import { m } from "@/paraglide/messages";
import { getLocale } from "@/paraglide/runtime";

/** Name of a weekday, Monday is 1. */
export function weekdayName(day: number): string {
  const date = new Date(Date.UTC(2024, 0, day));
  return new Intl.DateTimeFormat(getLocale() === "en" ? "en-GB" : "de-DE", { weekday: "long", timeZone: "UTC" }).format(
    date,
  );
}

/** The numbers behind a histogram of durations. */
export function histogramTable(bins: DurationBin[]): PlotTable {
  return {
    columns: [
      { title: m.process_times_from(), type: "seconds" },
      { title: m.process_times_to(), type: "seconds" },
      { title: m.process_cases(), type: "integer" },
    ],
    rows: bins.map((b) => [b.from_seconds, b.to_seconds, b.count]),
  };
}

/** Waiting and working per activity. */
export function activityTable(rows: Times["activities"]): PlotTable {
  return {
    columns: [
      { title: m.process_activity(), type: "text" },
      { title: m.process_events(), type: "integer" },
      { title: m.process_times_wait_median(), type: "seconds" },
      { title: m.process_times_wait_p90(), type: "seconds" },
      { title: m.process_times_service(), type: "seconds" },
    ],
    rows: rows.map((a) => [a.name, a.count, a.waiting_median_seconds, a.waiting_p90_seconds, a.service_median_seconds]),
  };
}

/** Median duration by month of the last event. */
export function monthTable(months: Times["months"]): PlotTable {
  return {
    columns: [
      { title: m.process_times_month(), type: "date" },
      { title: m.process_cases(), type: "integer" },
      { title: m.process_times_median(), type: "seconds" },
      { title: m.process_times_complete(), type: "boolean" },
    ],
    rows: months.map((x) => [x.from, x.cases, x.median_seconds, x.complete]),
  };
}

/** Median duration by weekday of the first event. */
export function weekdayTable(days: Times["weekdays"]): PlotTable {
  return {
    columns: [
      { title: m.process_times_weekday(), type: "text" },
      { title: m.process_cases(), type: "integer" },
      { title: m.process_times_median(), type: "seconds" },
    ],
    rows: days.map((d) => [weekdayName(d.weekday), d.cases, d.median_seconds]),
  };
}
