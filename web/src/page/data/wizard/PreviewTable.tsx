import type { ReactElement } from "react";
import type { Cell } from "@/api/types/base";
import type { Analysis, DatasetColumn, Plan, Preview } from "@/api/types/data";
import { date, dateTime, num } from "@/kit/format";
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
  return (
    <RawTable
      titles={wanted.map((one) => one.title)}
      rows={pick(analysis.preview, wanted)}
      numeric={wanted.map((one) => one.number)}
    />
  );
}

function pick(preview: Preview, wanted: { index: number; person: boolean; number: boolean }[]): Cell[][] {
  const rows = preview.rows.slice(0, 6);
  const places = wanted.map((one) => (one.number ? decimals(rows.map((row) => row[one.index])) : 0));
  return rows.map((row) =>
    wanted.map((one, i): Cell => {
      const text = row[one.index];
      if (!text) return null;
      if (one.person) return m.data_pseudonym_preview();
      return one.number ? decimal(text, places[i] ?? 0) : text;
    }),
  );
}

const isDecimal = (type: string | undefined): boolean => type === "decimal" || type === "double";

/** The decimals that show every value of a column as it is, at most six. */
function decimals(texts: (string | undefined)[]): number {
  return Math.min(6, Math.max(0, ...texts.map((text) => /^-?\d+\.(\d*?)0*$/.exec(text ?? "")?.[1]?.length ?? 0)));
}

/** A number as people write it; what is no plain number stays as it stands in the file. */
export function decimal(text: string, places: number): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? num(Number(text), places) : text;
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
  const wanted = numeric.map((number, index) => ({ index, person: false, number }));
  return (
    <RawTable
      titles={preview.columns.map((name) => fieldLabel(table, name))}
      rows={pick(preview, wanted)}
      numeric={numeric}
    />
  );
}

function RawTable({
  titles,
  rows,
  numeric,
}: {
  titles: string[];
  rows: Cell[][];
  /** Numbers and their heads stand at the right. */
  numeric: boolean[];
}): ReactElement | null {
  if (titles.length === 0 || rows.length === 0) return null;
  const more = titles.length - mostColumns;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={m.data_preview()}>
        <table className={classes.preview}>
          <thead>
            <tr>
              {titles.slice(0, mostColumns).map((title, column) => (
                <th key={title} scope="col" data-right={numeric[column] || undefined}>
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
                  <td key={titles[column]} data-right={numeric[column] || undefined}>
                    {shown(value)}
                  </td>
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
