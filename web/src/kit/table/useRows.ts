import {
  columnFilteringFeature,
  columnVisibilityFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useMemo } from "react";
import type { Cell } from "@/api/types/base";
import { type Column, type ColumnFilter, cellText, compareCells, passes } from "./column";

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  filteredRowModel: createFilteredRowModel(),
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  columnVisibilityFeature,
});

export interface Sort {
  id: string;
  desc: boolean;
}

/** The table model: sorted, filtered, with chosen columns. Unknown values sort last in both directions. */
export function useRows<T extends object>(
  rows: readonly T[],
  columns: readonly Column<T>[],
  rowKey: (row: T) => string,
  sort: Sort | undefined,
) {
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, T>();
    return columns.map((column) =>
      helper.accessor((row: T): Cell | undefined => column.value(row) ?? undefined, {
        id: column.id,
        header: column.title,
        enableSorting: column.sortable !== false,
        sortUndefined: "last",
        sortDescFirst: column.type !== undefined && column.type !== "text",
        sortFn: (a, b, id) => compareCells(a.getValue<Cell>(id), b.getValue<Cell>(id)),
        filterFn: (row, id, filter: ColumnFilter) =>
          passes(row.getValue<Cell | undefined>(id) ?? null, column.type, filter),
      }),
    );
  }, [columns]);
  const types = useMemo(() => new Map(columns.map((column) => [column.id, column.type])), [columns]);
  return useTable({
    features,
    columns: defs as never,
    data: rows as T[],
    getRowId: rowKey,
    getColumnCanGlobalFilter: () => true,
    globalFilterFn: (row, id, text: string) =>
      cellText(row.getValue<Cell | undefined>(id) ?? null, types.get(id))
        .toLowerCase()
        .includes(text.trim().toLowerCase()),
    initialState: {
      sorting: sort ? [sort] : [],
      columnVisibility: Object.fromEntries(columns.filter((c) => c.hidden).map((c) => [c.id, false])),
    },
  });
}
