import type { Shown, ShownEdge } from "@/chart/processmap/schema";
import { spine } from "@/chart/processmap/spine";

/** One step of the list that stands for the map on phones. */
export interface Step {
  name: string;
  count: number;
  /** False when only part of the cases pass it. */
  full: boolean;
  /** The strongest way into the step; null at the first. */
  wait: { edge: ShownEdge; fromPrevious: boolean } | null;
}

/**
 * The shown activities from top to bottom of the map. The waiting bar belongs
 * to the strongest way into a step; fromPrevious is false when that way does
 * not begin in the row above.
 */
export function steps(part: Shown, cases: number): Step[] {
  const s = spine(part);
  const order = [...part.activities].sort((a, b) => (s.rank.get(a.name) ?? 0) - (s.rank.get(b.name) ?? 0));
  return order.map((a, i) => {
    const into = part.edges
      .filter(
        (e) =>
          e.to === a.name &&
          e.from !== a.name &&
          e.median_seconds !== null &&
          (s.rank.get(e.from) ?? 0) < (s.rank.get(a.name) ?? 0),
      )
      .sort((x, y) => y.count - x.count)[0];
    return {
      name: a.name,
      count: a.count,
      full: (a.cases ?? a.count) >= cases * 0.9,
      wait: into && i > 0 ? { edge: into, fromPrevious: order[i - 1]?.name === into.from } : null,
    };
  });
}
