import { describe, expect, it } from "vitest";
import type { Variant } from "@/api/types/process_detail";
import { shown } from "@/chart/processmap/shown";
import { readDay } from "@/kit/day";
import { parseSearch, stringifySearch } from "@/kit/url";
import { chipsOf, dayAfter, dayBefore, without } from "./filter/chips";
import { metricName } from "./map/metricName";
import { steps } from "./map/steps";
import { filterOf, processState, selectionOf, selectionPatch, unfiltered } from "./state";
import { weekdayName } from "./times/tables";
import { added, axisTicks, runningShare, stretches } from "./variants/compare";
import { shortNames } from "./variants/shortNames";

const start = processState.read({});

describe("address of the process page", () => {
  it("is empty at the start and reads back what was written", () => {
    expect(processState.write(start)).toEqual({});
    const full = {
      ...start,
      tab: "variants" as const,
      from: "2025-11-01",
      to: "2026-11-01",
      activity: ["Prüfung & Freigabe", "a=b"],
      not_activity: ["Storno"],
      variant: ["0f", "1a"],
      attr: ["channel=EDI, Nord", "land="],
      state: "open" as const,
      activities: 12,
      paths: 23,
      path_from: "Auftrag → erfasst",
      path_to: "Rückfrage #1",
      compare: ["0f"],
      open: "A-1 / 2",
    };
    const text = stringifySearch(processState.write(full));
    expect(processState.read(parseSearch(text))).toEqual(full);
  });
  it("falls back for what makes no sense", () => {
    const odd = processState.read({
      tab: "nonsense",
      activities: "-3",
      from: "2026-02-30",
      top: "abc",
      state: "perhaps",
    });
    expect(odd).toEqual(start);
    expect(unfiltered(filterOf(odd))).toBe(true);
  });
  it("still reads an address that says complete=true", () => {
    expect(filterOf(processState.read({ complete: "true" })).state).toBe("complete");
    expect(filterOf(processState.read({ complete: "true", state: "open" })).state).toBe("open");
    expect(processState.write({ ...start, state: "complete" })).toEqual({ state: "complete" });
  });
  it("keeps one selection at a time", () => {
    const path = { kind: "path" as const, from: "A", to: "B" };
    expect(selectionOf({ ...start, ...selectionPatch(path) })).toEqual(path);
    expect(selectionOf({ ...start, ...selectionPatch({ kind: "activity", name: "A" }) })).toEqual({
      kind: "activity",
      name: "A",
    });
    expect(selectionOf({ ...start, ...selectionPatch(null) })).toBeNull();
  });
});

describe("filter chain", () => {
  const filter = {
    ...filterOf(start),
    from: "2025-11-01",
    to: "2026-11-01",
    state: "open" as const,
    activity: ["A"],
    attr: ["land=DE", "land=", "art=x"],
  };
  const chain = [
    { code: "all", text: "", cases: 100 },
    { code: "from", text: "", cases: 90 },
    { code: "to", text: "", cases: 80 },
    { code: "state", text: "", cases: 70 },
    { code: "activity", text: "", cases: 60 },
    { code: "attr", text: "", cases: 50 },
    { code: "attr", text: "", cases: 40 },
  ];
  it("gives each chip the count of its last condition", () => {
    const chips = chipsOf(filter, chain);
    expect(chips.map((c) => [c.label, c.count])).toEqual([
      ["Ende 01.11.2025 bis 31.10.2026", 80],
      ["Nur offene", 70],
      ["Mit „A“", 60],
      ["land: DE, ohne Angabe", 50],
      ["art: x", 40],
    ]);
    expect(chipsOf(filter, undefined).every((c) => c.count === undefined)).toBe(true);
  });
  it("takes single chips away", () => {
    expect(without(filter, "period")).toEqual({ from: "", to: "" });
    expect(without(filter, "state")).toEqual({ state: "all" });
    expect(without(filter, "activity A")).toEqual({ activity: [] });
    expect(without(filter, "attr land")).toEqual({ attr: ["art=x"] });
  });
});

describe("days", () => {
  it("reads what people write", () => {
    expect(readDay("24.11.2026", "first")).toBe("2026-11-24");
    expect(readDay("24/11/2026", "first")).toBe("2026-11-24");
    expect(readDay("2026-11-24", "last")).toBe("2026-11-24");
    expect(readDay("2/2028", "last")).toBe("2028-02-29");
    expect(readDay("2026", "last")).toBe("2026-12-31");
    for (const bad of ["31.02.2026", "13/2026", "morgen", "", "1.1.26"]) expect(readDay(bad, "first")).toBeNull();
  });
  it("steps over months and leap days", () => {
    expect(dayBefore("2028-03-01")).toBe("2028-02-29");
    expect(dayAfter("2026-12-31")).toBe("2027-01-01");
  });
});

const variant = (activities: string[], median: number, share = 0.1): Variant => ({
  rank: 1,
  id: activities.join(),
  count: 1,
  share,
  activities,
  median_seconds: median,
  min_seconds: 0,
  p90_seconds: 0,
});

describe("variants", () => {
  it("sets the stretches to the median of the whole case", () => {
    const edge = (from: string, to: string, s: number) => ({
      from,
      to,
      count: 1,
      median_seconds: 0,
      mean_seconds: 0,
      median_elapsed_seconds: s,
    });
    const line = stretches(variant(["A", "B", "C"], 900), [edge("A", "B", 100), edge("B", "C", 200)]);
    expect(line.map((s) => [s.start, s.seconds])).toEqual([
      [0, 300],
      [300, 600],
    ]);
    expect(stretches(variant(["A"], 0), [])).toEqual([]);
    expect(stretches(variant(["A", "B"], 5), []).map((s) => s.seconds)).toEqual([0]);
  });
  it("names what a variant has beyond another, counting repeats", () => {
    expect(added(variant(["A", "B"], 1), variant(["A", "B", "B", "X"], 1))).toEqual([
      { name: "B", times: 1 },
      { name: "X", times: 1 },
    ]);
  });
  it("sums shares up to one", () => {
    const sums = runningShare([variant(["A"], 1, 0.5), variant(["B"], 1, 0.4), variant(["C"], 1, 0.2)]);
    expect(sums.map((s) => Number(s.toFixed(3)))).toEqual([0.5, 0.9, 1]);
  });
  it("draws the axis at round numbers", () => {
    expect(axisTicks(40 * 86400).map((t) => t.at / 86400)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40]);
    expect(axisTicks(10 * 3600)[1]?.unit).toBe("h");
  });
});

describe("list of steps", () => {
  it("goes from first to last and says when a wait begins further up", () => {
    const part = shown(
      {
        cases: 10,
        activities: [
          { name: "A", count: 10, cases: 10 },
          { name: "B", count: 10, cases: 10 },
          { name: "X", count: 3, cases: 3 },
        ],
        edges: [
          { from: "A", to: "B", count: 7, median_seconds: 60 },
          { from: "A", to: "X", count: 3, median_seconds: 90 },
          { from: "X", to: "B", count: 3, median_seconds: 30 },
        ],
        starts: [{ name: "A", count: 10 }],
        ends: [{ name: "B", count: 10 }],
      },
      3,
      9,
    );
    const list = steps(part, 10);
    expect(list.map((s) => [s.name, s.full, s.wait?.edge.from ?? null, s.wait?.fromPrevious ?? null])).toEqual([
      ["A", true, null, null],
      ["X", false, "A", true],
      ["B", true, "A", false],
    ]);
  });
});

describe("names", () => {
  it("leaves shared first words out as long as the rest tells names apart", () => {
    const short = shortNames([
      "Auftrag erfasst",
      "Auftrag bestätigt",
      "Ware versandt",
      "Rechnung",
      "Lieferung geprüft",
      "Rechnung geprüft",
    ]);
    expect(Object.fromEntries(short)).toEqual({
      "Auftrag erfasst": "erfasst",
      "Auftrag bestätigt": "bestätigt",
      "Ware versandt": "Ware versandt",
      Rechnung: "Rechnung",
      "Lieferung geprüft": "Lieferung geprüft",
      "Rechnung geprüft": "geprüft",
    });
    expect(shortNames(["A x", "A y", "B x", "B z"]).get("A x")).toBe("A x");
  });
  it("makes stable names of metrics", () => {
    expect(metricName("Auftrag erfasst bis Zahlung (größte)")).toBe("auftrag_erfasst_bis_zahlung_groesste");
    expect(metricName("T02 Check")).toBe("t02_check");
    expect(metricName("123 x")).toBe("m_123_x");
    expect(metricName("日本")).toBe("m_lead_time");
    expect(metricName("a".repeat(99))).toHaveLength(60);
  });
  it("names weekdays", () => {
    expect([1, 7].map(weekdayName)).toEqual(["Montag", "Sonntag"]);
  });
});
