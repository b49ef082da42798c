import { describe, expect, it } from "vitest";
import { between, gridLines, middle, rise, strokes, ticks } from "./shape";

const x = (i: number) => i * 10;
const y = (v: number) => 100 - v;

describe("the drawing of an effect", () => {
  it("breaks a line where a period is missing", () => {
    expect(strokes([1, 2, null, 4], x, y)).toBe("M0.0 99.0L10.0 98.0M30.0 96.0");
    expect(strokes([null, null], x, y)).toBe("");
  });

  it("fills between two lines only where both are known", () => {
    expect(between([null, 1, 2], [null, 3, 4], x, y)).toBe("M10.0 97.0L20.0 96.0L20.0 98.0L10.0 99.0Z");
    expect(between([1, null, 2], [3, null, 4], x, y).split("Z").length - 1).toBe(2);
    expect(between([null], [null], x, y)).toBe("");
  });

  it("puts periods in the middle of their share and values between the limits", () => {
    expect(middle(0, 4, 400)).toBe(50);
    expect(middle(3, 4, 400)).toBe(350);
    expect(rise(5, 0, 10, 200)).toBe(100);
    expect(rise(0, 0, 10, 200)).toBe(200);
  });

  it("names some periods and each year once", () => {
    const days = Array.from(
      { length: 36 },
      (_, i) => `${2023 + Math.floor((i + 9) / 12)}-${String(((i + 9) % 12) + 1).padStart(2, "0")}-01`,
    );
    const named = ticks(days, "month", 720);
    expect(named.map((t) => t.year).filter(Boolean)).toEqual(["2023", "2024", "2025", "2026"]);
    expect(named[0]).toEqual({ i: 0, name: "Okt", year: "2023" });
    expect(named.length).toBe(12);
  });

  it("draws grid lines at round values, zero among them", () => {
    expect(gridLines(-1, 1, 0.5)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(gridLines(0.2, 0.9, 0.25)).toEqual([0.25, 0.5, 0.75]);
  });
});
