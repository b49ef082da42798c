import type { Compared, ComparedEdge, Comparison } from "@/api/types/process_compare";
import type { PeriodWords } from "@/chart/processmap/ProcessMap";
import { END, edgeId, type MapData, type Shown, type ShownEdge, START } from "@/chart/processmap/schema";
import { shown } from "@/chart/processmap/shown";
import { durationShort, percent } from "@/kit/format";
import { m } from "@/paraglide/messages";

/** What happened to a figure: more or less, not visibly different, or too few cases to tell. */
export type Change = "up" | "down" | "same" | "unknown";

export function changeOf(c: Compared): Change {
  if (c.q_value === null || c.difference === null) return "unknown";
  return c.significant ? (c.difference > 0 ? "up" : "down") : "same";
}

/** Shape and word of a change in how many cases pass. */
export function shareWord(change: Change): string {
  switch (change) {
    case "up":
      return m.process_periods_more();
    case "down":
      return m.process_periods_less();
    case "same":
      return m.process_periods_same();
    case "unknown":
      return m.process_periods_unknown();
  }
}

/** Shape and word of a change in how long they take. */
export function timeWord(change: Change): string {
  switch (change) {
    case "up":
      return m.process_periods_slower();
    case "down":
      return m.process_periods_faster();
    case "same":
      return m.process_periods_same();
    case "unknown":
      return m.process_periods_unknown();
  }
}

export type Side = "a" | "b";

const marked = (change: Change) => change === "up" || change === "down";

/** "34 % · 8 Std."; after the change also what is different: "52 % ▲ häufiger · 3 Std. ▼ schneller". */
export function edgeWords(edge: ComparedEdge | undefined, side: Side): string {
  if (!edge) return percent(0, 0);
  const [share, time] = [changeOf(edge.share), changeOf(edge.time)];
  const parts = [percent(edge.share[side], 0)];
  if (side === "b" && marked(share)) parts.push(shareWord(share));
  if (edge.time[side] !== null) {
    parts.push("·", durationShort(edge.time[side]));
    if (side === "b" && marked(time)) parts.push(timeWord(time));
  }
  return parts.join(" ");
}

/** The words of the map of one period. */
export function mapWords(c: Comparison, side: Side): PeriodWords {
  const edges = new Map(c.edges.map((e) => [edgeId(e.from, e.to), e]));
  const activities = new Map(c.activities.map((a) => [a.name, a.share]));
  const ring = (e: ShownEdge) => e.from === START || e.to === END;
  return {
    edge: (e) => (ring(e) ? "" : edgeWords(edges.get(e.id), side)),
    widest: (e) => (ring(e) ? "" : edgeWords(edges.get(e.id), "b")),
    edgeShare: (e) => (ring(e) ? 0.3 : (edges.get(e.id)?.share[side] ?? 0)),
    activityShare: (name) => activities.get(name)?.[side] ?? 0,
    activity: (name) => {
      const share = activities.get(name);
      if (!share) return percent(0, 0);
      const change = changeOf(share);
      return side === "b" && marked(change)
        ? `${percent(share.b, 0)} ${shareWord(change)}`
        : percent(share[side] ?? 0, 0);
    },
  };
}

/** The part of the map that both periods draw: the most frequent paths and, between their activities, all that differ. */
export function sharedPart(dfg: MapData, c: Comparison, activities: number, paths: number): Shown {
  const part = shown(dfg, activities, paths);
  const names = new Set(part.activities.map((a) => a.name));
  const drawn = new Set(part.edges.map((e) => e.id));
  const different = new Set(
    c.edges.filter((e) => e.share.significant || e.time.significant).map((e) => edgeId(e.from, e.to)),
  );
  const added = dfg.edges
    .map((e) => ({ ...e, id: edgeId(e.from, e.to) }))
    .filter((e) => different.has(e.id) && !drawn.has(e.id) && names.has(e.from) && names.has(e.to));
  return { ...part, edges: [...part.edges, ...added], pathsDrawn: part.pathsDrawn + added.length };
}
