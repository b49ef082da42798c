import { describe, expect, it } from "vitest";
import { bars, position } from "./histogram/shape";
import { axisText } from "./line/option";
import { lineShape, niceRange, niceStep } from "./line/shape";
import { axisName, extent, lastComplete, periodName, runs, type SeriesPoint, yearBefore } from "./series";
import { align, byWeight } from "./smallmultiples/SmallMultiples";
import { sparkShape } from "./sparkline/shape";
import { changeScale, unsecured, whiskerShape } from "./whisker/shape";

const point = (from: string, value: number | null, complete = true): SeriesPoint => ({
  from,
  to: from,
  value,
  low: value === null ? null : value - 1,
  high: value === null ? null : value + 2,
  n: 30,
  complete,
});
const months = (...values: (number | null)[]) =>
  values.map((v, i) => point(`2026-${String(i + 1).padStart(2, "0")}-01`, v));

describe("series", () => {
  it("finds runs of known values and the last complete one", () => {
    expect(runs([1, 2, null, 3, null])).toEqual([
      [0, 1],
      [3, 3],
    ]);
    expect(runs([])).toEqual([]);
    expect(lastComplete([...months(1, 2), point("2026-03-01", 5, false)])).toBe(1);
    expect(lastComplete([point("2026-03-01", 5, false)])).toBe(-1);
    expect(extent([null])).toEqual([0, 1]);
  });
  it("names periods in German", () => {
    expect(periodName("2026-10-01", "month")).toBe("Oktober 2026");
    expect(periodName("2026-10-01", "quarter")).toBe("4. Quartal 2026");
    expect(periodName("2026-12-28", "week")).toBe("KW 53/2026");
    expect(axisName("2026-01-05", "week")).toBe("KW 2");
    expect(axisName("2026-10-01", "month")).toBe("Okt");
    expect(yearBefore("2026-10-01", "month")).toBe("2025-10-01");
    expect(yearBefore("2026-01-05", "week")).toBe("2025-01-06");
  });
});

describe("sparkline", () => {
  it("breaks the line at unknown values, dashes and hatches the running period", () => {
    const s = sparkShape([...months(1, 2, null, 4), point("2026-05-01", 3, false)], 240, 60);
    expect(s.line.match(/M/g)).toHaveLength(2);
    expect(s.running).not.toBe("");
    expect(s.hatch).toHaveLength(1);
    expect(s.dot?.x).toBeLessThan(240);
    expect(sparkShape([], 240, 60).dot).toBeNull();
    expect(sparkShape(months(5), 240, 60).dot).toEqual({ x: 120, y: expect.any(Number) });
  });
});

describe("whisker", () => {
  it("says when the interval holds zero", () => {
    expect(unsecured({ value: -0.8, low: -1.4, high: -0.2 })).toBe(false);
    expect(unsecured({ value: -0.8, low: -1.4, high: 0.2 })).toBe(true);
    expect(unsecured({ value: 1, low: null, high: null })).toBeNull();
  });
  it("keeps everything on its line", () => {
    const scale = changeScale([
      { value: -3, low: -7, high: 1 },
      { value: 1, low: null, high: null },
    ]);
    expect(scale).toBe(7);
    const s = whiskerShape({ value: -7, low: -9, high: 3.5 }, scale, 80);
    expect(s).toEqual({ zero: 40, dot: 6, low: 6, high: 57 });
  });
});

describe("histogram", () => {
  const bins = [
    { from: 0, to: 10, count: 5 },
    { from: 10, to: 20, count: 10 },
    { from: 20, to: null, count: 1 },
  ];
  it("places bars and the median", () => {
    expect(bars(bins, 300).map((b) => b.share)).toEqual([0.5, 1, 0.1]);
    expect(position(15, bins, 300)).toBe(150);
    expect(position(99, bins, 300)).toBe(250);
    expect(position(-1, bins, 300)).toBeNull();
  });
});

describe("line", () => {
  it("parts complete from incomplete and never ribbons the incomplete", () => {
    const s = lineShape([...months(10, 12, 11), point("2026-04-01", 6, false)], "month", [9, null, 8, 7]);
    expect(s.solid).toEqual([10, 12, 11, null]);
    expect(s.dashed).toEqual([null, null, 11, 6]);
    expect(s.low).toEqual([9, 11, 10, null]);
    expect(s.band).toEqual([3, 3, 3, null]);
    expect(s.incomplete).toEqual([3]);
    expect(s.last).toBe(2);
    expect(s.reference).toEqual([9, null, 8, 7]);
  });
  it("keeps the steps round in the unit of the axis", () => {
    const s = lineShape(months(11 * 86400, 15 * 86400), "month", [], 1 / 86400);
    expect([s.min, s.max]).toEqual([10, 16]);
  });
  it("chooses round steps", () => {
    expect(niceStep(0.3)).toBeCloseTo(0.5, 12);
    expect(niceStep(2.2)).toBe(2.5);
    expect(niceRange([11, 15.4])).toEqual([10, 16, 2]);
    expect(niceRange([3, 100])).toEqual([0, 150, 50]);
    expect(niceRange([null])[0]).toBe(0);
  });
  it("writes the year where the axis enters it", () => {
    const points = Array.from({ length: 14 }, (_, i) =>
      point(`${i < 3 ? 2025 : 2026}-${String(((i + 9) % 12) + 1).padStart(2, "0")}-01`, 1),
    );
    const s = lineShape(points, "month");
    expect(axisText(s, 0, 3)).toBe("Okt\n{year|2025}");
    expect(axisText(s, 3, 3)).toBe("Jan\n{year|2026}");
    expect(axisText(s, 6, 3)).toBe("Apr");
    expect(axisText(s, 4, 3)).toBe("");
  });
});

describe("small multiples", () => {
  it("orders by weight and shares one axis of time", () => {
    const list = [
      { ...point("2026-01-01", 1), dim: "Shop", n: 10 },
      { ...point("2026-02-01", 2), dim: "EDI", n: 90 },
      { ...point("2026-01-01", 3), dim: "EDI", n: 80 },
    ];
    const groups = byWeight(list);
    expect(groups.map((g) => g.name)).toEqual(["EDI", "Shop"]);
    const aligned = align(groups);
    expect(aligned.map((a) => a.map((p) => p.value))).toEqual([
      [3, 2],
      [1, null],
    ]);
  });
});
