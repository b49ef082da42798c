import type { ReactElement } from "react";
import type { Cell } from "@/api/types/base";
import type { Analysis, DatasetColumn, Plan, Preview } from "@/api/types/data";
import { date, dateTime, short } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { fieldLabel, fieldsOf, keep, skip } from "../fields";
import classes from "./Wizard.module.css";

const mostColumns = 8;

/** A value of the file or of the lake as people write it. */
function shown(value: Cell): string {
  if (value === null) return "–";
  if (typeof value === "boolean") return value ? m.kit_yes() : m.kit_no();
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}T.*Z$/.test(value)) return dateTime(value);
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return date(value);
  // A time as written in the file or by the lake: its day as a person writes it, the clock as it stands.
  const local = typeof value === "string" ? /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})/.exec(value) : null;
  if (local) return `${date(local[1])}, ${local[2]}`;
  return String(value);
}

/** The first rows as they will stand in Lotse: fields first in their order, then the further columns. */
export function PreviewTable({ plan, analysis }: { plan: Plan; analysis: Analysis }): ReactElement | null {
  const source = analysis.preview.columns;
  const order = fieldsOf(plan.table).map((field) => field.name);
  const numbers = new Set(analysis.columns.filter((one) => isDecimal(one.type)).map((one) => one.name));
  const people = new Set(
    analysis.mapping.filter((one) => one.person || one.field === "resource").map((one) => one.column),
  );
  const wanted = plan.mapping
    .filter((entry) => entry.field !== skip && (source.includes(entry.column) || source.includes(entry.field)))
    .map((entry) => ({
      title: entry.field === keep ? entry.column : fieldLabel(plan.table, entry.field),
      index: source.includes(entry.column) ? source.indexOf(entry.column) : source.indexOf(entry.field),
      rank: entry.field === keep ? order.length : order.indexOf(entry.field),
      person: people.has(entry.column),
      number: numbers.has(entry.column),
    }))
    .sort((a, b) => a.rank - b.rank);
  return <RawTable titles={wanted.map((one) => one.title)} rows={pick(analysis.preview, wanted)} />;
}

function pick(preview: Preview, wanted: { index: number; person: boolean; number: boolean }[]): Cell[][] {
  const value = (text: string | undefined, person: boolean, number: boolean): Cell => {
    if (!text) return null;
    if (person) return m.data_pseudonym_preview();
    return number ? decimal(text) : text;
  };
  return preview.rows.slice(0, 6).map((row) => wanted.map((one) => value(row[one.index], one.person, one.number)));
}

const isDecimal = (type: string | undefined): boolean => type === "decimal" || type === "double";

/** A number with decimals as people write it; what is no plain number stays as it stands in the file. */
export function decimal(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? short(Number(text), 6) : text;
}

/** The preview that a dry run gives back, already in Lotse's words. */
export function ResultPreview({
  preview,
  table,
  columns,
}: {
  preview: Preview;
  table: string;
  columns: readonly DatasetColumn[];
}): ReactElement | null {
  const numeric = preview.columns.map((name) => isDecimal(columns.find((column) => column.name === name)?.type));
  const value = (text: string, index: number): Cell => (numeric[index] && text ? decimal(text) : text || null);
  return (
    <RawTable
      titles={preview.columns.map((name) => fieldLabel(table, name))}
      rows={preview.rows.slice(0, 8).map((row) => row.map(value))}
    />
  );
}

function RawTable({ titles, rows }: { titles: string[]; rows: Cell[][] }): ReactElement | null {
  if (titles.length === 0 || rows.length === 0) return null;
  const more = titles.length - mostColumns;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={m.data_preview()}>
        <table className={classes.preview}>
          <thead>
            <tr>
              {titles.slice(0, mostColumns).map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a preview have no key and never move
              <tr key={index}>
                {row.slice(0, mostColumns).map((value, column) => (
                  <td key={titles[column]}>{shown(value)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {more > 0 ? <p className={classes.note}>{m.data_more_columns_preview({ n: String(more) })}</p> : null}
    </>
  );
}
