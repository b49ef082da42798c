import type { ReactElement, ReactNode } from "react";
import { Flag } from "@/kit";
import { m } from "@/paraglide/messages";
import { route } from "@/shell/pages";
import classes from "./AuthFrame.module.css";

/** The two halves of the pages before the door: the form on the rail colour, and what awaits behind it. */
export function AuthFrame({ children, aside }: { children: ReactNode; aside: ReactNode }): ReactElement {
  return (
    <div className={classes.page}>
      <main className={classes.door}>
        <p className={classes.brand}>
          <Flag size={20} />
          Lotse
        </p>
        <div className={classes.form}>{children}</div>
        <ol className={classes.route} aria-label={m.auth_route()}>
          {route.map((step, index) => (
            <li key={step.id} data-first={index === 0 || undefined}>
              {step.label()}
            </li>
          ))}
        </ol>
      </main>
      <aside className={classes.aside}>{aside}</aside>
    </div>
  );
}

/** What Lotse is about, beside the form. */
export function Welcome(): ReactElement {
  return (
    <div className={classes.promise}>
      <p className={classes.lead}>{m.auth_promise()}</p>
      <ul>
        <li>{m.auth_promise_rows()}</li>
        <li>{m.auth_promise_here()}</li>
        <li>{m.auth_promise_unknown()}</li>
      </ul>
    </div>
  );
}
