import type { ReactElement, ReactNode } from "react";
import classes from "./PageTitle.module.css";

/**
 * The head of a page, answer first: a sentence computed from data, a verdict, a question or a name. due is the second
 * half that asks the reader to act and the only part in signal; sub is one line below; actions stand top right. compact
 * is the 18-px title of the process explorer with its facts beside it.
 */
export function PageTitle({
  children,
  due,
  sub,
  actions,
  compact = false,
  ruled = false,
}: {
  children: ReactNode;
  due?: ReactNode;
  sub?: ReactNode;
  actions?: ReactNode;
  compact?: boolean;
  ruled?: boolean;
}): ReactElement {
  return (
    <div className={classes.head} data-compact={compact || undefined} data-ruled={ruled || undefined}>
      <div className={classes.words}>
        <h1 className={classes.title}>
          {children}
          {due ? <span className={classes.due}> {due}</span> : null}
        </h1>
        {sub ? <p className={classes.sub}>{sub}</p> : null}
      </div>
      {actions ? <div className={`${classes.actions} lo-no-print`}>{actions}</div> : null}
    </div>
  );
}
