import { END, edgeId, type Shown, type ShownEdge, START } from "./schema";

/** Order and side of everything around the most frequent path. */
export interface Spine {
  /** Activities of the most frequent path, first to last. */
  path: string[];
  /** Vertical order of each node, rings included; an edge to a smaller rank is a return edge. */
  rank: Map<string, number>;
  /** Side of a node beside the path: -1 left (rework, waiting), 1 right (bypass), 0 on the path. */
  side: Map<string, -1 | 0 | 1>;
  /** Identifiers of the edges on the path, rings included. */
  main: Set<string>;
}

/** Follows the strongest unvisited way from the strongest start until ending there is at least as frequent. */
export function spine(shown: Shown): Spine {
  const path = mainPath(shown);
  const rank = ranks(shown, path);
  const side = sides(shown, path);
  const stops = [START, ...path, END];
  const main = new Set<string>();
  for (let i = 0; i + 1 < stops.length; i++) main.add(edgeId(stops[i] as string, stops[i + 1] as string));
  return { path, rank, side, main };
}

function mainPath(shown: Shown): string[] {
  const path: string[] = [];
  const strongest = (edges: ShownEdge[]) =>
    edges.reduce<ShownEdge | null>((best, e) => (!best || e.count > best.count ? e : best), null);
  let current: string | undefined =
    strongest(shown.edges.filter((e) => e.from === START))?.to ?? shown.activities[0]?.name;
  while (current !== undefined) {
    path.push(current);
    const here: string = current;
    const next = strongest(shown.edges.filter((e) => e.from === here && e.to !== END && !path.includes(e.to)));
    const end = shown.edges.find((e) => e.from === here && e.to === END)?.count ?? 0;
    current = next && next.count > end ? next.to : undefined;
  }
  return path;
}

/** Path nodes stand at 1, 2, 3 …; a node beside it half a step after its strongest ranked predecessor. */
function ranks(shown: Shown, path: string[]): Map<string, number> {
  const rank = new Map<string, number>([[START, 0]]);
  for (const [i, name] of path.entries()) rank.set(name, i + 1);
  const left = shown.activities.map((a) => a.name).filter((n) => !rank.has(n));
  while (left.length > 0) {
    const edge = shown.edges
      .filter((e) => rank.has(e.from) && left.includes(e.to))
      .reduce<ShownEdge | null>((best, e) => (!best || e.count > best.count ? e : best), null);
    const name = edge ? edge.to : (left[0] as string);
    rank.set(name, edge ? (rank.get(edge.from) as number) + 0.5 + left.length * 1e-4 : 0.5);
    left.splice(left.indexOf(name), 1);
  }
  rank.set(END, Number.MAX_SAFE_INTEGER);
  return rank;
}

/** A node that replaces at least one step of the path is a bypass (right); all others are detours (left). */
function sides(shown: Shown, path: string[]): Map<string, -1 | 0 | 1> {
  const side = new Map<string, -1 | 0 | 1>();
  const spot = new Map<string, number>([
    [START, 0],
    [END, path.length + 1],
  ]);
  for (const [i, name] of path.entries()) spot.set(name, i + 1);
  for (const { name } of shown.activities) {
    if (spot.has(name)) {
      side.set(name, 0);
      continue;
    }
    const strongest = (list: ShownEdge[]) => [...list].sort((a, b) => b.count - a.count)[0];
    const into = strongest(shown.edges.filter((e) => e.to === name && spot.has(e.from)));
    const out = strongest(shown.edges.filter((e) => e.from === name && spot.has(e.to)));
    const span = into && out ? (spot.get(out.to) as number) - (spot.get(into.from) as number) : 0;
    side.set(name, span >= 2 ? 1 : -1);
  }
  side.set(START, 0);
  side.set(END, 0);
  return side;
}

/** True when the edge runs upwards in the drawing. */
export function isReturn(edge: { from: string; to: string }, rank: Map<string, number>): boolean {
  return (rank.get(edge.from) ?? 0) > (rank.get(edge.to) ?? 0);
}

/** Side on which an edge leaves the path: returns and detours left, shortcuts right, the path itself 0. */
export function edgeSide(edge: ShownEdge, s: Spine): -1 | 0 | 1 {
  if (s.main.has(edge.id)) return 0;
  const from = s.side.get(edge.from) ?? 0;
  const to = s.side.get(edge.to) ?? 0;
  if (from !== 0) return from;
  if (to !== 0) return to;
  return isReturn(edge, s.rank) ? -1 : 1;
}
