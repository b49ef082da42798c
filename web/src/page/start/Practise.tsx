import { lazy, type ReactElement, Suspense, useState } from "react";
import { Icon } from "@/kit";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";
import classes from "./practise.module.css";

const PractiseDialog = lazy(() => import("./PractiseDialog").then((module) => ({ default: module.PractiseDialog })));

/** The way to the demo company on a page of an empty instance. */
export function Practise(): ReactElement {
  const { may } = useRights();
  const [asking, setAsking] = useState(false);
  const allowed = may("instance.manage");
  return (
    <>
      <button type="button" className={classes.way} disabled={!allowed} onClick={() => setAsking(true)}>
        <span>
          <strong>{m.start_practise()}</strong>
          <small>{allowed ? m.start_practise_text() : m.shell_demo_restart_who()}</small>
        </span>
        <span className={classes.go}>
          {m.start_practise_go()}
          <Icon name="right" size={12} />
        </span>
      </button>
      {asking ? (
        <Suspense fallback={null}>
          <PractiseDialog onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
