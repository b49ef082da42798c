import type { Band } from "../band";
import { axisName, extent, type Grain, lastComplete, type SeriesPoint } from "../series";

/** A value that was signed for a period, by the place of the period. */
export interface SignedPoint {
  at: number;
  value: number;
}

/** Something that began, at its place between the periods: -0.5 is the left edge of the first one. */
export interface StartMark {
  at: number;
  label: string;
}

/** What the line chart draws, index by index of the period axis. */
export interface LineShape {
  /** Axis labels; the second line carries the year where it begins. */
  labels: { name: string; year: string }[];
  /** Values of complete periods. */
  solid: (number | null)[];
  /** Last complete and the running period after it, and a first cut period before its neighbour. */
  dashed: (number | null)[];
  low: (number | null)[];
  /** High minus low, stacked on low. */
  band: (number | null)[];
  reference: (number | null)[];
  /** Indices of incomplete periods. */
  incomplete: number[];
  /** Targets in the unit of the axis. */
  bands: Band[];
  /** Signed values of single periods. */
  signed: SignedPoint[];
  last: number;
  min: number;
  max: number;
  /** Distance of the grid lines. */
  step: number;
}

/**
 * Shapes the points of one metric and, where given, the comparison values of
 * the same periods. The factor turns values into the unit of the axis, so that
 * its steps are round there.
 */
export function lineShape(
  raw: SeriesPoint[],
  grain: Grain,
  rawReference: (number | null)[] = [],
  factor = 1,
  rawBands: Band[] = [],
  rawSigned: SignedPoint[] = [],
): LineShape {
  const times = (v: number | null) => (v === null ? null : v * factor);
  const points = raw.map((p) => ({ ...p, value: times(p.value), low: times(p.low), high: times(p.high) }));
  const reference = rawReference.map(times);
  const bands = rawBands.map((b) => ({ ...b, limits: b.limits.map(times) }));
  const signed = rawSigned.map((s) => ({ ...s, value: s.value * factor }));
  const solid = points.map((p) => (p.complete ? p.value : null));
  const low = points.map((p) => (p.complete && p.value !== null && p.low !== null && p.high !== null ? p.low : null));
  const band = points.map((p, i) =>
    low[i] === null || low[i] === undefined ? null : (p.high as number) - (p.low as number),
  );
  const dashed = points.map((p, i) => {
    const beside = [points[i - 1], points[i + 1]].some((q) => q && !q.complete && q.value !== null);
    return !p.complete || beside ? p.value : null;
  });
  const [min, max, step] = niceRange([
    ...points.map((p) => p.value),
    ...low,
    ...points.map((p, i) => (low[i] === null ? null : p.high)),
    ...reference,
    ...bands.flatMap((b) => b.limits),
    ...signed.map((s) => s.value),
  ]);
  return {
    labels: points.map((p, i) => ({ name: axisName(p.from, grain), year: yearLabel(points, i, grain) })),
    solid,
    dashed,
    low,
    band,
    reference: points.map((_, i) => reference[i] ?? null),
    incomplete: points.flatMap((p, i) => (p.complete ? [] : [i])),
    bands,
    signed,
    last: lastComplete(points),
    min,
    max,
    step,
  };
}

/** The year at the first period and wherever it changes; not at all when the axis shows years. */
function yearLabel(points: SeriesPoint[], i: number, grain: Grain): string {
  if (grain === "year") return "";
  const year = points[i]?.from.slice(0, 4) ?? "";
  return i === 0 || points[i - 1]?.from.slice(0, 4) !== year ? year : "";
}

/** Axis limits at round steps, three to five of them; a scale of small positive values starts at zero. */
export function niceRange(values: (number | null)[]): [low: number, high: number, step: number] {
  const [rawLow, rawHigh] = extent(values, 0.04);
  const known = values.filter((v): v is number => v !== null);
  const positive = known.every((v) => v >= 0);
  const low = positive && rawLow < (rawHigh - rawLow) * 0.6 ? 0 : rawLow;
  const step = niceStep((rawHigh - low) / 4);
  return [Math.floor(low / step + 1e-9) * step, Math.ceil(rawHigh / step - 1e-9) * step, step];
}

/** 1, 2, 2.5 or 5 times a power of ten, at least the given size. */
export function niceStep(size: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(size, 1e-12)));
  const lead = size / power;
  return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 2.5 ? 2.5 : lead <= 5 ? 5 : 10) * power;
}

/** Which axis labels are written so that they keep about 56 px each. */
export function labelStep(count: number, width: number): number {
  return Math.max(1, Math.ceil((count * 52) / Math.max(1, width)));
}
