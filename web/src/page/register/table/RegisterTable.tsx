import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactElement, type RefObject, useEffect, useRef, useState } from "react";
import type { FieldInfo, KindInfo, RecordItem, RecordOne } from "@/api/types/register";
import { Icon } from "@/kit";
import { fieldType } from "@/kit/field/types";
import { int, moneyText } from "@/kit/format";
import { alignRight } from "@/kit/table/column";
import kit from "@/kit/table/DataTable.module.css";
import { useEdges } from "@/kit/table/useEdges";
import { m } from "@/paraglide/messages";
import { StateTag } from "../Approval";
import { headingOf } from "../data";
import { sortOf } from "../state";
import { CellEditor, editable } from "./CellEditor";
import type { Line } from "./lines";
import { recordsOf } from "./lines";
import classes from "./table.module.css";

const virtualFrom = 200;

export interface RegisterTableProps {
  kind: KindInfo;
  columns: readonly FieldInfo[];
  lines: readonly Line[];
  sums: Record<string, number | null>;
  sort: string;
  onSort: (field: string) => void;
  selected: ReadonlySet<string>;
  onSelect: (selected: Set<string>) => void;
  openKey: string;
  onOpen: (record: RecordItem) => void;
  onClick: (record: RecordItem) => void;
  /** A cell is about to be changed. */
  onEdit: () => void;
  onToggle: (group: string, closed: boolean) => void;
  onSaved: (saved: RecordOne, before: number) => void;
  onEscape: () => void;
  /** Where the keyboard enters the table. */
  enter: RefObject<(() => void) | null>;
}

/** The table of a register: sorted and grouped by the server, changed in its cells, whole by keyboard. */
export function RegisterTable(props: RegisterTableProps): ReactElement {
  const { kind, columns, lines, selected, onSelect } = props;
  const scroller = useRef<HTMLDivElement>(null);
  useEdges(scroller);
  const [active, setActive] = useState("");
  const [editing, setEditing] = useState<{ id: string; field: string } | null>(null);
  const virtual = lines.length > virtualFrom;
  const virtualizer = useVirtualizer({
    count: virtual ? lines.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.type === "group" ? 40 : 33),
    overscan: 16,
  });
  const items = virtual ? virtualizer.getVirtualItems() : null;
  const before = items?.[0]?.start ?? 0;
  const after = items ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const indexes = items ? items.map((item) => item.index) : lines.map((_, index) => index);
  const rows = recordsOf(lines);
  const focusable = lines.some((line) => line.type !== "more" && line.key === active)
    ? active
    : (lines.find((line) => line.type === "row")?.key ?? "");

  const focusLine = (index: number, column = -1): void => {
    const line = lines[index];
    if (!line || line.type === "more") return;
    setActive(line.key);
    if (virtual) virtualizer.scrollToIndex(index);
    window.requestAnimationFrame(() => {
      const row = scroller.current?.querySelector<HTMLElement>(`tr[data-line="${index}"]`);
      const cell = column >= 0 ? row?.querySelector<HTMLElement>(`td[data-column="${column}"]`) : null;
      (cell ?? row?.querySelector<HTMLElement>("[data-toggle]") ?? row)?.focus();
    });
  };
  useEffect(() => {
    props.enter.current = () => focusLine(lines.findIndex((line) => line.type === "row"));
  });
  const toggle = (key: string): void => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect(next);
  };
  const edit = (record: RecordItem | undefined, column: number): boolean => {
    const field = column >= 0 ? columns[column] : columns.find((one) => record && editable(one, record));
    if (!record || !field || !editable(field, record)) return false;
    props.onEdit();
    setEditing({ id: record.id, field: field.name });
    return true;
  };
  const doneEditing = (): void => {
    const index = lines.findIndex((line) => line.key === editing?.id);
    const column = columns.findIndex((field) => field.name === editing?.field);
    setEditing(null);
    focusLine(index, column);
  };

  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const target = event.target as HTMLElement;
    if (target.tagName === "INPUT" && (target as HTMLInputElement).type !== "checkbox") return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = target.closest<HTMLElement>("tr[data-line]");
    if (!row) return;
    const index = Number(row.dataset.line);
    const line = lines[index];
    const record = line?.type === "row" ? line.record : undefined;
    const cell = target.closest<HTMLElement>("td[data-column]");
    const column = cell ? Number(cell.dataset.column) : -1;
    const step = (by: number): void => {
      let next = index + by;
      while (lines[next]?.type === "more") next += by;
      focusLine(next, lines[next]?.type === "row" ? column : -1);
    };
    switch (event.key) {
      case "ArrowDown":
        step(1);
        break;
      case "ArrowUp":
        step(-1);
        break;
      case "ArrowRight":
        focusLine(index, Math.min(column + 1, columns.length - 1));
        break;
      case "ArrowLeft":
        focusLine(index, column - 1);
        break;
      case "Home":
        focusLine(0);
        break;
      case "End":
        focusLine(lines.findLastIndex((one) => one.type !== "more"));
        break;
      case "F2":
        edit(record, column);
        break;
      case "Enter":
        if (!record || target.tagName === "BUTTON" || target.tagName === "A") return;
        if (!(column >= 0 && edit(record, column))) props.onOpen(record);
        break;
      case "x":
      case "X":
        if (record) toggle(record.id);
        break;
      case " ":
        if (target !== row || !record) return;
        toggle(record.id);
        break;
      case "Escape":
        props.onEscape();
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  const span = columns.length + 1;
  const allChosen = rows.length > 0 && rows.every((row) => selected.has(row.id));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys act on the rows inside, which hold the focus
    <div className={kit.wrap} onKeyDown={onKey}>
      <div className={kit.edge}>
        <div ref={scroller} className={kit.scroller} style={virtual ? { maxHeight: "calc(100vh - 260px)" } : undefined}>
          <table className={`${kit.table} ${classes.table}`} aria-rowcount={lines.length + 1}>
            <caption className="lo-sr">{kind.many}</caption>
            <thead>
              <tr>
                <th className={kit.tick} scope="col">
                  <input
                    type="checkbox"
                    aria-label={m.kit_select_all()}
                    checked={allChosen}
                    onChange={(event) => onSelect(new Set(event.target.checked ? rows.map((row) => row.id) : []))}
                  />
                </th>
                {columns.map((field, column) => (
                  <HeadCell
                    key={field.name}
                    field={field}
                    first={column === 0}
                    sort={props.sort}
                    onSort={props.onSort}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {before > 0 ? <Spacer span={span} height={before} /> : null}
              {indexes.map((index) => {
                const line = lines[index];
                if (!line) return null;
                if (line.type === "group") {
                  return <GroupRow key={line.key} line={line} index={index} {...props} />;
                }
                if (line.type === "more") return <MoreRow key={line.key} line={line} span={span} />;
                return (
                  <Row
                    key={line.key}
                    {...props}
                    record={line.record}
                    index={index}
                    focusable={line.key === focusable}
                    editing={editing?.id === line.key ? editing.field : ""}
                    onFocus={() => setActive(line.key)}
                    onTick={() => toggle(line.key)}
                    onEditCell={(column) => edit(line.record, column)}
                    onEdited={(saved, version) => {
                      doneEditing();
                      props.onSaved(saved, version);
                    }}
                    onLeave={doneEditing}
                  />
                );
              })}
              {after > 0 ? <Spacer span={span} height={after} /> : null}
            </tbody>
            <Sums {...props} />
          </table>
        </div>
      </div>
    </div>
  );
}

function right(field: FieldInfo): true | undefined {
  return alignRight(fieldType(field).column) || undefined;
}

function HeadCell({
  field,
  first,
  sort,
  onSort,
}: {
  field: FieldInfo;
  first: boolean;
  sort: string;
  onSort: (field: string) => void;
}): ReactElement {
  const now = sortOf(sort);
  const mine = now?.field === field.name ? now : null;
  return (
    <th
      scope="col"
      data-right={right(field)}
      data-name={first || undefined}
      aria-sort={mine ? (mine.desc ? "descending" : "ascending") : undefined}
    >
      <button type="button" className={`${kit.sort} lo-print`} onClick={() => onSort(field.name)}>
        {[field.title, field.type === "number" ? field.unit : ""].filter(Boolean).join(", ")}
        {mine ? <Icon name={mine.desc ? "arrowDown" : "arrowUp"} size={12} /> : null}
      </button>
    </th>
  );
}

interface RowProps extends RegisterTableProps {
  record: RecordItem;
  index: number;
  focusable: boolean;
  editing: string;
  onFocus: () => void;
  onTick: () => void;
  onEditCell: (column: number) => void;
  onEdited: (saved: RecordOne, before: number) => void;
  onLeave: () => void;
}

function Row({ kind, record, index, columns, selected, openKey, ...on }: RowProps): ReactElement {
  const chosen = selected.has(record.id);
  return (
    <tr
      data-line={index}
      data-selected={chosen || undefined}
      data-open={openKey === record.id || undefined}
      data-operable
      aria-selected={chosen}
      aria-rowindex={index + 2}
      tabIndex={on.focusable ? 0 : -1}
      onFocus={on.onFocus}
      onClick={(event) => {
        if ((event.target as HTMLElement).closest("a,button,input,label,[data-editing]")) return;
        if (event.detail <= 1) on.onClick(record);
      }}
    >
      <td className={kit.tick}>
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={m.kit_select_row({ name: headingOf(kind, record) })}
          checked={chosen}
          onChange={on.onTick}
        />
      </td>
      {columns.map((field, column) => {
        const editing = on.editing === field.name;
        return (
          <td
            key={field.name}
            data-column={column}
            data-right={right(field)}
            data-name={column === 0 || undefined}
            data-tone={field.name === kind.heading ? "name" : undefined}
            data-editing={editing || undefined}
            tabIndex={-1}
            title={editing ? undefined : longText(field, record)}
            onDoubleClick={() => on.onEditCell(column)}
          >
            {editing ? (
              <CellEditor kind={kind} field={field} record={record} onSaved={on.onEdited} onClose={on.onLeave} />
            ) : (
              <CellContent kind={kind} field={field} record={record} />
            )}
          </td>
        );
      })}
    </tr>
  );
}

function CellContent({ kind, field, record }: { kind: KindInfo; field: FieldInfo; record: RecordItem }): ReactElement {
  const value = record.value[field.name];
  const type = fieldType(field);
  if (value === undefined) return <span className={classes.unknown}>–</span>;
  return (
    <>
      {(type.cell ?? type.text)(field, value)}
      {field.name === kind.heading && kind.approval && record.state ? (
        <span className={classes.state}>
          <StateTag record={record} />
        </span>
      ) : null}
    </>
  );
}

function longText(field: FieldInfo, record: RecordItem): string | undefined {
  const value = record.value[field.name];
  if (value === undefined) return undefined;
  const text = fieldType(field).text(field, value);
  return text.length > 32 ? text.slice(0, 400) : undefined;
}

/** The sum of a column as people read it. */
function sumText(field: FieldInfo, sum: number, rows: readonly RecordItem[]): string {
  if (field.type !== "money") return fieldType(field).text(field, sum);
  const one = rows.find((row) => row.value[field.name] !== undefined)?.value[field.name] as
    | { currency: string }
    | undefined;
  return moneyText(sum, one?.currency);
}

function GroupRow({
  line,
  index,
  columns,
  lines,
  onToggle,
}: RegisterTableProps & { line: Extract<Line, { type: "group" }>; index: number }): ReactElement {
  const first = columns.findIndex((field) => typeof line.sums[field.name] === "number");
  const lead = first <= 0 ? columns.length : first;
  return (
    <tr data-line={index} className={`${kit.group} ${classes.group}`}>
      <th colSpan={lead + 1} scope="rowgroup">
        <button
          type="button"
          data-toggle
          aria-expanded={line.open}
          className={`${classes.toggle} lo-print`}
          onClick={() => onToggle(line.key, line.open)}
        >
          <Icon name={line.open ? "down" : "right"} size={12} />
          {line.title} <span>{int(line.count)}</span>
        </button>
      </th>
      {columns.slice(lead).map((field) => {
        const sum = line.sums[field.name];
        return (
          <td key={field.name} data-right={right(field)}>
            {typeof sum === "number" ? sumText(field, sum, recordsOf(lines)) : null}
          </td>
        );
      })}
    </tr>
  );
}

function MoreRow({ line, span }: { line: Extract<Line, { type: "more" }>; span: number }): ReactElement {
  return (
    <tr className={kit.spacer}>
      <td colSpan={span}>
        <button type="button" className={classes.more} disabled={line.busy} onClick={line.onMore}>
          {line.busy ? m.register_loading_more() : m.register_more({ count: int(line.left) })}
        </button>
      </td>
    </tr>
  );
}

/** The sums of all records of the question, below the table. */
function Sums({ columns, sums, lines }: RegisterTableProps): ReactElement | null {
  if (!columns.some((field) => typeof sums[field.name] === "number")) return null;
  return (
    <tfoot>
      <tr className={classes.sums}>
        <td />
        {columns.map((field, index) => {
          const sum = sums[field.name];
          return (
            <td key={field.name} data-right={right(field)} data-name={index === 0 || undefined}>
              {typeof sum === "number" ? sumText(field, sum, recordsOf(lines)) : index === 0 ? m.register_sum() : null}
            </td>
          );
        })}
      </tr>
    </tfoot>
  );
}

function Spacer({ span, height }: { span: number; height: number }): ReactElement {
  return (
    <tr className={kit.spacer}>
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}
