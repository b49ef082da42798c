import { describe, expect, it } from "vitest";
import { entries, gateNumber, stopState } from "./stage";
import { priorityState, weightsText } from "./state";

const step = (version: number, stage: string, since: string) =>
  ({
    version,
    changes: [
      { field: "stage", title: "Phase", before: "", after: stage },
      { field: "stage_since", title: "Seit", before: "", after: since },
    ],
  }) as never;

describe("stages", () => {
  it("were entered on the day of the newest change", () => {
    const days = entries({ items: [step(3, "Bewertung", "12.08.2026"), step(1, "Idee", "03.05.2026")] });
    expect([...days]).toEqual([
      ["Bewertung", "12.08.2026"],
      ["Idee", "03.05.2026"],
    ]);
  });
  it("are passed, present or ahead", () => {
    const entered = new Set(["idea", "case"]);
    expect(["idea", "case", "mvp"].map((stop) => stopState(stop, "case", entered))).toEqual([
      "passed",
      "here",
      "ahead",
    ]);
    expect(stopState("mvp", "closed", entered)).toBe("passed");
    expect([gateNumber("case"), gateNumber("live"), gateNumber("stopped")]).toEqual([1, 5, -1]);
  });
});

describe("weights", () => {
  it("stand in the address as the server reads them", () => {
    const weights = weightsText([
      { name: "benefit", weight: 40 },
      { name: "risk", weight: 5 },
    ]);
    expect(weights).toBe("benefit:40,risk:5");
    expect(priorityState.read(priorityState.write({ weights, by: "rice" }) as never)).toEqual({ weights, by: "rice" });
  });
});
