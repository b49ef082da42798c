import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { asApiError } from "@/api/error";
import type { KindInfo } from "@/api/types/register";
import { Icon } from "@/kit";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { type ImportError, saveRefused } from "./data";
import classes from "./import.module.css";

const shown = 10;

/** What does not fit, by row and column; the rows as a file, to correct them there and load it again. */
export function ImportErrors({
  kind,
  errors,
  found,
  rows,
}: {
  kind: KindInfo;
  errors: ImportError[];
  found: number;
  /** The file of these rows. */
  rows: () => Promise<Blob>;
}): ReactElement {
  const [problem, setProblem] = useState("");
  const save = (): void => {
    setProblem("");
    rows()
      .then((file) => saveRefused(kind, file))
      .catch((failed) => setProblem(asApiError(failed).message));
  };
  const more = found - Math.min(errors.length, shown);
  return (
    <section aria-label={m.register_import_errors()}>
      <div className={classes.head}>
        <h3>{m.register_import_errors()}</h3>
        <Button variant="subtle" leftSection={<Icon name="download" />} onClick={save}>
          {m.register_import_errors_save()}
        </Button>
      </div>
      {problem ? (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      ) : null}
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col" className={classes.number}>
              {m.register_import_line()}
            </th>
            <th scope="col">{m.register_import_column()}</th>
            <th scope="col">{m.register_import_value()}</th>
            <th scope="col">{m.register_import_error()}</th>
          </tr>
        </thead>
        <tbody>
          {errors.slice(0, shown).map((one) => (
            <tr key={`${one.line} ${one.column} ${one.text}`}>
              <td className={classes.number}>{int(one.line)}</td>
              <td>{one.column || "–"}</td>
              <td>{one.value || "–"}</td>
              <td>{one.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className={classes.reason}>{m.register_import_more({ n: more, count: int(more) })}</p> : null}
    </section>
  );
}
