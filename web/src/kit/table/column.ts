import type { ReactNode } from "react";
import type { Cell } from "@/api/types/base";
import { m } from "@/paraglide/messages";
import type { ColumnType } from "../download";
import { date, dateTime, durationShort, int, moneyText, num, percent } from "../format";

/** One column of a DataTable. value is what is sorted, filtered and exported; cell is how it looks. */
export interface Column<T> {
  id: string;
  title: string;
  value: (row: T) => Cell;
  /** How the value is written, aligned and exported; text when left out. */
  type?: ColumnType;
  cell?: (row: T) => ReactNode;
  /** Not shown until the person chooses it. */
  hidden?: boolean;
  sortable?: boolean;
  /** Names are 500, ids and side facts ink-2. */
  tone?: "name" | "quiet";
  /** Fixed width in px. */
  width?: number;
  /** Lets long text wrap; otherwise it is cut with an ellipsis. */
  wrap?: boolean;
  currency?: string;
}

/** Numbers and their heads are right-aligned. */
export function alignRight(type: ColumnType | undefined): boolean {
  return type === "integer" || type === "number" || type === "percent" || type === "money" || type === "seconds";
}

/** The text of a value in its column. */
export function cellText(value: Cell, type: ColumnType | undefined, currency?: string): string {
  if (value === null || value === "") return "–";
  switch (type) {
    case "integer":
      return int(Number(value));
    case "number":
      return num(Number(value));
    case "percent":
      return percent(Number(value));
    case "money":
      return moneyText(Number(value), currency);
    case "seconds":
      return durationShort(Number(value));
    case "date":
      return date(String(value));
    case "instant":
      return dateTime(String(value));
    case "boolean":
      return value ? m.kit_yes() : m.kit_no();
    default:
      return String(value);
  }
}

/** Ascending order of two values of a column; unknown values are handled by the caller. */
export function compareCells(a: Cell, b: Cell): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true, sensitivity: "base" });
}

/** A filter on one column. Numbers are given in the unit that is shown: days for durations, percent for shares. */
export interface ColumnFilter {
  op: "contains" | "is" | "from" | "to";
  text: string;
}

/** How many base units one shown unit is. */
function scale(type: ColumnType | undefined): number {
  return type === "seconds" ? 86400 : type === "percent" ? 0.01 : 1;
}

/** Reads a number as a person types it: 1.234,5 or 1,234.5 or −3. */
export function readNumber(text: string): number | null {
  let plain = text
    .trim()
    .replace("\u2212", "-")
    .replace(/[\s\u00A0\u202F%]/g, "");
  const comma = plain.lastIndexOf(",");
  const point = plain.lastIndexOf(".");
  if (comma >= 0 && point >= 0)
    plain = comma > point ? plain.replaceAll(".", "").replace(",", ".") : plain.replaceAll(",", "");
  else if (comma >= 0) plain = plain.replace(",", ".");
  else if (/^-?\d{1,3}(\.\d{3})+$/.test(plain)) plain = plain.replaceAll(".", "");
  return plain !== "" && /^-?\d*\.?\d+$/.test(plain) ? Number(plain) : null;
}

/** Whether a value passes a filter of its column. */
export function passes(value: Cell, type: ColumnType | undefined, filter: ColumnFilter): boolean {
  const text = filter.text.trim();
  if (text === "") return true;
  if (filter.op === "from" || filter.op === "to") {
    if (value === null) return false;
    const numeric = alignRight(type);
    const bound = numeric ? readNumber(text) : text;
    if (bound === null) return true;
    const order = numeric
      ? Number(value) - Number(bound) * scale(type)
      : compareCells(String(value).slice(0, String(bound).length), bound);
    return filter.op === "from" ? order >= 0 : order <= 0;
  }
  const shown = cellText(value, type).toLowerCase();
  return filter.op === "is" ? shown === text.toLowerCase() : shown.includes(text.toLowerCase());
}
