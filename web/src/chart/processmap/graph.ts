import type { ElkExtendedEdge, ElkNode, ElkPort } from "elkjs/lib/elk-api";
import { flatten, rounded } from "./geometry";
import {
  END,
  type MapLayout,
  type PlacedEdge,
  type PlacedNode,
  type Point,
  type Shown,
  type ShownEdge,
  START,
} from "./schema";
import { edgeSide, isReturn, type Spine } from "./spine";
import { fitsTwoLines, wrapName } from "./text";

/** Widths of a node, the same for a whole map: the first at which every name stands whole in two lines. */
const NODE_WIDTHS = [168, 184, 200, 216];
const NODE_HEIGHT = 44;
const NODE_PADDING = 10;
const NAME_SIZE = 13;
const LINE = 16;
const RING = 32;
const LABEL_HEIGHT = 16;
/** How far the control points of a loop stand from its node. */
const LOOP = 32;
/** Edges that get space for their label; the labels of others stand where there happens to be room. */
const ROOMY = 24;

const OPTIONS: Record<string, string> = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.layered.spacing.nodeNodeBetweenLayers": "20",
  "elk.spacing.nodeNode": "28",
  "elk.spacing.edgeNode": "16",
  "elk.spacing.edgeEdge": "14",
  "elk.spacing.edgeLabel": "7",
  "elk.layered.spacing.edgeNodeBetweenLayers": "10",
  "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.nodePlacement.favorStraightEdges": "true",
  "elk.layered.crossingMinimization.semiInteractive": "true",
  "elk.edgeLabels.inline": "false",
  "elk.layered.edgeLabels.sideSelection": "ALWAYS_UP",
  "elk.layered.thoroughness": "12",
  "elk.padding": "[top=8,left=16,bottom=8,right=16]",
};

/** Stroke width in pixels: 1.5 to 12.5, always by count. */
export function edgeWidth(count: number, most: number): number {
  return 1.5 + (11 * count) / Math.max(1, most);
}

/**
 * The graph as ELK wants it. Return edges are turned round beforehand, so the
 * graph has no cycles and the most frequent path runs straight down; ports fix
 * which side of a path node an edge leaves. Self-loops are drawn by us.
 */
export function toElk(shown: Shown, spine: Spine, labelWidth: (edge: ShownEdge) => number): ElkNode {
  const most = Math.max(1, ...shown.edges.map((e) => e.count));
  const drawn = shown.edges.filter((e) => e.from !== e.to);
  const ports = portsOf(drawn, spine);
  // ELK keeps space free beside these edges (it ignores labels without text); in dense maps space for all would tear them apart.
  const roomy = new Set(
    [...drawn]
      .sort((a, b) => b.count - a.count)
      .slice(0, ROOMY)
      .map((e) => e.id),
  );
  const index = new Map(drawn.map((e, i) => [e.id, i]));
  const node = (id: string, width: number, height: number, layer?: string): ElkNode => {
    const loop = shown.edges.find((e) => e.from === id && e.to === id);
    const room = loop && spine.side.get(id) !== 0 ? LOOP + labelWidth(loop) + 16 : 0;
    return {
      id,
      width: room + width,
      height,
      ports: (ports.get(id) ?? []).map((p) => place(p, width, height, index, room)),
      layoutOptions: {
        "elk.portConstraints": "FIXED_POS",
        "elk.position": `(${(spine.side.get(id) ?? 0) * 400},0)`,
        ...(layer ? { "elk.layered.layering.layerConstraint": layer } : {}),
      },
    };
  };
  const wide = nodeWidth(shown.activities.map((a) => a.name));
  return {
    id: "map",
    layoutOptions: OPTIONS,
    children: [
      node(START, RING, RING, "FIRST"),
      ...shown.activities.map((a) => node(a.name, wide, nodeHeight(a.name, wide))),
      node(END, RING, RING, "LAST"),
    ],
    edges: drawn.map((e, i): ElkExtendedEdge => {
      const main = spine.main.has(e.id);
      return {
        id: `e${i}`,
        sources: [`p${i}s`],
        targets: [`p${i}t`],
        labels: roomy.has(e.id) ? [{ id: `l${i}`, text: "·", width: labelWidth(e) + 8, height: LABEL_HEIGHT }] : [],
        layoutOptions: {
          "elk.edge.thickness": String(edgeWidth(e.count, most)),
          "elk.layered.priority.straightness": main ? "100" : "1",
          "elk.layered.priority.shortness": main ? "20" : "1",
        },
      };
    }),
  };
}

interface Port {
  edge: string;
  end: "s" | "t";
  /** Place on the node's side, 0 to 1, from the left or the top. */
  share: number;
  on: "NORTH" | "SOUTH" | "EAST" | "WEST";
}

interface Wish {
  edge: string;
  end: "s" | "t";
  side: number;
  far: number;
  bottom: boolean;
}

/** Ports of each node: the path in the middle, near edges beside it, far ones on the left and right borders. */
function portsOf(edges: ShownEdge[], spine: Spine): Map<string, Port[]> {
  const wishes = new Map<string, Wish[]>();
  const add = (node: string, wish: Wish) => wishes.set(node, [...(wishes.get(node) ?? []), wish]);
  const last = spine.path.length + 1;
  const rank = (id: string) => Math.min(spine.rank.get(id) ?? 0, last);
  for (const e of edges) {
    const [upper, lower] = isReturn(e, spine.rank) ? [e.to, e.from] : [e.from, e.to];
    const far = rank(lower) - rank(upper);
    const side = edgeSide(e, spine);
    const seen = (node: string, other: string) => {
      const own = spine.side.get(node) ?? 0;
      return own === 0 ? side : (spine.side.get(other) ?? 0) === 0 ? -own : 0;
    };
    add(upper, { edge: e.id, end: "s", side: seen(upper, lower), far, bottom: true });
    add(lower, { edge: e.id, end: "t", side: seen(lower, upper), far, bottom: false });
  }
  const out = new Map<string, Port[]>();
  for (const [node, list] of wishes) {
    const ring = node === START || node === END;
    const lateral = (w: Wish) => !ring && (spine.side.get(node) ?? 0) === 0 && w.side !== 0 && w.far >= 1.9;
    const flat = list.filter((w) => !lateral(w));
    out.set(node, [
      ...spread(
        flat.filter((w) => w.bottom),
        "SOUTH",
      ),
      ...spread(
        flat.filter((w) => !w.bottom),
        "NORTH",
      ),
      ...stack(
        list.filter((w) => lateral(w) && w.side < 0),
        "WEST",
      ),
      ...stack(
        list.filter((w) => lateral(w) && w.side > 0),
        "EAST",
      ),
    ]);
  }
  return out;
}

function spread(list: Wish[], on: Port["on"]): Port[] {
  const key = (w: Wish) => w.side * (1 + w.far);
  const group = (side: number) => list.filter((w) => w.side === side).sort((a, b) => key(a) - key(b));
  const port = (w: Wish, share: number): Port => ({ edge: w.edge, end: w.end, on, share });
  const [left, middle, right] = [group(-1), group(0), group(1)];
  return [
    ...left.map((w, i) => port(w, 0.08 + (0.34 * (i + 0.5)) / left.length)),
    ...middle.map((w, i) => port(w, middle.length === 1 ? 0.5 : 0.42 + (0.16 * (i + 0.5)) / middle.length)),
    ...right.map((w, i) => port(w, 0.58 + (0.34 * (i + 0.5)) / right.length)),
  ];
}

/** Arriving edges in the upper half, leaving ones in the lower, so that they do not cross at the node. */
function stack(list: Wish[], on: Port["on"]): Port[] {
  const sorted = [...list].sort(
    (a, b) => Number(a.bottom) - Number(b.bottom) || (a.bottom ? a.far - b.far : b.far - a.far),
  );
  return sorted.map((w, i) => ({ edge: w.edge, end: w.end, on, share: (i + 1) / (sorted.length + 1) }));
}

/** room is what a node beside the path keeps free at its left for a loop. */
function place(port: Port, width: number, height: number, index: Map<string, number>, room: number): ElkPort {
  const across = port.on === "NORTH" || port.on === "SOUTH";
  return {
    id: `p${index.get(port.edge)}${port.end}`,
    x: across ? room + port.share * width : port.on === "EAST" ? room + width : 0,
    y: across ? (port.on === "SOUTH" ? height : 0) : port.share * height,
    width: 0,
    height: 0,
    layoutOptions: { "elk.port.side": port.on },
  };
}

/** The width of all nodes of a map that draws these names. */
export function nodeWidth(names: string[]): number {
  const fits = (width: number) => names.every((n) => fitsTwoLines(n, width - 2 * NODE_PADDING, NAME_SIZE));
  return NODE_WIDTHS.find(fits) ?? (NODE_WIDTHS[NODE_WIDTHS.length - 1] as number);
}

const nameLines = (name: string, width: number) => wrapName(name, width - 2 * NODE_PADDING, NAME_SIZE);

function nodeHeight(name: string, width: number): number {
  return NODE_HEIGHT + (nameLines(name, width).length - 1) * LINE;
}

/** Reads ELK's answer back into our own terms; return edges get their direction again. */
export function fromElk(answer: ElkNode, shown: Shown, spine: Spine): MapLayout {
  const most = Math.max(1, ...shown.edges.map((e) => e.count));
  const wide = nodeWidth(shown.activities.map((a) => a.name));
  const nodes: PlacedNode[] = (answer.children ?? []).map((c) => {
    const ring = c.id === START || c.id === END;
    const width = ring ? RING : wide;
    return {
      id: c.id,
      x: (c.x ?? 0) + (c.width ?? width) - width,
      y: c.y ?? 0,
      width,
      height: c.height ?? 0,
      lines: ring ? [] : nameLines(c.id, wide),
    };
  });
  const straight = shown.edges.filter((e) => e.from !== e.to);
  const edges: PlacedEdge[] = straight.map((e, i) => {
    const section = (answer.edges?.[i] as ElkExtendedEdge | undefined)?.sections?.[0];
    const raw: Point[] = section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [];
    const points = rounded(raw, 32);
    if (isReturn(e, spine.rank)) points.reverse();
    toRing(points[0], e.from === START ? nodes.find((n) => n.id === START) : undefined, 1);
    toRing(points[points.length - 1], e.to === END ? nodes.find((n) => n.id === END) : undefined, -1);
    return { ...e, points, width: edgeWidth(e.count, most), main: spine.main.has(e.id) };
  });
  for (const e of shown.edges.filter((s) => s.from === s.to)) {
    const node = nodes.find((n) => n.id === e.from);
    const width = edgeWidth(e.count, most);
    if (node) edges.push({ ...e, points: selfLoop(node, width), width, main: false });
  }
  return { width: answer.width ?? 0, height: answer.height ?? 0, nodes, edges };
}

/** Moves the end of an edge from the square around a ring onto its circle: below the start (1), above the end (-1). */
function toRing(end: Point | undefined, ring: PlacedNode | undefined, below: 1 | -1): void {
  if (!end || !ring) return;
  const r = ring.width / 2 - 1;
  const off = Math.min(r, Math.abs(end.x - (ring.x + ring.width / 2)));
  end.y = ring.y + ring.height / 2 + below * Math.sqrt(r * r - off * off);
}

/** A loop at the left border of its node, where rework belongs; a wide stroke needs a wide bend. */
function selfLoop(node: PlacedNode, width: number): Point[] {
  const top = { x: node.x, y: node.y + 8 + width / 2 };
  const bottom = { x: node.x, y: node.y + node.height - 8 };
  const out = node.x - LOOP - width;
  return flatten([bottom, { x: out, y: bottom.y + 12 }, { x: out, y: top.y - 12 }, top]);
}
