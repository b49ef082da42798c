import type { ReactElement } from "react";
import type { KindInfo } from "@/api/types/register";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import type { ImportCounts, ImportPreview } from "./data";
import classes from "./import.module.css";

/** The counts of an import as words. */
export function countWords(counts: ImportCounts): { create: string; update: string; same: string; refused: string } {
  return {
    create: int(counts.create),
    update: int(counts.update),
    same: int(counts.same),
    refused: int(counts.refused),
  };
}

const steps: Record<string, () => string> = {
  create: m.register_import_step_create,
  update: m.register_import_step_update,
  same: m.register_import_step_same,
  refused: m.register_import_step_refused,
};

/** What would happen: the counts, and the first rows as they will be. */
export function ImportOutcome({ kind, preview }: { kind: KindInfo; preview: ImportPreview }): ReactElement {
  const title = (name: string): string => kind.fields.find((field) => field.name === name)?.title ?? name;
  const cells = (row: ImportPreview["rows"][number]): string =>
    row.cells
      .filter((cell) => cell.field !== kind.heading || row.action === "update")
      .filter((cell) => (row.action === "create" || row.action === "refused" ? cell.after : cell.before !== cell.after))
      .map((cell) =>
        row.action === "update"
          ? m.register_import_change({
              title: title(cell.field),
              before: cell.before || "–",
              after: cell.after || "–",
            })
          : `${title(cell.field)}: ${cell.after}`,
      )
      .join("; ");
  return (
    <section aria-label={m.register_import_outcome()}>
      <p role="status" className={classes.counts}>
        {m.register_import_counts(countWords(preview.counts))}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard */}
      <section className={classes.scroll} aria-label={m.register_import_first()} tabIndex={0}>
        <table className={classes.table}>
          <caption>{m.register_import_first()}</caption>
          <thead>
            <tr>
              <th scope="col" className={classes.number}>
                {m.register_import_line()}
              </th>
              <th scope="col">{m.register_import_step()}</th>
              <th scope="col">{kind.one}</th>
              <th scope="col">{m.register_import_values()}</th>
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <tr key={row.line}>
                <td className={classes.number}>{int(row.line)}</td>
                <td>{(steps[row.action] ?? steps.same)?.()}</td>
                <th scope="row">{row.name || "–"}</th>
                <td className={classes.reason}>{cells(row)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
