import type { ReactElement, ReactNode } from "react";
import { type Status, StatusMark, statusWord } from "./StatusMark";
import classes from "./Tag.module.css";

export type Tone = "blue" | "ok" | "warn" | "bad" | "signal" | "none";

const tones: Partial<Record<Status, Tone>> = {
  on_course: "ok",
  proven: "ok",
  fulfilled: "ok",
  at_risk: "warn",
  restated: "warn",
  missed: "bad",
  your_turn: "signal",
  running: "blue",
  note: "blue",
};

/** A short word on a tint. A tag of a status carries its shape. */
export function Tag({ tone, status, children }: { tone?: Tone; status?: Status; children?: ReactNode }): ReactElement {
  const colour = tone ?? (status ? tones[status] : undefined) ?? "none";
  return (
    <span className={classes.tag} data-tone={colour}>
      {status ? <StatusMark status={status} quiet size={10} /> : null}
      {children ?? (status ? <span aria-hidden="true">{statusWord(status)}</span> : null)}
    </span>
  );
}
