import type { MapLayout, Rect } from "./schema";

/** The rectangle around nodes, edges and labels, with a margin. */
export function bounds(layout: MapLayout, labels: Rect[], margin = 12): Rect {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  const add = (x: number, y: number) => {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  };
  for (const r of [...layout.nodes, ...labels]) {
    add(r.x, r.y);
    add(r.x + r.width, r.y + r.height);
  }
  for (const e of layout.edges) for (const p of e.points) add(p.x, p.y);
  if (!Number.isFinite(left)) return { x: 0, y: 0, width: 1, height: 1 };
  return { x: left - margin, y: top - margin, width: right - left + 2 * margin, height: bottom - top + 2 * margin };
}
