import { fetchBlob } from "@/api/client";
import type { Cell } from "@/api/types/base";

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
  saveBlob(await fetchBlob("/export/table", { format, ...table }), `${fileName(table.name)}.${format}`);
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
