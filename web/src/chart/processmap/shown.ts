import { END, edgeId, type MapActivity, type MapData, type Shown, type ShownEdge, START } from "./schema";

const byCount = (a: { count: number }, b: { count: number }) => b.count - a.count;

/** Number of activities the map starts with: all of twelve, otherwise about a third, at least nine, at most fifteen. */
export function initialActivities(total: number): number {
  if (total <= 12) return total;
  return Math.min(15, Math.max(9, Math.ceil(total / 3)));
}

/** Paths between the given number of most frequent activities. */
export function possiblePaths(data: MapData, activities: number): number {
  const names = new Set(mostFrequent(data, activities).map((a) => a.name));
  return data.edges.filter((e) => names.has(e.from) && names.has(e.to)).length;
}

/** Number of paths the map starts with: enough for 95 % of the possible transitions, at most 2.5 per activity. */
export function initialPaths(data: MapData, activities: number): number {
  const names = new Set(mostFrequent(data, activities).map((a) => a.name));
  const inside = data.edges.filter((e) => names.has(e.from) && names.has(e.to)).sort(byCount);
  const total = inside.reduce((sum, e) => sum + e.count, 0);
  let seen = 0;
  let paths = 0;
  for (const edge of inside) {
    if (seen >= total * 0.95 || paths >= Math.ceil(activities * 2.5)) break;
    seen += edge.count;
    paths += 1;
  }
  return Math.max(paths, Math.min(inside.length, activities));
}

/** The most frequent activities; the usual first and last one are always among them, so that the rings hold on to something. */
function mostFrequent(data: MapData, activities: number): MapActivity[] {
  const sorted = [...data.activities].sort((a, b) => byCount(a, b) || (a.name < b.name ? -1 : 1));
  const usual = [data.starts, data.ends].map((list) => [...list].sort(byCount)[0]?.name);
  const fixed = sorted.filter((a) => usual.includes(a.name)).slice(0, activities);
  const rest = sorted.filter((a) => !fixed.includes(a)).slice(0, activities - fixed.length);
  return sorted.filter((a) => fixed.includes(a) || rest.includes(a));
}

/**
 * The most frequent activities and, between them, the most frequent paths.
 * The strongest way into and out of each activity is always kept unless more
 * cases begin or end there, so that no node hangs in the air; it counts towards
 * the paths.
 */
export function shown(data: MapData, activities: number, paths: number): Shown {
  const kept = mostFrequent(data, activities);
  const names = new Set(kept.map((a) => a.name));
  const inside = data.edges
    .filter((e) => names.has(e.from) && names.has(e.to))
    .sort((a, b) => byCount(a, b) || (edgeId(a.from, a.to) < edgeId(b.from, b.to) ? -1 : 1));
  const chosen = new Set<string>();
  const ring = (list: { name: string; count: number }[], name: string) => list.find((x) => x.name === name)?.count ?? 0;
  for (const name of names) {
    const out = inside.find((e) => e.from === name && e.to !== name);
    const into = inside.find((e) => e.to === name && e.from !== name);
    if (into && into.count > ring(data.starts, name)) chosen.add(edgeId(into.from, into.to));
    if (out && out.count > ring(data.ends, name)) chosen.add(edgeId(out.from, out.to));
  }
  for (const edge of inside) {
    if (chosen.size >= paths) break;
    chosen.add(edgeId(edge.from, edge.to));
  }
  const drawn = inside.filter((e) => chosen.has(edgeId(e.from, e.to)));
  const total = data.edges.reduce((sum, e) => sum + e.count, 0);
  const sum = drawn.reduce((acc, e) => acc + e.count, 0);
  const edges: ShownEdge[] = drawn.map((e) => ({ ...e, id: edgeId(e.from, e.to) }));
  return {
    activities: kept,
    edges: [...edges, ...ringEdges(data, names, edges)],
    pathsPossible: inside.length,
    pathsDrawn: drawn.length,
    share: total > 0 ? sum / total : null,
  };
}

/** Edges of the rings: the strongest one each, activities without another way, and all as frequent as the weakest path drawn. */
function ringEdges(data: MapData, names: Set<string>, drawn: ShownEdge[]): ShownEdge[] {
  const weakest = drawn.length ? Math.min(...drawn.map((e) => e.count)) : 0;
  const hasIn = new Set(drawn.filter((e) => e.from !== e.to).map((e) => e.to));
  const hasOut = new Set(drawn.filter((e) => e.from !== e.to).map((e) => e.from));
  const starts = data.starts.filter((s) => names.has(s.name)).sort(byCount);
  const ends = data.ends.filter((s) => names.has(s.name)).sort(byCount);
  const limit = Math.max(weakest, data.cases * 0.01);
  return [
    ...starts
      .filter((s, i) => i === 0 || s.count >= limit || !hasIn.has(s.name))
      .map((s) => ({ id: edgeId(START, s.name), from: START, to: s.name, count: s.count, median_seconds: null })),
    ...ends
      .filter((s, i) => i === 0 || s.count >= limit || !hasOut.has(s.name))
      .map((s) => ({ id: edgeId(s.name, END), from: s.name, to: END, count: s.count, median_seconds: null })),
  ];
}
