import { describe, expect, it } from "vitest";
import type { MetricItem, MetricPoint, TargetStanding } from "@/api/types/metric";
import { bandShape } from "@/chart/band";
import { byNeed, changeOf, roundUp, verdict, whiskerScales } from "./change";
import { axisNumber, metricScale } from "./scale";
import { metricListState, metricState } from "./state";
import { tileTable } from "./TileOutput";
import { bands, gapText, limitText, unitOf } from "./target";
import { lastPeriods, pickedPoint, reference } from "./window";
import { previousWord } from "./words";

const item = (name: string, patch: Partial<MetricItem> = {}): MetricItem => ({
  name,
  title: name,
  unit: "seconds",
  currency: null,
  targets: [],
  direction: "down",
  table: "cases",
  counted: "Vorgänge",
  process: "",
  owner: "",
  own: false,
  state: "known",
  latest: { from: "2026-10-01", to: "2026-11-01", value: 1, low: null, high: null, n: 40, complete: true },
  previous: null,
  year_before: null,
  trend: null,
  remarks: null,
  data_age_seconds: null,
  ...patch,
});
const diff = (difference: number, low: number | null, high: number | null) => ({
  from: "",
  to: "",
  value: 0,
  difference,
  low,
  high,
  relative: null,
  secured: true,
});

describe("writing values", () => {
  it("keeps one unit for a page", () => {
    const days = metricScale("seconds", null, 11.6 * 86400);
    expect(days.text(11.6 * 86400)).toBe("11,6\u00a0Tage");
    expect(days.text(3600)).toBe("0,0\u00a0Tage");
    expect(days.change(-0.8 * 86400)).toEqual({ text: "−0,8", unit: "Tage" });
    expect(metricScale("seconds", null, 19.6 * 3600).text(19.6 * 3600)).toBe("19,6\u00a0Std.");
  });
  it("writes shares in percent and their change in points", () => {
    const share = metricScale("share", null, 0.342);
    expect(share.text(0.342)).toBe("34,2\u202f%");
    expect(share.change(0.041)).toEqual({ text: "+4,1", unit: "Punkte" });
    expect(share.value(null)).toEqual({ text: "–", unit: "" });
  });
  it("writes money, counts and plain numbers", () => {
    expect(metricScale("money", "EUR", 142_000).text(142_300)).toBe("142,3\u00a0T€");
    expect(metricScale("money", "EUR", 2_500_000).text(2_500_000)).toBe("2,5\u00a0Mio. €");
    expect(metricScale("money", "GBP", 318).text(318)).toBe("318,00\u00a0£");
    expect(metricScale("count", null, 12).text(1234)).toBe("1.234");
    expect(metricScale("number", null, 4).text(4.12)).toBe("4,1");
    expect([4, 2.5, 12.34, 1234.5].map(axisNumber)).toEqual(["4", "2,5", "12,3", "1.235"]);
  });
});

describe("changes", () => {
  it("judges only what leaves zero out, by the direction of the metric", () => {
    expect(verdict(item("a"), changeOf(diff(-1, -2, -0.5)))).toBe("better");
    expect(verdict(item("a", { direction: "up" }), changeOf(diff(-1, -2, -0.5)))).toBe("worse");
    expect(verdict(item("a"), changeOf(diff(-1, -2, 0.5)))).toBeNull();
    expect(verdict(item("a"), changeOf(diff(-1, null, null)))).toBeNull();
    expect(verdict(item("a"), changeOf({ ...diff(-1, -2, -0.5), secured: false }))).toBeNull();
    expect(verdict(item("a", { direction: "none" }), changeOf(diff(-1, -2, -0.5)))).toBeNull();
  });
  it("orders worse, better, open, unknown", () => {
    const list = [
      item("unknown", { state: "unknown", latest: null }),
      item("open", { year_before: diff(1, -1, 2) }),
      item("better", { year_before: diff(-1, -2, -0.5) }),
      item("worse", { year_before: diff(1, 0.5, 2) }),
    ];
    expect(byNeed(list, "year_before").map((i) => i.name)).toEqual(["worse", "better", "open", "unknown"]);
  });
  it("draws changes of one unit on one scale, and on their own where the small one would vanish", () => {
    const [small, large, huge] = [diff(0.7, 0.6, 0.8), diff(-3, -4.2, -1), diff(30, 10, 42)].map((year_before, i) =>
      item(`${i}`, { unit: "count", year_before }),
    ) as [MetricItem, MetricItem, MetricItem];
    const near = whiskerScales([small, large], "year_before");
    expect([near.get(small), near.get(large)]).toEqual([5, 5]);
    const far = whiskerScales([small, large, huge], "year_before");
    expect([far.get(small), far.get(large), far.get(huge)]).toEqual([1, 5, 50]);
    expect([0.03, 1, 1.2, 4, 7, 500].map(roundUp)).toEqual([0.05, 1, 2, 5, 10, 500]);
  });
  it("takes out every number of the tiles in the unit shown", () => {
    const trend = [{ from: "2026-09-01", to: "2026-10-01", value: 0.25, low: 0.2, high: 0.3, n: 40, complete: true }];
    const { columns, rows } = tileTable(
      [item("share", { unit: "share", trend, year_before: diff(0.05, 0.01, 0.09) })],
      "year_before",
    );
    expect(columns).toHaveLength(10);
    expect(rows.map((r) => r.slice(4, 10))).toEqual([
      [25, 20, 30, "%", 40, true],
      [5, 1, 9, "Punkte", null, null],
    ]);
  });
});

describe("periods", () => {
  const points = (n: number): MetricPoint[] =>
    Array.from({ length: n }, (_, i) => ({
      from: `${2024 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, "0")}-01`,
      to: "",
      value: i,
      low: null,
      high: null,
      n: 1,
      complete: i > 0 && i < n - 1,
    }));
  it("never compares with an incomplete period", () => {
    const all = points(26);
    expect(reference(all, all, "month", "year_before").slice(11, 15)).toEqual([null, null, 1, 2]);
    expect(reference(all, all, "month", "previous").slice(0, 4)).toEqual([null, null, 1, 2]);
  });
  it("picks the last complete value unless another is asked for", () => {
    const all = points(26);
    expect(pickedPoint(all, "")?.value).toBe(24);
    expect(pickedPoint(all, "2024-03-01")?.value).toBe(2);
    expect(pickedPoint([], "")).toBeNull();
    expect(lastPeriods(points(60), "month")).toHaveLength(37);
  });
});

describe("words", () => {
  it("names the period before by its grain", () => {
    expect((["day", "week", "month", "quarter", "year"] as const).map(previousWord)).toEqual([
      "Vortag",
      "Vorwoche",
      "Vormonat",
      "Vorquartal",
      "Vorjahr",
    ]);
  });
});

describe("addresses", () => {
  it("read back what they write", () => {
    const full = {
      process: "Einkauf & Co",
      by: "week" as const,
      against: "previous" as const,
      from: "2026-01-01",
      to: "2026-02-01",
      dim: "kanal",
      filter: ["kanal=EDI", "land="],
      point: "2026-01-05",
      value: "x",
    };
    expect(metricState.read(metricState.write(full))).toEqual(full);
    expect(metricState.write(metricState.read({}))).toEqual({});
    expect(metricListState.write(metricListState.read({ against: "odd" }))).toEqual({});
  });
});

describe("targets", () => {
  const standing = (over: Partial<TargetStanding>): TargetStanding => ({
    id: "1",
    title: "Plan",
    metric: "case_duration_median",
    process: "A",
    line: "plan",
    status: "missed",
    direction: "down",
    from: "2026-10-01",
    to: "2026-11-01",
    value: 12.5 * 86400,
    limit: 12 * 86400,
    gap: 0.5 * 86400,
    secured: false,
    tolerance: 0,
    next: null,
    owner: "",
    owner_name: "",
    next_review: "",
    limits: [
      { from: "2026-09-01", value: null },
      { from: "2026-10-01", value: 12 * 86400 },
    ],
    remarks: null,
    ...over,
  });

  it("writes limit and distance in the unit of the page", () => {
    const days = metricScale("seconds", null, 12 * 86400);
    expect(limitText(standing({}), days)).toBe("Ziel ≤\u00a012,0");
    expect(gapText(standing({}), days)).toBe("0,5 Tage über dem Ziel");
    expect(gapText(standing({ gap: -86400 }), days)).toBe("1,0 Tage unter dem Ziel");
    expect(
      limitText(standing({ direction: "up", limit: null, next: { from: "2027-01-01", value: 864000 } }), days),
    ).toBe("Ziel ≥\u00a010,0");
    expect(unitOf("seconds", days)).toBe("days");
    expect(unitOf("share", metricScale("share", null, 0.4))).toBe("percent");
    expect(unitOf("money", metricScale("money", "EUR", 2_000_000))).toBe("million");
  });

  it("draws the limit on the axis of the points, without a value before it begins", () => {
    const days = metricScale("seconds", null, 12 * 86400);
    const points = ["2026-09-01", "2026-10-01", "2026-11-01"].map((from) => ({ from }));
    expect(bands([standing({})], points, days)).toEqual([
      { name: "Plan ≤\u00a012,0", line: "plan", direction: "down", limits: [null, 12 * 86400, null] },
    ]);
    expect(bands([standing({ limits: [] })], points, days)).toEqual([]);
    // By hand: three points in a box of 100 by 50, 10 px for a unit from the top.
    const shape = bandShape(
      { name: "", line: "plan", direction: "down", limits: [null, 2, 3] },
      (i) => i * 50,
      (v) => v * 10,
      100,
      50,
    );
    expect(shape.line).toBe("M25.0 20.0L75.0 20.0L75.0 30.0L100.0 30.0");
    expect(shape.area).toBe("M25.0 50V20.0H75.0V50ZM75.0 50V30.0H100.0V50Z");
  });
});
