import { describe, expect, it } from "vitest";
import type { Closing, ClosingDue } from "@/api/types/effect";
import type { LedgerClass } from "@/api/types/ledger";
import { provenRows, share, waiting } from "./proven";

const span = (low: number, middle: number, high: number) => ({ low, middle, high, count: 1 });

describe("proven contribution", () => {
  it("keeps every class and unit apart, signed ones only", () => {
    const classes = [
      { class: "avoided_cost", unit: "EUR", claimed: null, measured: null, confirmed: span(52, 76, 100) },
      { class: "cash", unit: "EUR", claimed: span(1, 2, 3), measured: span(1, 2, 3), confirmed: null },
      { class: "released_time", unit: "h", claimed: null, measured: null, confirmed: span(1840, 2220, 2600) },
    ] as LedgerClass[];
    expect(provenRows(classes).map((row) => [row.class, row.unit, row.span.middle])).toEqual([
      ["released_time", "h", 2220],
      ["avoided_cost", "EUR", 76],
    ]);
  });
  it("stands on a scale from zero, below zero where it reaches there", () => {
    expect(share(span(50, 75, 100))).toEqual({ low: 435, middle: 652, high: 870 });
    expect(share(span(-100, 0, 100)).low).toBe(0);
    expect(share(span(0, 0, 0))).toEqual({ low: 0, middle: 0, high: 0 });
  });
});

describe("closings due", () => {
  const due = (part: Partial<ClosingDue>) =>
    ({
      subject: "metric",
      metric: "m",
      process: "",
      plan: "",
      from: "2026-10-01",
      closing: "",
      next: "propose",
      ...part,
    }) as ClosingDue;
  it("puts first what waits for the reader, then what is overdue", () => {
    const calendar = [
      due({ state: "coming", from: "a" }),
      due({ state: "due", from: "b", due: "2026-12-01", closing: "c1", next: "sign" }),
      due({ state: "overdue", from: "c", due: "2026-11-14" }),
    ];
    const closings = [
      { id: "c1", next: "sign", may: ["sign"], status: "proposed" },
      { id: "c2", next: "confirm", may: [], status: "proposed" },
    ] as unknown as Closing[];
    expect(waiting(calendar, closings, false).map((one) => [one.link, one.mine, one.overdue])).toEqual([
      ["/abschluesse/c1", true, false],
      ["/abschluesse", false, true],
      ["/abschluesse/c2", false, false],
    ]);
    expect(waiting(calendar, closings, true)[0]).toMatchObject({ mine: true, overdue: true });
  });
});
