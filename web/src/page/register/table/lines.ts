import type { RecordItem } from "@/api/types/register";

/** A line of the table: the head of a group, a record, or the way to more records. */
export type Line =
  | { type: "group"; key: string; title: string; count: number; open: boolean; sums: Record<string, number | null> }
  | { type: "row"; key: string; record: RecordItem }
  | { type: "more"; key: string; left: number; busy: boolean; onMore: () => void };

export function recordsOf(lines: readonly Line[]): RecordItem[] {
  return lines.flatMap((line) => (line.type === "row" ? [line.record] : []));
}
