import type { ReactElement } from "react";
import { m } from "@/paraglide/messages";
import classes from "./Certainty.module.css";

/** How sure a suggestion is: three bars, filled from the left. */
export function Certainty({ level }: { level: number }): ReactElement {
  const word = level >= 3 ? m.data_sure() : level === 2 ? m.data_likely() : m.data_doubtful();
  return (
    <span className={classes.bars} role="img" aria-label={word} title={word}>
      {[1, 2, 3].map((bar) => (
        <span key={bar} data-on={level >= bar || undefined} />
      ))}
    </span>
  );
}
