import { textWidth } from "../processmap/text";
import { dayNumber } from "./time";

/** An initiative as a bar. Days are written out; what is unknown is null. */
export interface GanttItem {
  id: string;
  title: string;
  stage: string;
  start: string;
  goLive: string | null;
  end: string | null;
  milestones: { title: string; due: string; done: boolean }[];
  /** What was approved, drawn under the bar. */
  planned: { start: string; end: string } | null;
  may: boolean;
  /** What screen readers hear beside title and days. */
  more: string;
}

export interface GanttGroup {
  title: string;
  items: GanttItem[];
}

export interface GanttLink {
  id: string;
  /** The one that waits, and the one that it waits for. */
  from: string;
  to: string;
  sort: "after" | "with" | "excludes";
  broken: boolean;
}

export const label = 224;
export const head = 44;
export const row = 36;
export const groupRow = 28;
export const bar = 14;
/** Where a bar stands in its row. */
export const barTop = 8;

export interface Placed {
  item: GanttItem;
  y: number;
}

/** Where each group and each bar stands, and how high all of it is. */
export function rows(groups: readonly GanttGroup[]): {
  heads: { title: string; y: number }[];
  bars: Placed[];
  height: number;
} {
  const heads: { title: string; y: number }[] = [];
  const bars: Placed[] = [];
  let y = head;
  for (const group of groups) {
    heads.push({ title: group.title, y });
    y += groupRow;
    for (const item of group.items) {
      bars.push({ item, y });
      y += row;
    }
  }
  return { heads, bars, height: y + 8 };
}

/** The scale of the time line: a day to a place, held within the picture. */
export function scale(from: string, to: string, width: number): (day: number) => number {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  const step = (width - label) / (last - first);
  return (day) => label + Math.max(0, Math.min(last - first, day - first)) * step;
}

/** The last day of a bar: its end, its go-live, or its first day. */
export function lastDay(item: Pick<GanttItem, "start" | "goLive" | "end">): string {
  return item.end ?? item.goLive ?? item.start;
}

/** A text cut to a width. */
export function cut(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text;
  let out = text;
  while (out.length > 1 && textWidth(`${out}…`, size) > width) out = out.slice(0, -1);
  return `${out.trimEnd()}…`;
}

/** The way of a dependency: out of the end of one bar, down or up between the rows, into the start of the other. */
export function wire(x1: number, y1: number, x2: number, y2: number): string {
  const gap = 8;
  if (x2 - x1 >= 2 * gap) {
    const x = x2 - gap;
    return `M${x1} ${y1}H${x}V${y2}H${x2}`;
  }
  const between = y2 > y1 ? y2 - row / 2 : y2 + row / 2;
  return `M${x1} ${y1}H${x1 + gap}V${between}H${x2 - gap}V${y2}H${x2}`;
}
