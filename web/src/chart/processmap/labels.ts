import { along, grow, rectsOverlap, strokeHits } from "./geometry";
import type { PlacedEdge, Point, Rect } from "./schema";

/** Text of an edge with its measured size. */
export interface LabelWish {
  edge: string;
  text: string;
  width: number;
  height: number;
  /** Side that is tried first: -1 left, 1 right. */
  side: -1 | 1;
}

export interface PlacedLabel extends Rect {
  edge: string;
  text: string;
}

/** Free space in pixels between a label and its own edge. */
export const GAP = 7;
/** Free space to everything else: first the roomy one, so that a label is read with its own edge, then the least. */
const CLEAR = [12, 2];
const SHARES = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.15, 0.85, 0.1, 0.9];

/**
 * Finds a place beside its edge for each wish, frequent edges first. A label
 * never touches a node, an edge or another label; one that finds no free place
 * is left out (the selection and the table view still show it).
 */
export function placeLabels(wishes: LabelWish[], edges: PlacedEdge[], nodes: Rect[]): PlacedLabel[] {
  const byId = new Map(edges.map((e) => [e.id, e]));
  const sorted = [...wishes].sort((a, b) => (byId.get(b.edge)?.count ?? 0) - (byId.get(a.edge)?.count ?? 0));
  const placed: PlacedLabel[] = [];
  for (const wish of sorted) {
    const edge = byId.get(wish.edge);
    if (!edge) continue;
    const places = candidates(wish, edge);
    const others = edges.filter((e) => e !== edge);
    const rect = CLEAR.flatMap((clear) =>
      places.filter((c) => isFree(c, [edge], nodes, placed) && isFree(c, others, nodes, placed, clear)).slice(0, 1),
    )[0];
    if (rect) placed.push({ ...rect, edge: wish.edge, text: wish.text });
  }
  return placed;
}

/** Whether a label at this place touches nothing. */
export function isFree(rect: Rect, edges: PlacedEdge[], nodes: Rect[], labels: Rect[], clear = 2): boolean {
  const wide = grow(rect, clear);
  return (
    !nodes.some((n) => rectsOverlap(wide, n)) &&
    !labels.some((l) => rectsOverlap(wide, l)) &&
    !edges.some((e) => strokeHits(e.points, e.width, wide))
  );
}

function candidates(wish: LabelWish, edge: PlacedEdge): Rect[] {
  const out: Rect[] = [];
  for (const extra of [0, 6]) {
    for (const side of [wish.side, -wish.side]) {
      for (const share of SHARES) {
        const { at, dir } = along(edge.points, share);
        out.push(beside(at, dir, side, wish, edge.width / 2 + GAP + extra));
      }
    }
  }
  return out;
}

/** The rectangle whose nearest border point lies the given distance from the edge, on the side asked for. */
function beside(at: Point, dir: Point, side: number, size: { width: number; height: number }, gap: number): Rect {
  let nx = -dir.y;
  let ny = dir.x;
  if (Math.sign(nx || ny) !== side) {
    nx = -nx;
    ny = -ny;
  }
  const reach = Math.abs(nx) * (size.width / 2) + Math.abs(ny) * (size.height / 2) + gap;
  return {
    x: at.x + nx * reach - size.width / 2,
    y: at.y + ny * reach - size.height / 2,
    width: size.width,
    height: size.height,
  };
}

/** Where the filled label of a selected edge sits: on the edge itself, next to its usual place. */
export function onEdge(points: Point[], near?: Rect): Point {
  if (!near) return along(points, 0.5).at;
  const cx = near.x + near.width / 2;
  const cy = near.y + near.height / 2;
  let best = along(points, 0.5).at;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < 20; i++) {
    const { at } = along(points, i / 20);
    const far = Math.hypot(at.x - cx, at.y - cy);
    if (far < least) {
      least = far;
      best = at;
    }
  }
  return best;
}
