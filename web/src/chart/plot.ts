import type { Cell } from "@/api";
import type { ColumnType } from "@/kit/download";

/** Every number that a chart draws, for its table view and its CSV. */
export interface PlotTable {
  columns: { title: string; type: ColumnType }[];
  rows: Cell[][];
}
