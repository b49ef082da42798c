import { date } from "@/kit/format";
import { getLocale } from "@/paraglide/runtime";

/** One period of a metric: from first day, to the day after the last, unknown values are null. */
export interface SeriesPoint {
  from: string;
  to: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number | null;
  complete: boolean;
}

export type Grain = "day" | "week" | "month" | "quarter" | "year";

/** Last complete point that has a value; -1 when there is none. */
export function lastComplete(points: SeriesPoint[]): number {
  for (let i = points.length - 1; i >= 0; i--) if (points[i]?.complete && points[i]?.value !== null) return i;
  return -1;
}

/** Runs of known values: pairs of first and last index. */
export function runs(values: (number | null)[]): [number, number][] {
  const out: [number, number][] = [];
  let start = -1;
  for (let i = 0; i <= values.length; i++) {
    const known = i < values.length && values[i] !== null && values[i] !== undefined;
    if (known && start < 0) start = i;
    if (!known && start >= 0) {
      out.push([start, i - 1]);
      start = -1;
    }
  }
  return out;
}

/** Lowest and highest of the values, widened a little; 0 to 1 when nothing is known. */
export function extent(values: (number | null)[], pad = 0.06): [number, number] {
  const known = values.filter((v): v is number => v !== null && Number.isFinite(v));
  if (known.length === 0) return [0, 1];
  const low = Math.min(...known);
  const high = Math.max(...known);
  const span = high - low || Math.abs(high) || 1;
  return [low - span * pad, high + span * pad];
}

function isoWeek(day: string): { year: number; week: number } {
  const d = new Date(`${day}T00:00:00Z`);
  d.setUTCDate(d.getUTCDate() + 4 - (d.getUTCDay() || 7));
  const year = d.getUTCFullYear();
  return { year, week: Math.ceil(((d.getTime() - Date.UTC(year, 0, 1)) / 86400000 + 1) / 7) };
}

/** Name of a period in a sentence: "Oktober 2026", "3. Quartal 2026", "KW 41/2026", "2026", "24.11.2026". */
export function periodName(from: string, grain: Grain): string {
  const english = getLocale() === "en";
  const year = from.slice(0, 4);
  switch (grain) {
    case "year":
      return from.slice(5, 7) === "01" ? year : `${year}/${String((Number(year) + 1) % 100).padStart(2, "0")}`;
    case "quarter": {
      const q = Math.floor((Number(from.slice(5, 7)) - 1) / 3) + 1;
      return english ? `Q${q} ${year}` : `${q}. Quartal ${year}`;
    }
    case "month":
      return new Intl.DateTimeFormat(english ? "en-GB" : "de-DE", {
        month: "long",
        year: "numeric",
        timeZone: "UTC",
      }).format(new Date(`${from}T00:00:00Z`));
    case "week": {
      const { year: y, week } = isoWeek(from);
      return english ? `week ${week}/${y}` : `KW ${week}/${y}`;
    }
    default:
      return date(from);
  }
}

/** Short name at the axis, and the year where it begins. */
export function axisName(from: string, grain: Grain): string {
  const english = getLocale() === "en";
  switch (grain) {
    case "year":
      return from.slice(0, 4);
    case "quarter":
      return `Q${Math.floor((Number(from.slice(5, 7)) - 1) / 3) + 1}`;
    case "month":
      return new Intl.DateTimeFormat(english ? "en-GB" : "de-DE", { month: "short", timeZone: "UTC" })
        .format(new Date(`${from}T00:00:00Z`))
        .replace(".", "");
    case "week":
      return english ? `W${isoWeek(from).week}` : `KW ${isoWeek(from).week}`;
    default:
      return english ? `${from.slice(8, 10)}/${from.slice(5, 7)}` : `${from.slice(8, 10)}.${from.slice(5, 7)}.`;
  }
}

/** The same period one year earlier; weeks keep their number as far as the year has it. */
export function yearBefore(from: string, grain: Grain): string {
  const d = new Date(`${from}T00:00:00Z`);
  if (grain === "week") {
    d.setUTCDate(d.getUTCDate() - 364);
    return d.toISOString().slice(0, 10);
  }
  d.setUTCFullYear(d.getUTCFullYear() - 1);
  return d.toISOString().slice(0, 10);
}
