/** What a chart draws of one target: its limit in each period, index by index of the points. */
export interface Band {
  name: string;
  line: "plan" | "stretch" | "contract";
  direction: "up" | "down" | "";
  limits: (number | null)[];
}

/** How the lines of targets are told apart without colour. */
export const dashes: Record<Band["line"], number[] | undefined> = {
  plan: undefined,
  contract: [10, 3, 2, 3],
  stretch: [3, 3],
};

interface Limited {
  line: Band["line"];
  direction: Band["direction"];
  title: string;
  limits: { from: string; value: number | null }[];
}

/** The targets of an answer on the axis of its points, in the unit of the axis. */
export function bandsOf(
  targets: readonly Limited[] | null | undefined,
  points: readonly { from: string }[],
  name: (target: Limited, limit: number) => string,
): Band[] {
  return (targets ?? []).flatMap((target) => {
    const at = new Map(target.limits.map((l) => [l.from, l.value]));
    const limits = points.map((p) => at.get(p.from) ?? null);
    const last = limits.findLast((v) => v !== null);
    return last === null || last === undefined
      ? []
      : [{ name: name(target, last), line: target.line, direction: target.direction, limits }];
  });
}

/** The limit as steps of one period each, and the good side of it up to the edge of the box, as SVG path data. */
export function bandShape(
  band: Band,
  x: (i: number) => number,
  y: (v: number) => number,
  width: number,
  height: number,
): { area: string; line: string } {
  const half = (x(1) - x(0)) / 2 || width / 2;
  const edge = band.direction === "up" ? 0 : height;
  let area = "";
  let line = "";
  let before: number | null = null;
  for (const [i, v] of band.limits.entries()) {
    if (v !== null) {
      const left = Math.max(0, x(i) - half).toFixed(1);
      const right = Math.min(width, x(i) + half).toFixed(1);
      const at = y(v).toFixed(1);
      if (band.direction !== "") area += `M${left} ${edge}V${at}H${right}V${edge}Z`;
      line += `${before === null ? "M" : "L"}${left} ${at}L${right} ${at}`;
    }
    before = v;
  }
  return { area, line };
}
