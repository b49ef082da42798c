import { describe, expect, test } from "vitest";
import { cut, type GanttItem, label, rows, scale, wire } from "./layout";
import { addMonths, dayNumber, isoDay, quarterOf, quarters } from "./time";

const item = (id: string): GanttItem => ({
  id,
  title: id,
  stage: "idea",
  start: "2027-01-01",
  goLive: null,
  end: null,
  milestones: [],
  planned: null,
  may: true,
  more: "",
});

describe("time", () => {
  test("days are counted and written back", () => {
    expect(dayNumber("1970-01-02")).toBe(1);
    expect(isoDay(dayNumber("2028-02-29"))).toBe("2028-02-29");
  });
  test("months keep to the end of the shorter month", () => {
    expect(addMonths("2027-01-31", 1)).toBe("2027-02-28");
    expect(addMonths("2028-01-31", 1)).toBe("2028-02-29");
    expect(addMonths("2027-01-15", -1)).toBe("2026-12-15");
    expect(addMonths("2027-11-30", 3)).toBe("2028-02-29");
  });
  test("quarters of a year", () => {
    expect(quarterOf("2027-06-30").n).toBe(2);
    expect(quarters("2027-01-01", "2028-01-01").map((q) => `${q.year}/${q.n}`)).toEqual([
      "2027/1",
      "2027/2",
      "2027/3",
      "2027/4",
    ]);
  });
});

describe("layout", () => {
  test("each group has a head above its rows", () => {
    const at = rows([
      { title: "a", items: [item("1"), item("2")] },
      { title: "b", items: [item("3")] },
    ]);
    expect(at.heads.map((one) => one.y)).toEqual([44, 144]);
    expect(at.bars.map((one) => one.y)).toEqual([72, 108, 172]);
  });
  test("days outside are held at the border", () => {
    const x = scale("2027-01-01", "2027-01-11", label + 100);
    expect(x(dayNumber("2027-01-06"))).toBe(label + 50);
    expect(x(dayNumber("2026-01-01"))).toBe(label);
    expect(x(dayNumber("2029-01-01"))).toBe(label + 100);
  });
  test("a line goes round when the other begins before", () => {
    expect(wire(0, 0, 100, 36)).toBe("M0 0H92V36H100");
    expect(wire(100, 0, 50, 36)).toBe("M100 0H108V18H42V36H50");
  });
  test("long titles are cut", () => {
    expect(cut("Kundenportal für den Mittelstand in Norddeutschland", 120, 14)).toMatch(/^Kunden.*…$/);
    expect(cut("Shop", 120, 14)).toBe("Shop");
  });
});
