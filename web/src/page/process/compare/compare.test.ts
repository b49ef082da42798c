import { describe, expect, it } from "vitest";
import type { Compared, ComparedEdge, Comparison } from "@/api/types/process_compare";
import { edgeId, START } from "@/chart/processmap/schema";
import { edgeRows, mapTable, qText, sharePoints, signedDuration, timeDifference } from "./tables";
import { changeOf, edgeWords, mapWords, sharedPart } from "./words";

const nothing: Compared = {
  a: null,
  b: null,
  difference: null,
  low: null,
  high: null,
  p_value: null,
  q_value: null,
  significant: false,
};

const figure = (a: number, b: number, q: number | null): Compared => ({
  a,
  b,
  difference: b - a,
  low: b - a - 0.1,
  high: b - a + 0.1,
  p_value: q,
  q_value: q,
  significant: q !== null && q <= 0.05,
});

const edge = (from: string, to: string, share: Compared, time: Compared): ComparedEdge => ({
  from,
  to,
  cases_a: 50,
  cases_b: 60,
  share,
  time,
  mean_seconds_a: time.a,
  mean_seconds_b: time.b,
});

const edges = [
  edge("Eingang", "Prüfung", figure(0.34, 0.33, 0.8), figure(7200, 7000, 0.4)),
  edge("Prüfung", "Rückfrage", figure(0.34, 0.52, 0.001), figure(28800, 10800, 0.02)),
  edge("Rückfrage", "Prüfung", figure(0.02, 0.01, null), nothing),
];

const comparison: Comparison = {
  a: { from: "2025-01-01", to: "2025-07-01", cases: 100 },
  b: { from: "2025-07-01", to: "2026-01-01", cases: 120 },
  basis: "given",
  launch: null,
  sentence: "",
  mean_seconds: nothing,
  median_seconds: nothing,
  mix: null,
  activities: [
    { name: "Eingang", cases_a: 100, cases_b: 120, share: figure(1, 1, 1) },
    { name: "Rückfrage", cases_a: 34, cases_b: 62, share: figure(0.34, 0.52, 0.001) },
  ],
  edges,
  tests: 8,
  significant: 3,
  remarks: [],
};

const dfg = {
  cases: 220,
  activities: ["Eingang", "Prüfung", "Rückfrage", "Archiv"].map((name, i) => ({ name, count: 200 - 50 * i })),
  edges: [
    { from: "Eingang", to: "Prüfung", count: 180, median_seconds: 1 },
    { from: "Prüfung", to: "Rückfrage", count: 90, median_seconds: 1 },
    { from: "Rückfrage", to: "Prüfung", count: 3, median_seconds: 1 },
  ],
  starts: [{ name: "Eingang", count: 220 }],
  ends: [{ name: "Prüfung", count: 220 }],
};

/** With plain blanks. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("before and after", () => {
  it("says a change by shape and word, and nothing where there is none", () => {
    expect(changeOf(edges[0]?.share ?? nothing)).toBe("same");
    expect(changeOf(nothing)).toBe("unknown");
    expect(plain(edgeWords(edges[1], "a"))).toBe("34 % · 8,0 Std.");
    expect(plain(edgeWords(edges[1], "b"))).toBe("52 % ▲ häufiger · 3,0 Std. ▼ schneller");
    expect(edgeWords(edges[0], "b")).not.toMatch(/[▲▼]/);
    expect(plain(edgeWords(edges[2], "b"))).toBe("1 %");
    expect(plain(edgeWords(undefined, "b"))).toBe("0 %");
  });
  it("draws both maps alike, with all that differs", () => {
    const part = sharedPart(dfg, comparison, 3, 1);
    expect(part.edges.map((e) => e.id)).toContain(edgeId("Prüfung", "Rückfrage"));
    const words = { a: mapWords(comparison, "a"), b: mapWords(comparison, "b") };
    for (const e of part.edges) {
      expect(words.a.widest(e)).toBe(words.b.widest(e));
      if (e.from === START) expect(words.b.edge(e)).toBe("");
    }
    expect(plain(words.b.activity("Rückfrage"))).toBe("52 % ▲ häufiger");
    expect(plain(words.a.activity("Archiv"))).toBe("0 %");
  });
  it("lists what differs first and every number in the table", () => {
    expect(edgeRows(comparison).map((e) => e.to)).toEqual(["Rückfrage", "Prüfung", "Prüfung"]);
    const table = mapTable(comparison);
    expect(table.rows).toHaveLength(5);
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
  });
  it("writes differences with sign and interval", () => {
    expect(qText(0.0004)).toBe("< 0,001");
    expect(qText(null)).toBe("–");
    expect(sharePoints(figure(0.34, 0.52, 0.1))).toBe("+18,0 [+8,0; +28,0]");
    expect(sharePoints(nothing)).toBe("–");
    expect(signedDuration(-7200)).toMatch(/^−2/);
    expect(timeDifference(nothing)).toBe("–");
  });
});
