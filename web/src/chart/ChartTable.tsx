import type { Cell } from "@/api";
import type { ColumnType } from "@/kit/download";
import { date, dateTime, durationText, int, num, percent } from "@/kit/format";
import { m } from "@/paraglide/messages";
import styles from "./charttable.module.css";
import type { PlotTable } from "./plot";

/** The table view of a chart. */
export function ChartTable({ table, label }: { table: PlotTable; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {table.columns.map((c) => (
              <th key={c.title} scope="col" data-number={isNumber(c.type) || undefined}>
                {c.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a plot have no other identity
            <tr key={i}>
              {row.map((cell, k) => (
                <td key={table.columns[k]?.title} data-number={isNumber(table.columns[k]?.type ?? "text") || undefined}>
                  {cellText(cell, table.columns[k]?.type ?? "text")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.rows.length === 0 && <p>{m.metric_chart_no_rows()}</p>}
    </section>
  );
}

function isNumber(type: ColumnType): boolean {
  return !["text", "date", "instant", "boolean"].includes(type);
}

/** A cell as a person reads it. */
export function cellText(cell: Cell, type: ColumnType): string {
  if (cell === null || cell === undefined) return "–";
  if (typeof cell === "boolean") return cell ? m.metric_chart_yes() : m.metric_chart_no();
  switch (type) {
    case "integer":
      return int(Number(cell));
    case "number":
    case "money":
      return num(Number(cell), 2);
    case "percent":
      return percent(Number(cell));
    case "seconds":
      return durationText(Number(cell));
    case "date":
      return date(String(cell));
    case "instant":
      return dateTime(String(cell));
    default:
      return String(cell);
  }
}
