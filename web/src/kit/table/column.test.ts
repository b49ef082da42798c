import { describe, expect, it } from "vitest";
import { cellText, compareCells, passes, readNumber } from "./column";

describe("readNumber", () => {
  it.each([
    ["1.234,5", 1234.5],
    ["1,234.5", 1234.5],
    ["1.234", 1234],
    ["12,0", 12],
    ["12.5", 12.5],
    ["−3,4", -3.4],
    ["34,2 %", 34.2],
    ["12,0x", null],
    ["", null],
  ])("%s", (text, value) => expect(readNumber(text)).toBe(value));
});

describe("passes", () => {
  it("compares durations in days and shares in percent", () => {
    expect(passes(3 * 86400, "seconds", { op: "from", text: "2,5" })).toBe(true);
    expect(passes(2 * 86400, "seconds", { op: "from", text: "2,5" })).toBe(false);
    expect(passes(0.4, "percent", { op: "to", text: "40" })).toBe(true);
  });
  it("compares dates by as much as was typed", () => {
    expect(passes("2026-11-24T05:00:00Z", "instant", { op: "from", text: "2026-11" })).toBe(true);
    expect(passes("2026-11-24T05:00:00Z", "instant", { op: "to", text: "2026-10" })).toBe(false);
  });
  it("never lets unknown pass a border", () => expect(passes(null, "integer", { op: "to", text: "5" })).toBe(false));
  it("finds text as it is shown", () => {
    expect(passes(1234, "integer", { op: "contains", text: "1.23" })).toBe(true);
    expect(passes("Ware versandt", "text", { op: "is", text: "ware versandt" })).toBe(true);
  });
});

it("sorts texts with numbers by their numbers", () => {
  expect(["V10", "V9", "v1"].sort(compareCells)).toEqual(["v1", "V9", "V10"]);
});

it("writes values in the format of their column", () => {
  expect(cellText(0.167, "percent")).toBe("16,7\u202F%");
  expect(cellText(true, "boolean")).toBe("ja");
  expect(cellText(null, "money")).toBe("–");
});
