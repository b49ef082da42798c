/**
 * Process map: activities as nodes, "directly followed by" as edges, of one
 * process under one filter. Counts are events (activities) or transitions
 * (edges); durations are seconds.
 */

/** One activity with its number of events and of the cases that contain it. */
export interface MapActivity {
  name: string;
  count: number;
  cases?: number | null;
}

/** One transition; median_seconds is the waiting time, null when unknown. */
export interface MapTransition {
  from: string;
  to: string;
  count: number;
  median_seconds: number | null;
}

/** How many cases begin or end with an activity. */
export interface MapBorder {
  name: string;
  count: number;
}

/** Everything the map draws, as answered by GET /processes/{process}/dfg. */
export interface MapData {
  cases: number;
  activities: MapActivity[];
  edges: MapTransition[];
  starts: MapBorder[];
  ends: MapBorder[];
}

/** Identifiers of the two rings; no activity can have them. */
export const START = "\u0000start";
export const END = "\u0000end";

/** An edge as drawn, rings included; median is null at the rings. */
export interface ShownEdge {
  id: string;
  from: string;
  to: string;
  count: number;
  median_seconds: number | null;
}

/** The part of the behaviour that two sliders leave. */
export interface Shown {
  activities: MapActivity[];
  edges: ShownEdge[];
  /** Paths between shown activities, drawn or not. */
  pathsPossible: number;
  /** Paths between activities that are drawn. */
  pathsDrawn: number;
  /** Transitions drawn ÷ all transitions of the log, 0 to 1; null without transitions. */
  share: number | null;
}

export type Colouring = "count" | "duration";

/** What is selected: an activity, a path, or nothing. */
export type Selection = { kind: "activity"; name: string } | { kind: "path"; from: string; to: string } | null;

export interface Point {
  x: number;
  y: number;
}

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A node with its place; rings have id START or END. */
export interface PlacedNode extends Rect {
  id: string;
  /** Name broken into at most two lines; empty at the rings. */
  lines: string[];
}

/** An edge with its course, from source border to target border. */
export interface PlacedEdge extends ShownEdge {
  points: Point[];
  width: number;
  /** True when the edge lies on the most frequent path. */
  main: boolean;
}

/** The finished drawing in its own coordinates. */
export interface MapLayout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: PlacedEdge[];
}

/** Stable identifier of an edge. */
export function edgeId(from: string, to: string): string {
  return `${from}\u0001${to}`;
}
