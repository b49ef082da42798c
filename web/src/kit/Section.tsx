import type { ReactElement, ReactNode } from "react";
import classes from "./Section.module.css";

/** A part of a page: parted by a rule, never framed. note stands at the right end of the head. */
export function Section({
  title,
  sub,
  note,
  actions,
  first = false,
  id,
  children,
}: {
  title?: ReactNode;
  sub?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
  /** Without the rule above. */
  first?: boolean;
  id?: string;
  children?: ReactNode;
}): ReactElement {
  return (
    <section className={classes.section} data-first={first || undefined} id={id}>
      {title ? (
        <div className={classes.head}>
          <h2 className={classes.title}>
            {title}
            {sub ? <span className={classes.sub}>{sub}</span> : null}
          </h2>
          {note ? <span className={classes.note}>{note}</span> : null}
          {actions ? <div className={`${classes.actions} lo-no-print`}>{actions}</div> : null}
        </div>
      ) : null}
      {children}
    </section>
  );
}

/** Label and value pairs in a row, as the facts of a file or a metric. */
export function Facts({
  items,
  columns,
  grid,
}: {
  items: readonly { label: string; value: ReactNode }[];
  /** One pair a line, for a narrow panel. */
  columns?: boolean;
  /** As many columns as the page has room for. */
  grid?: boolean;
}): ReactElement {
  return (
    <dl className={grid ? classes.factGrid : columns ? classes.factColumns : classes.facts}>
      {items.map((item) => (
        <div key={item.label} className={classes.fact}>
          <dt>{item.label}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}
