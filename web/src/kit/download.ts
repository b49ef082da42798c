import { fetchBlob } from "@/api/client";
import type { Cell } from "@/api/types/base";
import { localIso } from "./format";

export type ColumnType =
  | "text"
  | "integer"
  | "number"
  | "percent"
  | "money"
  | "seconds"
  | "date"
  | "instant"
  | "boolean";

/** What stands beside an exported table. */
export interface TableMeta {
  title: string;
  source?: string;
  remarks?: string[];
}

export interface ExportTable {
  name: string;
  columns: { title: string; type: ColumnType }[];
  rows: Cell[][];
  meta: TableMeta;
}

/** Saves bytes as a file of the person's computer. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Writes what is shown as CSV or XLSX; the server writes it, so that numbers are numbers and formula text is disarmed. */
export async function exportTable(table: ExportTable, format: "csv" | "xlsx"): Promise<void> {
  saveBlob(await fetchBlob("/export/table", { format, ...written(table) }), `${fileName(table.name)}.${format}`);
}

/** Types that a file knows under another name: seconds and amounts are numbers there. */
const fileTypes: Partial<Record<ColumnType, string>> = { instant: "time", seconds: "number", money: "number" };

/** Durations say their unit in the head, for a file shows the bare number. */
function head({ title, type }: { title: string; type: ColumnType }): { title: string; type: string } {
  return { title: type === "seconds" ? `${title} (s)` : title, type: fileTypes[type] ?? type };
}

/** The table as a file says it: an instant is the time of day in the zone of the instance, as the page shows it. */
function written(table: ExportTable): Omit<ExportTable, "columns"> & { columns: { title: string; type: string }[] } {
  const instant = table.columns.map((column) => column.type === "instant");
  return {
    ...table,
    columns: table.columns.map(head),
    rows: table.rows.map((row) =>
      row.map((cell, i) => (instant[i] && cell !== null && cell !== "" ? localIso(String(cell)) || cell : cell)),
    ),
  };
}

/** A name that every file system takes. */
export function fileName(name: string): string {
  return (
    name
      .normalize("NFC")
      .replace(/[^\p{L}\p{N}._-]+/gu, "-")
      .replace(/^[-.]+|[-.]+$/g, "")
      .slice(0, 80) || "lotse"
  );
}
