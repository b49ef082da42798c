import { END, type Selection, type ShownEdge, START } from "./schema";

/** Where the keyboard stands: on a node, perhaps with one of its edges pointed at. */
export interface Cursor {
  node: string;
  edge: string | null;
}

const strongestFirst = (a: ShownEdge, b: ShownEdge) => b.count - a.count;

/** Edges of a node that the arrows can walk: rings are no stops. */
function walkable(edges: ShownEdge[], node: string): { out: ShownEdge[]; into: ShownEdge[] } {
  return {
    out: edges.filter((e) => e.from === node && e.to !== END).sort(strongestFirst),
    into: edges.filter((e) => e.to === node && e.from !== START && e.from !== node).sort(strongestFirst),
  };
}

/**
 * Left and right point at the node's outgoing edges, strongest first; down
 * follows the edge pointed at (or the strongest), up goes back along the
 * strongest incoming edge. Null when the key does nothing here.
 */
export function move(key: string, cursor: Cursor, edges: ShownEdge[]): Cursor | null {
  const { out, into } = walkable(edges, cursor.node);
  const at = out.findIndex((e) => e.id === cursor.edge);
  switch (key) {
    case "ArrowRight":
      return out.length ? { node: cursor.node, edge: out[(at + 1) % out.length]?.id ?? null } : null;
    case "ArrowLeft":
      return out.length ? { node: cursor.node, edge: out[(at <= 0 ? out.length : at) - 1]?.id ?? null } : null;
    case "ArrowDown": {
      const edge = out[at] ?? out.find((e) => e.to !== cursor.node);
      return edge ? { node: edge.to, edge: null } : null;
    }
    case "ArrowUp":
      return into[0] ? { node: into[0].from, edge: null } : null;
    default:
      return null;
  }
}

/** What Enter selects: the edge pointed at, otherwise the node. */
export function chosen(cursor: Cursor, edges: ShownEdge[]): Selection {
  const edge = edges.find((e) => e.id === cursor.edge);
  return edge ? { kind: "path", from: edge.from, to: edge.to } : { kind: "activity", name: cursor.node };
}
