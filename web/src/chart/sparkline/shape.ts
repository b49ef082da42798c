import { type Band, bandShape } from "../band";
import { extent, lastComplete, runs, type SeriesPoint } from "../series";

export interface SparkShape {
  /** Solid pieces of complete periods as SVG path data. */
  line: string;
  /** Dashed piece from the last complete point to the running period; empty without one. */
  running: string;
  /** Last complete point; null when there is none. */
  dot: { x: number; y: number } | null;
  /** Hatched strips of incomplete periods: left and width. */
  hatch: { x: number; width: number }[];
  /** Limit and good side of each target. */
  bands: { area: string; line: string }[];
}

/** Lays points out in a box; unknown values leave gaps. */
export function sparkShape(
  points: SeriesPoint[],
  width: number,
  height: number,
  scale?: [number, number],
  bands: Band[] = [],
): SparkShape {
  const count = points.length;
  if (count === 0) return { line: "", running: "", dot: null, hatch: [], bands: [] };
  const [low, high] = scale ?? extent([...points.map((p) => p.value), ...bands.flatMap((b) => b.limits)]);
  const pad = 6;
  const step = count > 1 ? (width - 2 * pad) / (count - 1) : 0;
  const x = (i: number) => (count > 1 ? pad + i * step : width / 2);
  const y = (v: number) => height - 4 - ((v - low) / (high - low || 1)) * (height - 8);
  const at = (i: number) => `${x(i).toFixed(1)} ${y(points[i]?.value ?? 0).toFixed(1)}`;
  const solid = points.map((p) => (p.complete ? p.value : null));
  const line = runs(solid)
    .map(([a, b]) =>
      a === b ? `M${at(a)}h0.01` : Array.from({ length: b - a + 1 }, (_, k) => `${k ? "L" : "M"}${at(a + k)}`).join(""),
    )
    .join("");
  const last = lastComplete(points);
  const next = points[last + 1];
  const running = last >= 0 && next && !next.complete && next.value !== null ? `M${at(last)}L${at(last + 1)}` : "";
  const half = step / 2 || width / 2;
  const hatch = points.flatMap((p, i) =>
    p.complete ? [] : [{ x: Math.max(0, x(i) - half), width: Math.min(width, x(i) + half) - Math.max(0, x(i) - half) }],
  );
  const dot = last >= 0 ? { x: x(last), y: y(points[last]?.value as number) } : null;
  return { line, running, dot, hatch, bands: bands.map((b) => bandShape(b, x, y, width, height)) };
}
