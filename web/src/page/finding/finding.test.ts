import { describe, expect, it } from "vitest";
import { findingListState } from "./state";
import { eurosText, kindText, sizeText, unitText } from "./text";

const size = (unit: string, value: number, low: number | null = null, high: number | null = null) => ({
  size: { unit, value, low, high, currency: "" },
});
const euros = (low: number, likely: number, high: number) => ({ euros: { low, likely, high, currency: "EUR" } });

describe("sizes", () => {
  it("say their unit and never mix lead time with work", () => {
    expect(sizeText(size("working_hours_per_year", 1000, 780, 1420))).toBe("780 bis 1.420 Arbeitsstunden im Jahr");
    expect(sizeText(size("lead_time_hours_per_year", 12_345.6))).toBe("12.346 Stunden Durchlaufzeit im Jahr");
    expect(sizeText(size("cases_per_year", 9.5))).toBe("9,5 Vorgänge im Jahr");
    expect(unitText("working_hours_per_year")).not.toBe(unitText("lead_time_hours_per_year"));
    expect(unitText("currency_per_year", "GBP")).toBe("£ im Jahr");
  });
  it("give money as a range in one unit, or nothing", () => {
    expect(eurosText(euros(12_000, 20_000, 31_500))).toBe("12,0 bis 31,5\u00a0T€ im Jahr");
    expect(eurosText(euros(200, 300, 400))).toBe("200,00 bis 400,00\u00a0€ im Jahr");
    expect(eurosText({ euros: null })).toBeNull();
  });
});

describe("words and address", () => {
  it("knows every kind", () => {
    for (const kind of ["rework", "waiting", "variants", "ping_pong", "missing_response", "slow_tickets", "returns"])
      expect(kindText(kind)).not.toBe(kind);
  });
  it("keeps the list's filters in the address", () => {
    const full = { state: "all" as const, process: "P", kind: "rework" };
    expect(findingListState.read(findingListState.write(full))).toEqual(full);
  });
});
