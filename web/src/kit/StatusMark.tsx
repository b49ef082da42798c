import type { ReactElement } from "react";
import { m } from "@/paraglide/messages";
import classes from "./StatusMark.module.css";

export type Status =
  | "on_course"
  | "at_risk"
  | "missed"
  | "proven"
  | "not_provable"
  | "open"
  | "restated"
  | "running"
  | "your_turn"
  | "fulfilled"
  | "not_fulfilled"
  | "note";

const colours: Record<Status, string> = {
  on_course: "var(--lo-ok)",
  at_risk: "var(--lo-warn-fill)",
  missed: "var(--lo-bad)",
  proven: "var(--lo-ok)",
  not_provable: "var(--lo-none)",
  open: "var(--lo-none)",
  restated: "var(--lo-warn-fill)",
  running: "var(--lo-blue)",
  your_turn: "var(--lo-signal)",
  fulfilled: "var(--lo-ok)",
  not_fulfilled: "var(--lo-none)",
  note: "var(--lo-blue)",
};

function ring(width = 1.5): ReactElement {
  return <circle cx="6" cy="6" r={6 - width / 2 - 0.25} fill="none" stroke="currentColor" strokeWidth={width} />;
}

function shape(status: Status): ReactElement {
  switch (status) {
    case "on_course":
      return <circle cx="6" cy="6" r="5" fill="currentColor" />;
    case "at_risk":
      return <path d="M6 .8 11.6 11H.4Z" fill="currentColor" />;
    case "missed":
      return <path d="m6 .2 5.8 5.8L6 11.8.2 6Z" fill="currentColor" />;
    case "proven":
      return (
        <>
          <circle cx="6" cy="6" r="6" fill="currentColor" />
          <path d="m3.2 6.2 2 2 3.6-4" fill="none" stroke="var(--lo-paper)" strokeWidth="1.5" />
        </>
      );
    case "not_provable":
      return (
        <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.1 1.83" />
      );
    case "open":
      return ring();
    case "restated":
      return (
        <>
          {ring()}
          <path d="M6 .75a5.25 5.25 0 0 0 0 10.5Z" fill="currentColor" />
        </>
      );
    case "running":
      return (
        <>
          {ring()}
          <circle cx="6" cy="6" r="2.3" fill="currentColor" />
        </>
      );
    case "your_turn":
      return (
        <>
          <path d="M.75.75h10.5v10.5H.75Z" fill="none" stroke="currentColor" strokeWidth="1.5" />
          <path d="M6 .5h5.5v11H6Z" fill="currentColor" />
        </>
      );
    case "fulfilled":
      return <path d="m1 6.5 3.3 3.3L11 2.5" fill="none" stroke="currentColor" strokeWidth="1.8" />;
    case "not_fulfilled":
      return (
        <>
          {ring()}
          <path d="M3.5 6h5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </>
      );
    case "note":
      return (
        <>
          {ring()}
          <path d="M6 5.3v3.4M6 3.1v1.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </>
      );
  }
}

/** The word of a status as it stands in texts and legends. */
export function statusWord(status: Status): string {
  switch (status) {
    case "on_course":
      return m.kit_status_on_course();
    case "at_risk":
      return m.kit_status_at_risk();
    case "missed":
      return m.kit_status_missed();
    case "proven":
      return m.kit_status_proven();
    case "not_provable":
      return m.kit_status_not_provable();
    case "open":
      return m.kit_status_open();
    case "restated":
      return m.kit_status_restated();
    case "running":
      return m.kit_status_running();
    case "your_turn":
      return m.kit_status_your_turn();
    case "fulfilled":
      return m.kit_status_fulfilled();
    case "not_fulfilled":
      return m.kit_status_not_fulfilled();
    case "note":
      return m.kit_status_note();
  }
}

/**
 * A status as shape, colour and word. With quiet the word is for screen readers only: only where the word already stands
 * beside it or in the legend of the view.
 */
export function StatusMark({
  status,
  word,
  quiet = false,
  size = 12,
}: {
  status: Status;
  word?: string;
  quiet?: boolean;
  size?: number;
}): ReactElement {
  const text = word ?? statusWord(status);
  return (
    <span className={classes.mark}>
      <svg
        width={size}
        height={size}
        viewBox="0 0 12 12"
        role={quiet ? "img" : undefined}
        aria-label={quiet ? text : undefined}
        aria-hidden={quiet ? undefined : true}
        style={{ color: colours[status] }}
      >
        {shape(status)}
      </svg>
      {quiet ? null : <span>{text}</span>}
    </span>
  );
}
