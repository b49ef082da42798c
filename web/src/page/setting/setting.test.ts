import { describe, expect, it } from "vitest";
import type { SettingsHistory } from "@/api/types/setting";
import { rangeProblem } from "./AssumptionForm";
import { defaults, differences, settingText } from "./describe";
import { changes } from "./HistoryPart";
import { setSection } from "./ProcessPart";

describe("sections", () => {
  it("hold an activity once and vanish when empty", () => {
    const first = { ...defaults, ...setSection(defaults, "p", "a", "Auftrag") };
    const second = { ...first, ...setSection(first, "p", "b", "Auftrag") };
    expect(second.sections).toEqual([{ process: "p", section: "Auftrag", activities: ["a", "b"] }]);
    const moved = { ...second, ...setSection(second, "p", "a", "Lieferung") };
    expect(moved.sections.map((one) => [one.section, one.activities])).toEqual([
      ["Auftrag", ["b"]],
      ["Lieferung", ["a"]],
    ]);
    const gone = { ...moved, ...setSection(moved, "p", "b", "") };
    expect(gone.sections.map((one) => one.section)).toEqual(["Lieferung"]);
  });
  it("of another process stay as they are", () => {
    const value = { ...defaults, sections: [{ process: "q", section: "X", activities: ["a"] }] };
    expect(setSection(value, "p", "a", "Y").sections).toHaveLength(2);
  });
});

describe("history", () => {
  it("shows old and new value of each changed field, newest first", () => {
    const history = {
      items: [
        {
          version: 2,
          action: "update",
          at: "2026-02-01T00:00:00Z",
          by: "b",
          hash: "",
          value: { ...defaults, currency: "CHF", fiscal_start: 7 },
        },
        {
          version: 1,
          action: "create",
          at: "2026-01-01T00:00:00Z",
          by: "a",
          hash: "",
          value: { ...defaults, currency: "CHF" },
        },
      ],
      total: 2,
    } as SettingsHistory;
    expect(changes(history).map((row) => [row.version, row.before, row.after])).toEqual([
      [2, "Januar", "Juli"],
      [1, "EUR", "CHF"],
    ]);
  });
  it("compares values as people read them", () => {
    expect(differences(defaults, { ...defaults, digital_channels: ["Shop"] })).toEqual(["digital_channels"]);
    expect(settingText(defaults, "digital_channels")).toBe("keine Angabe");
  });
});

describe("ranges of assumptions", () => {
  const range = { min: "2", likely: "4,5", max: "8", source: "", date: "" };
  it("pass when they rise", () => expect(rangeProblem(range)).toBe(""));
  it("say what is wrong", () => {
    expect(rangeProblem({ ...range, max: "4" })).toContain("steigen");
    expect(rangeProblem({ ...range, min: "x" })).toContain("Zahlen");
    expect(rangeProblem({ ...range, min: "−1" })).toContain("Zahlen");
  });
});
