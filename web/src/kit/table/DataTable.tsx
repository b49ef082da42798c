import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { m } from "@/paraglide/messages";
import type { TableMeta } from "../download";
import type { ExportGroup } from "../ExportMenu";
import { int } from "../format";
import { Icon } from "../Icon";
import { alignRight, type Column, cellText } from "./column";
import classes from "./DataTable.module.css";
import { TableTools } from "./TableTools";
import { useEdges } from "./useEdges";
import { type Sort, useRows } from "./useRows";

export interface DataTableProps<T extends object> {
  /** What the table shows; its name for screen readers and of the exported file. */
  name: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** Enter and click. */
  onOpen?: (row: T) => void;
  /** The key of the row open beside the table: signal edge. */
  openKey?: string | null;
  /** Chosen rows: tint and tick; X and Space change it. */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: Set<string>) => void;
  /** Called by Esc, to close what is open. */
  onEscape?: () => void;
  sort?: Sort;
  /** The group a row belongs to; rows of a group must stand together. */
  group?: (row: T) => string;
  /** Rows of 31 and text of 13 px. */
  dense?: boolean;
  /** Source and remarks of the exported file. */
  meta?: Partial<TableMeta>;
  /** What stands left of the tools: title, tabs, own filters. */
  head?: ReactNode;
  /** Below the table: how many more there are. */
  foot?: ReactNode;
  empty?: ReactNode;
  /** Without filter, columns and export: for tables of a few rows. */
  plain?: boolean;
  /** Where what is shown can be taken out, when that is not in the line above the table. */
  output?: (shown: ExportGroup) => ReactNode;
  /** Greatest height of a long table in px. */
  height?: number;
}

const virtualFrom = 200;

/** The table of the app: filter, sort, choice of columns, CSV and XLSX of what is shown, whole by keyboard. */
export function DataTable<T extends object>(props: DataTableProps<T>): ReactElement {
  const { name, columns, rows, rowKey, selected, onSelect, dense, plain, height = 640 } = props;
  const table = useRows(rows, columns, rowKey, props.sort);
  const shown = table.getRowModel().rows;
  const visible = table.getVisibleLeafColumns().map((column) => column.id);
  const shownColumns = columns.filter((column) => visible.includes(column.id));
  const printing = usePrinting();
  const scroller = useRef<HTMLDivElement>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  useEdges(scroller);
  const [active, setActive] = useState(0);
  const virtual = shown.length > virtualFrom && !printing;
  const rowHeight = dense ? 31 : 33;
  const virtualizer = useVirtualizer({
    count: virtual ? shown.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual ? virtualizer.getVirtualItems() : null;
  const before = items?.[0]?.start ?? 0;
  const after = items ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const indexes = items ? items.map((item) => item.index) : shown.map((_, index) => index);

  const focusRow = (index: number): void => {
    const next = Math.max(0, Math.min(shown.length - 1, index));
    setActive(next);
    if (virtual) virtualizer.scrollToIndex(next);
    window.requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`tr[data-index="${next}"]`)?.focus();
    });
  };
  const toggle = (key: string): void => {
    if (!onSelect) return;
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect(next);
  };
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement;
    if (target.tagName === "INPUT" && (target as HTMLInputElement).type !== "checkbox") return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = target.closest<HTMLElement>("tr[data-index]");
    const index = row ? Number(row.dataset.index) : active;
    const onRow = target === row;
    if (event.key === "ArrowDown" && row) focusRow(index + 1);
    else if (event.key === "ArrowUp" && row) focusRow(index - 1);
    else if (event.key === "Home" && onRow) focusRow(0);
    else if (event.key === "End" && onRow) focusRow(shown.length - 1);
    else if (event.key === "Enter" && onRow && props.onOpen && shown[index]) props.onOpen(shown[index].original);
    else if (
      (event.key === "x" || event.key === "X" || (event.key === " " && onRow)) &&
      onSelect &&
      row &&
      shown[index]
    )
      toggle(shown[index].id);
    else if (event.key === "/" && !plain) filterInput.current?.focus();
    else if (event.key === "Escape" && props.onEscape) props.onEscape();
    else return;
    event.preventDefault();
  };

  const groups = useMemo(() => {
    if (!props.group) return null;
    const counts = new Map<string, number>();
    for (const row of shown) {
      const key = props.group(row.original);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }, [props.group, shown]);

  const span = shownColumns.length + (onSelect ? 1 : 0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys act on the rows inside, which hold the focus
    <div className={classes.wrap} onKeyDown={onKey}>
      {plain ? (
        props.head
      ) : (
        <TableTools
          name={name}
          columns={columns}
          table={table}
          total={rows.length}
          meta={props.meta}
          head={props.head}
          filterInput={filterInput}
          onEnterTable={() => focusRow(0)}
          output={props.output}
        />
      )}
      <div className={classes.edge}>
        <div ref={scroller} className={classes.scroller} style={virtual ? { maxHeight: height } : undefined}>
          <table className={classes.table} data-dense={dense || undefined} aria-rowcount={shown.length + 1}>
            <caption className="lo-sr">{name}</caption>
            <thead>
              <tr>
                {onSelect ? (
                  <th className={classes.tick} scope="col">
                    <input
                      type="checkbox"
                      aria-label={m.kit_select_all()}
                      checked={shown.length > 0 && shown.every((row) => selected?.has(row.id))}
                      onChange={(event) => onSelect(new Set(event.target.checked ? shown.map((row) => row.id) : []))}
                    />
                  </th>
                ) : null}
                {shownColumns.map((column) => (
                  <HeadCell
                    key={column.id}
                    column={column}
                    sorted={table.getColumn(column.id)?.getIsSorted() || false}
                    onSort={() => table.getColumn(column.id)?.toggleSorting()}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {before > 0 ? <Spacer span={span} height={before} /> : null}
              {indexes.map((index) => {
                const row = shown[index];
                if (!row) return null;
                const group = props.group?.(row.original);
                const previous = shown[index - 1];
                const first = group !== undefined && (!previous || props.group?.(previous.original) !== group);
                return [
                  first ? (
                    <tr key={`group-${group}`} className={classes.group}>
                      <th colSpan={span} scope="rowgroup">
                        {group} <span>{int(groups?.get(group ?? "") ?? 0)}</span>
                      </th>
                    </tr>
                  ) : null,
                  <tr
                    key={row.id}
                    data-index={index}
                    data-selected={selected?.has(row.id) || undefined}
                    data-open={props.openKey === row.id || undefined}
                    data-operable={props.onOpen ? true : undefined}
                    aria-selected={onSelect ? selected?.has(row.id) : undefined}
                    aria-rowindex={index + 2}
                    tabIndex={index === Math.min(active, shown.length - 1) ? 0 : -1}
                    onFocus={() => setActive(index)}
                    onClick={(event) => {
                      if ((event.target as HTMLElement).closest("a,button,input,label")) return;
                      props.onOpen?.(row.original);
                    }}
                  >
                    {onSelect ? (
                      <td className={classes.tick}>
                        <input
                          type="checkbox"
                          tabIndex={-1}
                          aria-label={m.kit_select_row({
                            name: cellText(columns[0]?.value(row.original) ?? null, columns[0]?.type),
                          })}
                          checked={selected?.has(row.id) ?? false}
                          onChange={() => toggle(row.id)}
                        />
                      </td>
                    ) : null}
                    {shownColumns.map((column) => (
                      <BodyCell key={column.id} column={column} row={row.original} />
                    ))}
                  </tr>,
                ];
              })}
              {after > 0 ? <Spacer span={span} height={after} /> : null}
            </tbody>
          </table>
        </div>
      </div>
      {shown.length === 0 ? (
        <div className={classes.empty}>
          {rows.length > 0 ? m.kit_table_filtered_empty({ n: int(rows.length) }) : (props.empty ?? m.kit_table_empty())}
        </div>
      ) : null}
      {props.foot ? <div className={classes.foot}>{props.foot}</div> : null}
    </div>
  );
}

function Spacer({ span, height }: { span: number; height: number }): ReactElement {
  return (
    <tr className={classes.spacer}>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

function HeadCell<T>({
  column,
  sorted,
  onSort,
}: {
  column: Column<T>;
  sorted: false | "asc" | "desc";
  onSort: () => void;
}): ReactElement {
  const right = alignRight(column.type) || undefined;
  return (
    <th
      scope="col"
      data-right={right}
      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
      style={column.width ? { width: column.width } : undefined}
    >
      {column.sortable === false ? (
        column.title
      ) : (
        <button type="button" className={`${classes.sort} lo-print`} onClick={onSort}>
          {column.title}
          {sorted ? <Icon name={sorted === "asc" ? "arrowUp" : "arrowDown"} size={12} /> : null}
        </button>
      )}
    </th>
  );
}

function BodyCell<T>({ column, row }: { column: Column<T>; row: T }): ReactElement {
  const text = column.cell ? null : cellText(column.value(row), column.type, column.currency);
  return (
    <td
      data-right={alignRight(column.type) || undefined}
      data-tone={column.tone}
      data-wrap={column.wrap || undefined}
      title={text && text.length > 32 && !column.wrap ? text : undefined}
    >
      {column.cell ? column.cell(row) : text}
    </td>
  );
}

/** True while the page is printed, so that long tables are printed whole. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = (): void => flushSync(() => setPrinting(true));
    const end = (): void => setPrinting(false);
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
    };
  }, []);
  return printing;
}
