import { Button, Checkbox, Menu, Popover, Select, TextInput } from "@mantine/core";
import { type ReactElement, type ReactNode, type RefObject, useState } from "react";
import type { Cell } from "@/api/types/base";
import { m } from "@/paraglide/messages";
import type { TableMeta } from "../download";
import { type ExportGroup, ExportMenu, tableItems } from "../ExportMenu";
import { FilterChips } from "../FilterChips";
import { int } from "../format";
import { Icon } from "../Icon";
import { alignRight, type Column, type ColumnFilter } from "./column";
import classes from "./TableTools.module.css";
import type { useRows } from "./useRows";

/** The line above a table: filter text, filters by column, choice of columns, export. */
export function TableTools<T extends object>({
  name,
  columns,
  table,
  total,
  meta,
  head,
  filterInput,
  onEnterTable,
  output,
}: {
  name: string;
  columns: readonly Column<T>[];
  table: ReturnType<typeof useRows<T>>;
  total: number;
  meta?: Partial<TableMeta>;
  head?: ReactNode;
  filterInput: RefObject<HTMLInputElement | null>;
  onEnterTable: () => void;
  output?: (shown: ExportGroup) => ReactNode;
}): ReactElement {
  const text = (table.state.globalFilter as string | undefined) ?? "";
  const filters = table.state.columnFilters as { id: string; value: ColumnFilter }[];
  const shown = table.getRowModel().rows;
  const visible = columns.filter((column) => table.getColumn(column.id)?.getIsVisible());

  const saved: ExportGroup = {
    note: m.kit_export_rows({ n: shown.length }),
    items: tableItems(() => ({
      name,
      columns: visible.map((column) => ({ title: column.title, type: column.type ?? "text" })),
      rows: shown.map((row) => visible.map((column): Cell => column.value(row.original))),
      meta: { title: name, ...meta },
    })),
  };

  return (
    <div className={`${classes.tools} lo-no-print`}>
      <div className={classes.line}>
        {head ? <div className={classes.head}>{head}</div> : null}
        <TextInput
          ref={filterInput}
          className={classes.filter}
          aria-label={m.kit_table_filter({ name })}
          placeholder={m.kit_filter()}
          leftSection={<Icon name="search" size={14} />}
          value={text}
          onChange={(event) => table.setGlobalFilter(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              event.stopPropagation();
              table.setGlobalFilter("");
            } else if (event.key === "ArrowDown" || event.key === "Enter") {
              event.preventDefault();
              onEnterTable();
            }
          }}
        />
        <AddFilter
          columns={columns}
          onAdd={(id, value) => table.setColumnFilters([...filters.filter((f) => f.id !== id), { id, value }])}
        />
        <span className={classes.count} role="status">
          {shown.length === total ? "" : m.kit_of({ n: int(shown.length), total: int(total) })}
        </span>
        <Menu closeOnItemClick={false}>
          <Menu.Target>
            <Button variant="subtle" leftSection={<Icon name="columns" />}>
              {m.kit_columns({ n: String(visible.length) })}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {columns.map((column) => (
              <Menu.Item
                key={column.id}
                component="label"
                leftSection={
                  <Checkbox
                    tabIndex={-1}
                    checked={table.getColumn(column.id)?.getIsVisible() ?? false}
                    disabled={visible.length === 1 && visible[0]?.id === column.id}
                    onChange={() => table.getColumn(column.id)?.toggleVisibility()}
                  />
                }
              >
                {column.title}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        {output ? output(saved) : <ExportMenu quiet groups={[saved]} />}
      </div>
      {filters.length > 0 ? (
        <FilterChips
          chips={filters.map((filter) => ({ id: filter.id, label: filterLabel(columns, filter.id, filter.value) }))}
          onRemove={(id) => table.setColumnFilters(filters.filter((f) => f.id !== id))}
        />
      ) : null}
    </div>
  );
}

function opWord(op: ColumnFilter["op"]): string {
  switch (op) {
    case "contains":
      return m.kit_op_contains();
    case "is":
      return m.kit_op_is();
    case "from":
      return m.kit_op_from();
    case "to":
      return m.kit_op_to();
  }
}

function filterLabel<T>(columns: readonly Column<T>[], id: string, filter: ColumnFilter): string {
  const title = columns.find((column) => column.id === id)?.title ?? id;
  return `${title} ${opWord(filter.op)} ${filter.text}`;
}

function AddFilter<T>({
  columns,
  onAdd,
}: {
  columns: readonly Column<T>[];
  onAdd: (id: string, filter: ColumnFilter) => void;
}): ReactElement {
  const [open, setOpen] = useState(false);
  const [id, setId] = useState(columns[0]?.id ?? "");
  const [op, setOp] = useState<ColumnFilter["op"]>("contains");
  const [text, setText] = useState("");
  const column = columns.find((one) => one.id === id);
  const ordered = alignRight(column?.type) || column?.type === "date" || column?.type === "instant";
  const ops: ColumnFilter["op"][] = ordered ? ["from", "to", "is"] : ["contains", "is"];
  const chosen = ops.includes(op) ? op : (ops[0] ?? "contains");
  const unit =
    column?.type === "seconds"
      ? m.kit_in_days()
      : column?.type === "percent"
        ? m.kit_in_percent()
        : column?.type === "date" || column?.type === "instant"
          ? m.kit_date_format()
          : undefined;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" leftSection={<Icon name="plus" />} onClick={() => setOpen(!open)}>
          {m.kit_add_filter()}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={m.kit_add_filter()}>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() === "") return;
            onAdd(id, { op: chosen, text: text.trim() });
            setText("");
            setOpen(false);
          }}
        >
          <Select
            label={m.kit_column_word()}
            data={columns.map((one) => ({ value: one.id, label: one.title }))}
            value={id}
            onChange={(value) => setId(value ?? id)}
            comboboxProps={{ withinPortal: false }}
          />
          <Select
            label={m.kit_condition()}
            data={ops.map((one) => ({ value: one, label: opWord(one) }))}
            value={chosen}
            onChange={(value) => setOp((value ?? chosen) as ColumnFilter["op"])}
            comboboxProps={{ withinPortal: false }}
          />
          <TextInput
            label={m.kit_value()}
            description={unit}
            value={text}
            data-autofocus
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="submit">{m.kit_apply()}</Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
