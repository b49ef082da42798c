import { axisName, type Grain } from "../series";

/** One period of an effect: what was measured, and from the start on what was expected without the initiative. */
export interface PathPoint {
  /** First day of the period. */
  label: string;
  value: number | null;
  fitted: number | null;
  expected: number | null;
  low: number | null;
  high: number | null;
  in_window: boolean;
}

/** Strength that a date before the true one would have shown: estimate ÷ standard error, without sign. */
export interface PlaceboPoint {
  label: string;
  t: number;
}

/** Middle of a period on an axis of n periods. */
export const middle = (i: number, n: number, width: number): number => (width * (i + 0.5)) / Math.max(1, n);

/** Height of a value between two limits, from the top. */
export const rise = (v: number, low: number, high: number, height: number): number =>
  (height * (high - v)) / (high - low || 1);

/** The polyline through known values as SVG path data; a gap breaks it. */
export function strokes(values: (number | null)[], x: (i: number) => number, y: (v: number) => number): string {
  let out = "";
  let open = false;
  for (const [i, v] of values.entries()) {
    if (v === null) open = false;
    else {
      out += `${open ? "L" : "M"}${x(i).toFixed(1)} ${y(v).toFixed(1)}`;
      open = true;
    }
  }
  return out;
}

/** The area between two series where both are known, as SVG path data. */
export function between(
  low: (number | null)[],
  high: (number | null)[],
  x: (i: number) => number,
  y: (v: number) => number,
): string {
  let out = "";
  let from = -1;
  for (let i = 0; i <= low.length; i++) {
    const known = i < low.length && low[i] !== null && high[i] !== null;
    if (known && from < 0) from = i;
    if (known || from < 0) continue;
    const there = Array.from({ length: i - from }, (_, k) => from + k);
    const at = (k: number, v: number | null | undefined) => `${x(k).toFixed(1)} ${y(v ?? 0).toFixed(1)}`;
    out += `M${there.map((k) => at(k, high[k])).join("L")}L${there
      .toReversed()
      .map((k) => at(k, low[k]))
      .join("L")}Z`;
    from = -1;
  }
  return out;
}

/** Names under the axis, about 64 px each, with the year where it begins. */
export function ticks(days: string[], grain: Grain, width: number): { i: number; name: string; year: string }[] {
  const step = Math.max(1, Math.ceil((days.length * 60) / Math.max(1, width)));
  let year = "";
  return days.flatMap((day, i) => {
    if (i % step !== 0) return [];
    const now = grain === "year" ? "" : day.slice(0, 4);
    const named = now !== year ? now : "";
    year = now;
    return [{ i, name: axisName(day, grain), year: named }];
  });
}

/** Where a line of the vertical grid belongs: round values from low to high. */
export function gridLines(low: number, high: number, step: number): number[] {
  const out: number[] = [];
  for (let v = Math.ceil(low / step - 1e-9) * step; v <= high + step * 1e-9; v += step)
    out.push(Math.abs(v) < step * 1e-9 ? 0 : v);
  return out;
}
