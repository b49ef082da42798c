import type { Point, Rect } from "./schema";

/** Straight pieces of a Bézier spline (start, then triples of two control points and an end). */
export function flatten(points: Point[], steps = 14): Point[] {
  const first = points[0];
  if (!first) return [];
  const out = [first];
  let from = first;
  for (let i = 1; i + 2 < points.length; i += 3) {
    const [a, b, to] = [points[i], points[i + 1], points[i + 2]] as [Point, Point, Point];
    for (let step = 1; step <= steps; step++) out.push(bezier(from, a, b, to, step / steps));
    from = to;
  }
  if ((points.length - 1) % 3 !== 0) out.push(...points.slice(1 + 3 * Math.floor((points.length - 1) / 3)));
  return out;
}

/** A line of straight pieces with its corners rounded to the given radius, or half the shorter piece. */
export function rounded(points: Point[], radius: number, steps = 8): Point[] {
  const out: Point[] = points.slice(0, 1);
  for (let i = 1; i + 1 < points.length; i++) {
    const [a, b, c] = [points[i - 1], points[i], points[i + 1]] as [Point, Point, Point];
    const first = distance(a, b);
    const second = distance(b, c);
    const r = Math.min(radius, i === 1 ? first : first / 2, i + 2 === points.length ? second : second / 2);
    if (r < 0.5) continue;
    const from = { x: b.x + ((a.x - b.x) / first) * r, y: b.y + ((a.y - b.y) / first) * r };
    const to = { x: b.x + ((c.x - b.x) / second) * r, y: b.y + ((c.y - b.y) / second) * r };
    out.push(from);
    for (let s = 1; s <= steps; s++) {
      const t = s / steps;
      out.push({
        x: (1 - t) ** 2 * from.x + 2 * t * (1 - t) * b.x + t * t * to.x,
        y: (1 - t) ** 2 * from.y + 2 * t * (1 - t) * b.y + t * t * to.y,
      });
    }
  }
  const last = points[points.length - 1];
  if (last && points.length > 1) out.push(last);
  return out;
}

function bezier(p: Point, a: Point, b: Point, q: Point, t: number): Point {
  const s = 1 - t;
  const [w0, w1, w2, w3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: w0 * p.x + w1 * a.x + w2 * b.x + w3 * q.x, y: w0 * p.y + w1 * a.y + w2 * b.y + w3 * q.y };
}

const distance = (a: Point, b: Point) => Math.hypot(b.x - a.x, b.y - a.y);

/** Length of a line of straight pieces. */
export function length(points: Point[]): number {
  let sum = 0;
  for (let i = 1; i < points.length; i++) sum += distance(points[i - 1] as Point, points[i] as Point);
  return sum;
}

/** Point and unit direction at a share (0 to 1) of the length. */
export function along(points: Point[], share: number): { at: Point; dir: Point } {
  const goal = length(points) * share;
  let seen = 0;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    const piece = distance(a, b);
    if (piece > 0 && seen + piece >= goal) {
      const t = (goal - seen) / piece;
      return {
        at: { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t },
        dir: { x: (b.x - a.x) / piece, y: (b.y - a.y) / piece },
      };
    }
    seen += piece;
  }
  return { at: points[points.length - 1] ?? { x: 0, y: 0 }, dir: { x: 0, y: 1 } };
}

/** The line without its last pixels, where the arrow head stands. */
export function trimEnd(points: Point[], pixels: number): Point[] {
  const total = length(points);
  if (total <= pixels) return points.slice(0, 1);
  const { at } = along(points, (total - pixels) / total);
  let seen = 0;
  const out: Point[] = [points[0] as Point];
  for (let i = 1; i < points.length; i++) {
    seen += distance(points[i - 1] as Point, points[i] as Point);
    if (seen >= total - pixels) break;
    out.push(points[i] as Point);
  }
  return [...out, at];
}

/** SVG path data of straight pieces, one decimal. */
export function pathData(points: Point[]): string {
  return points.map((p, i) => `${i === 0 ? "M" : "L"}${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("");
}

/** A rectangle grown on all sides. */
export function grow(rect: Rect, by: number): Rect {
  return { x: rect.x - by, y: rect.y - by, width: rect.width + 2 * by, height: rect.height + 2 * by };
}

export function rectsOverlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether the piece from a to b touches the rectangle (Liang and Barsky's clipping). */
export function segmentHits(a: Point, b: Point, rect: Rect): boolean {
  let from = 0;
  let to = 1;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const sides: [number, number][] = [
    [-dx, a.x - rect.x],
    [dx, rect.x + rect.width - a.x],
    [-dy, a.y - rect.y],
    [dy, rect.y + rect.height - a.y],
  ];
  for (const [p, q] of sides) {
    if (p === 0) {
      if (q < 0) return false;
      continue;
    }
    const t = q / p;
    if (p < 0) from = Math.max(from, t);
    else to = Math.min(to, t);
    if (from > to) return false;
  }
  return true;
}

/** Whether a line of the given stroke width touches the rectangle. */
export function strokeHits(points: Point[], width: number, rect: Rect): boolean {
  const grown = grow(rect, width / 2);
  for (let i = 1; i < points.length; i++) {
    if (segmentHits(points[i - 1] as Point, points[i] as Point, grown)) return true;
  }
  return false;
}
