import { Button } from "@mantine/core";
import { useRef } from "react";
import type { FieldInfo } from "@/api/types/register";
import { m } from "@/paraglide/messages";
import { IconButton } from "../ChartFrame";
import { Icon } from "../Icon";
import type { FieldType, InputProps, Problems } from "./field";
import classes from "./field.module.css";
import { numberFilter, numbersText } from "./filters";
import { below, Group } from "./shell";
import { fieldType } from "./types";

/** From so many columns on a row takes two lines, and what is written in words gets the room of two columns. */
const MANY = 5;

type Row = Record<string, unknown>;

function rowsOf(value: unknown): Row[] {
  return Array.isArray(value) ? (value as Row[]) : [];
}

function Input({ field, value, onChange, problems, plain }: InputProps) {
  const rows = rowsOf(value);
  const box = useRef<HTMLDivElement>(null);
  const set = (next: Row[]): void => onChange(next.length > 0 ? next : undefined);
  const move = (from: number, to: number): void => {
    const next = [...rows];
    const [row] = next.splice(from, 1);
    if (row) next.splice(to, 0, row);
    set(next);
  };
  return (
    <Group field={field} plain={plain} problems={problems}>
      <div ref={box} className={classes.rows}>
        {rows.map((row, index) => (
          <fieldset
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name than its place
            key={index}
            className={classes.row}
          >
            <legend className="lo-sr">{m.register_row_of({ n: String(index + 1), name: field.title })}</legend>
            <div className={classes.cells}>
              {field.fields.map((column) => {
                const { Input: Cell, half } = fieldType(column);
                return (
                  <div
                    key={column.name}
                    data-half={half || undefined}
                    data-wide={(field.fields.length >= MANY && column.type === "text") || undefined}
                  >
                    <Cell
                      field={column}
                      value={row[column.name]}
                      problems={below(problems, `[${index}].${column.name}`)}
                      onChange={(next) => {
                        const changed = { ...row, [column.name]: next };
                        if (next === undefined) delete changed[column.name];
                        set(rows.map((one, i) => (i === index ? changed : one)));
                      }}
                    />
                  </div>
                );
              })}
            </div>
            <div className={classes.rowTools}>
              <IconButton
                name="up"
                label={m.register_row_up({ n: String(index + 1) })}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              />
              <IconButton
                name="down"
                label={m.register_row_down({ n: String(index + 1) })}
                disabled={index === rows.length - 1}
                onClick={() => move(index, index + 1)}
              />
              <IconButton
                name="trash"
                label={m.register_row_remove({ n: String(index + 1) })}
                onClick={() => set(rows.filter((_, i) => i !== index))}
              />
            </div>
          </fieldset>
        ))}
        <Button
          variant="subtle"
          size="xs"
          className={classes.toggle}
          leftSection={<Icon name="plus" size={12} />}
          onClick={() => {
            set([...rows, {}]);
            window.requestAnimationFrame(() => {
              const last = [...(box.current?.querySelectorAll<HTMLElement>("fieldset") ?? [])].at(-1);
              last?.querySelector<HTMLElement>("input,textarea")?.focus();
            });
          }}
        >
          {m.register_row_add({ name: field.title })}
        </Button>
      </div>
    </Group>
  );
}

function textOf(field: FieldInfo, value: unknown): string {
  return rowsOf(value)
    .map((row) =>
      field.fields
        .map((column) => fieldType(column).text(column, row[column.name]))
        .filter(Boolean)
        .join(" | "),
    )
    .join("\n");
}

function Read({ field, value }: { field: FieldInfo; value: unknown }) {
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            {field.fields.map((column) => (
              <th key={column.name} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rowsOf(value).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name than its place
            <tr key={index}>
              {field.fields.map((column) => {
                const type = fieldType(column);
                const shown = row[column.name];
                return (
                  <td key={column.name}>
                    {shown === undefined ? "–" : (type.read ?? type.cell ?? type.text)(column, shown)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Rows inside a record, each with the same few fields. */
export const table: FieldType = {
  column: "text",
  text: textOf,
  cell: (_, value) => (rowsOf(value).length > 0 ? m.register_rows({ n: rowsOf(value).length }) : null),
  read: (field, value) => <Read field={field} value={value} />,
  Input,
  check: (field, value) => {
    const out: Problems = {};
    rowsOf(value).forEach((row, index) => {
      for (const column of field.fields) {
        const found = fieldType(column).check?.(column, row[column.name]) ?? {};
        for (const [path, words] of Object.entries(found)) out[`[${index}].${column.name}${path}`] = words;
      }
    });
    return out;
  },
  Filter: numberFilter(() => m.register_rows_word()),
  filterText: (_, values) => numbersText(values, m.register_rows_word()),
};
