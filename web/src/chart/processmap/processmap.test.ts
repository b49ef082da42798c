import ELK from "elkjs/lib/elk.bundled.js";
import { describe, expect, it } from "vitest";
import { mapSvg } from "./export";
import { along, flatten, grow, length, rectsOverlap, rounded, segmentHits, strokeHits, trimEnd } from "./geometry";
import { edgeWidth, fromElk, nodeWidth, toElk } from "./graph";
import { chosen, move } from "./keys";
import { legendParts } from "./Legend";
import { placeLabels } from "./labels";
import { durationClass, durationLimits, widthSteps } from "./scale";
import { END, edgeId, type MapData, type PlacedEdge, type Rect, START } from "./schema";
import { initialActivities, initialPaths, possiblePaths, shown } from "./shown";
import { edgeSide, isReturn, spine } from "./spine";
import { textWidth, wrapName } from "./text";
import { clampZoom, fitZoom, stepZoom } from "./zoom";

/** Mulberry32, so that the properties meet the same graphs at every run. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A log of a known shape: A → B → C → D for most, rework C → B, a bypass A → D, a detour B → X → C, a loop at C. */
const known: MapData = {
  cases: 100,
  activities: [
    { name: "A", count: 100, cases: 100 },
    { name: "B", count: 95, cases: 80 },
    { name: "C", count: 90, cases: 80 },
    { name: "D", count: 100, cases: 100 },
    { name: "X", count: 20, cases: 20 },
  ],
  edges: [
    { from: "A", to: "B", count: 80, median_seconds: 60 },
    { from: "A", to: "D", count: 20, median_seconds: 3600 },
    { from: "B", to: "C", count: 75, median_seconds: 7200 },
    { from: "B", to: "X", count: 20, median_seconds: 86400 },
    { from: "X", to: "C", count: 20, median_seconds: 86400 * 9 },
    { from: "C", to: "B", count: 15, median_seconds: 300 },
    { from: "C", to: "C", count: 5, median_seconds: 10 },
    { from: "C", to: "D", count: 75, median_seconds: 86400 * 30 },
  ],
  starts: [{ name: "A", count: 100 }],
  ends: [{ name: "D", count: 100 }],
};

function randomLog(seed: number): MapData {
  const next = random(seed);
  const names = Array.from({ length: 4 + Math.floor(next() * 12) }, (_, i) =>
    `Schritt ${i} ${"lang ".repeat(Math.floor(next() * 6))}`.trim(),
  );
  const edges = new Map<string, { from: string; to: string; count: number; median_seconds: number }>();
  for (let i = 0; i < names.length * 3; i++) {
    const from = names[Math.floor(next() * names.length)] as string;
    const to = names[Math.floor(next() * names.length)] as string;
    edges.set(edgeId(from, to), { from, to, count: 1 + Math.floor(next() ** 3 * 9000), median_seconds: next() * 1e6 });
  }
  return {
    cases: 5000,
    activities: names.map((name) => ({ name, count: 1 + Math.floor(next() * 9000), cases: 10 })),
    edges: [...edges.values()],
    starts: [{ name: names[0] as string, count: 5000 }],
    ends: [{ name: names[names.length - 1] as string, count: 5000 }],
  };
}

describe("shown", () => {
  it("gives the share of all transitions that are drawn", () => {
    const all = shown(known, 5, 99);
    expect(all.share).toBe(1);
    expect(all.pathsDrawn).toBe(8);
    // A, D, B and C: without the two paths over X, 40 of 310 transitions.
    const four = shown(known, 4, 99);
    expect(four.share).toBeCloseTo(270 / 310, 12);
    expect(four.pathsPossible).toBe(6);
  });
  it("never leaves a node without its strongest ways, however few paths are asked for", () => {
    for (let seed = 1; seed < 40; seed++) {
      const log = randomLog(seed);
      const part = shown(log, log.activities.length, 1);
      const names = new Set(part.activities.map((a) => a.name));
      for (const name of names) {
        const possible = log.edges.some((e) => e.from !== e.to && (e.from === name || e.to === name));
        const drawn = part.edges.some((e) => e.from !== e.to && (e.from === name || e.to === name));
        expect(drawn || !possible).toBe(true);
      }
      for (const e of part.edges) {
        expect(e.from === START || names.has(e.from)).toBe(true);
        expect(e.to === END || names.has(e.to)).toBe(true);
      }
    }
  });
  it("shows more the further the sliders stand", () => {
    const log = randomLog(7);
    let before = 0;
    for (let paths = 1; paths <= log.edges.length; paths += 3) {
      const share = shown(log, log.activities.length, paths).share ?? 0;
      expect(share).toBeGreaterThanOrEqual(before);
      before = share;
    }
    expect(before).toBeCloseTo(1, 9);
  });
  it("is unknown without transitions, and starts with about a third", () => {
    expect(shown({ ...known, edges: [] }, 5, 5).share).toBeNull();
    expect(initialActivities(27)).toBe(9);
    expect(initialActivities(12)).toBe(12);
    expect(initialActivities(4)).toBe(4);
    expect(initialActivities(600)).toBe(15);
    expect(initialPaths(known, 5)).toBeLessThanOrEqual(possiblePaths(known, 5));
  });
});

describe("spine", () => {
  const all = shown(known, 5, 99);
  const s = spine(all);
  it("follows the most frequent way and knows returns, detours and bypasses", () => {
    expect(s.path).toEqual(["A", "B", "C", "D"]);
    const edge = (from: string, to: string) =>
      all.edges.find((e) => e.from === from && e.to === to) as (typeof all.edges)[number];
    expect(isReturn(edge("C", "B"), s.rank)).toBe(true);
    expect(isReturn(edge("A", "D"), s.rank)).toBe(false);
    expect(edgeSide(edge("A", "D"), s)).toBe(1);
    expect(edgeSide(edge("C", "B"), s)).toBe(-1);
    expect(edgeSide(edge("B", "C"), s)).toBe(0);
    expect(s.side.get("X")).toBe(-1);
  });
});

describe("layout", () => {
  it("puts the most frequent path straight down and keeps every label free", async () => {
    for (const log of [known, ...[3, 11, 19].map(randomLog)]) {
      const part = shown(log, log.activities.length, log.edges.length);
      const s = spine(part);
      const wide = () => 90;
      const map = fromElk(await new ELK().layout(toElk(part, s, wide)), part, s);
      const middle = (id: string) => {
        const n = map.nodes.find((x) => x.id === id) as Rect;
        return { x: n.x + n.width / 2, y: n.y };
      };
      for (let i = 1; i < s.path.length; i++) {
        const [a, b] = [middle(s.path[i - 1] as string), middle(s.path[i] as string)];
        expect(b.y).toBeGreaterThan(a.y);
        expect(Math.abs(b.x - a.x)).toBeLessThan(2);
      }
      for (let i = 0; i < map.nodes.length; i++) {
        for (let k = i + 1; k < map.nodes.length; k++)
          expect(rectsOverlap(map.nodes[i] as Rect, map.nodes[k] as Rect)).toBe(false);
      }
      const labels = placeLabels(
        map.edges.map((e) => ({ edge: e.id, text: "", width: 90, height: 16, side: 1 as const })),
        map.edges,
        map.nodes,
      );
      expect(labels.length).toBeGreaterThan(0);
      expectFree(labels, map.edges, map.nodes);
    }
  }, 20_000);
  it("draws widths from 1.5 to 12.5 px by count", () => {
    expect(edgeWidth(0, 10)).toBe(1.5);
    expect(edgeWidth(10, 10)).toBe(12.5);
  });
});

function expectFree(labels: Rect[], edges: PlacedEdge[], nodes: Rect[]) {
  labels.forEach((label, i) => {
    for (const n of nodes) expect(rectsOverlap(label, n)).toBe(false);
    for (const e of edges) expect(strokeHits(e.points, e.width, label)).toBe(false);
    expect(labels.some((other, k) => i !== k && rectsOverlap(label, other))).toBe(false);
  });
}

describe("label placement, as a property of random drawings", () => {
  it("never puts a label on a node, an edge or another label", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const next = random(seed);
      const nodes: Rect[] = Array.from({ length: 8 }, () => ({
        x: next() * 900,
        y: next() * 900,
        width: 168,
        height: 44,
      }));
      const edges: PlacedEdge[] = Array.from({ length: 14 }, (_, i) => {
        const at = () => ({ x: next() * 1000, y: next() * 1000 });
        return {
          id: `e${i}`,
          from: "a",
          to: "b",
          count: Math.floor(next() * 1000),
          median_seconds: null,
          main: false,
          width: 1.5 + next() * 11,
          points: flatten([at(), at(), at(), at()]),
        };
      });
      const wishes = edges.map((e) => ({
        edge: e.id,
        text: e.id,
        width: 40 + next() * 80,
        height: 16,
        side: (next() < 0.5 ? -1 : 1) as -1 | 1,
      }));
      expectFree(placeLabels(wishes, edges, nodes), edges, nodes);
    }
  });
});

describe("geometry", () => {
  it("measures, trims and clips lines", () => {
    const line = [
      { x: 0, y: 0 },
      { x: 0, y: 10 },
      { x: 10, y: 10 },
    ];
    expect(length(line)).toBe(20);
    expect(along(line, 0.75).at).toEqual({ x: 5, y: 10 });
    expect(length(trimEnd(line, 4))).toBeCloseTo(16, 9);
    expect(length(rounded(line, 4))).toBeLessThan(20);
    expect(segmentHits({ x: -5, y: 5 }, { x: 5, y: 5 }, { x: 0, y: 0, width: 2, height: 10 })).toBe(true);
    expect(segmentHits({ x: -5, y: 5 }, { x: -1, y: 5 }, { x: 0, y: 0, width: 2, height: 10 })).toBe(false);
    expect(grow({ x: 0, y: 0, width: 1, height: 1 }, 1)).toEqual({ x: -1, y: -1, width: 3, height: 3 });
  });
});

describe("scales", () => {
  it("gives ascending limits that people say", () => {
    for (let seed = 1; seed < 50; seed++) {
      const next = random(seed);
      const limits = durationLimits(
        Array.from({ length: 1 + Math.floor(next() * 30) }, () => (next() < 0.1 ? null : next() ** 4 * 1e8)),
      );
      expect(limits).toHaveLength(4);
      for (let i = 1; i < 4; i++) expect(limits[i] as number).toBeGreaterThan(limits[i - 1] as number);
    }
  });
  it("grades durations and steps the width legend", () => {
    expect(durationClass(null, [1, 2, 3, 4])).toBeNull();
    expect(durationClass(0, [1, 2, 3, 4])).toBe(1);
    expect(durationClass(4, [1, 2, 3, 4])).toBe(5);
    expect(widthSteps(10439)).toEqual([10000, 4000, 1000]);
    expect(widthSteps(1)).toEqual([1]);
    expect(widthSteps(0)).toEqual([]);
  });
});

describe("keys", () => {
  const edges = shown(known, 5, 99).edges;
  it("walks edges with the arrows and selects what is pointed at", () => {
    const down = move("ArrowDown", { node: "A", edge: null }, edges);
    expect(down).toEqual({ node: "B", edge: null });
    const right = move("ArrowRight", { node: "A", edge: null }, edges);
    expect(right?.edge).toBe(edgeId("A", "B"));
    const second = move("ArrowRight", right ?? { node: "A", edge: null }, edges);
    expect(second?.edge).toBe(edgeId("A", "D"));
    expect(chosen(second ?? { node: "A", edge: null }, edges)).toEqual({ kind: "path", from: "A", to: "D" });
    expect(move("ArrowDown", second ?? { node: "A", edge: null }, edges)?.node).toBe("D");
    expect(move("ArrowUp", { node: "D", edge: null }, edges)?.node).toBe("C");
    expect(move("ArrowUp", { node: "A", edge: null }, edges)).toBeNull();
    expect(move("x", { node: "A", edge: null }, edges)).toBeNull();
  });
});

describe("text and zoom", () => {
  it("wraps names to two lines that fit", () => {
    expect(wrapName("Auftrag erfasst", 148, 13)).toEqual(["Auftrag erfasst"]);
    for (const name of [
      "Bestellung beim Lieferanten auslösen und bestätigen lassen",
      "Donaudampfschifffahrtsgesellschaftskapitän",
      "T06 Determine necessity of stop advice",
    ]) {
      const lines = wrapName(name, 148, 13);
      expect(lines).toHaveLength(2);
      for (const line of lines) expect(textWidth(line, 13)).toBeLessThanOrEqual(148);
    }
  });
  it("breaks at spaces before signs, evenly, and tears no name apart", () => {
    expect(wrapName("T04 Determine confirmation of receipt", 180, 13)).toEqual([
      "T04 Determine",
      "confirmation of receipt",
    ]);
    expect(wrapName("W_Nabellen incomplete dossiers", 148, 13)).toEqual(["W_Nabellen", "incomplete dossiers"]);
    expect(wrapName("A_PARTLY_SUBMITTED_TWICE", 148, 13)).toEqual(["A_PARTLY_", "SUBMITTED_TWICE"]);
    expect(wrapName("BestellanforderungGenehmigt", 148, 13)).toEqual(["Bestellanforderung", "Genehmigt"]);
  });
  it("widens all nodes of a map until every name stands whole, within limits", () => {
    expect(nodeWidth(["Auftrag erfasst", "Ware versandt"])).toBe(168);
    const receipt = ["Confirmation of receipt", "T05 Print and send the confirmation of receipt again"];
    const wide = nodeWidth(receipt);
    expect(wide).toBeGreaterThan(168);
    for (const name of receipt) expect(wrapName(name, wide - 20, 13).join(" ")).toBe(name);
    expect(nodeWidth(["x".repeat(200)])).toBe(216);
  });
  it("exports the drawing whole: title, facts, legend, colours written out, nothing that only the page knows", () => {
    document.documentElement.style.setProperty("--lo-series-5", "#80929F");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg") as SVGSVGElement;
    svg.innerHTML = '<path data-hit="" d="M0 0"/><path class="edge" stroke="var(--lo-series-5)" d="M0 0H9"/>';
    Object.defineProperty(svg, "viewBox", { value: { baseVal: { x: 0, y: 0, width: 600, height: 400 } } });
    const { text, width, height } = mapSvg(svg, {
      title: "Karte <A & B>",
      facts: "10 Vorgänge",
      legend: legendParts("count", [], 1000),
    });
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    expect(parsed.querySelector("parsererror")).toBeNull();
    expect(parsed.querySelector("title")?.textContent).toBe("Karte <A & B>");
    expect(text).toContain('stroke="#80929F"');
    expect(text).not.toMatch(/var\(|class=|data-hit/);
    expect([...parsed.querySelectorAll("text")].map((t) => t.textContent)).toEqual(
      expect.arrayContaining(["Karte <A & B>", "10 Vorgänge", "1.000"]),
    );
    expect([width, height].every((x) => x > 400)).toBe(true);
  });
  it("keeps the zoom between its limits and never fits above full size", () => {
    expect(clampZoom(0.1)).toBe(0.75);
    expect(stepZoom(0.75, -1)).toBe(0.75);
    expect(stepZoom(2, 1)).toBe(2);
    expect(fitZoom({ width: 100, height: 100 }, { width: 1000, height: 1000 })).toBe(1);
    expect(fitZoom({ width: 5000, height: 5000 }, { width: 500, height: 500 })).toBe(0.75);
  });
});
