import type { Closing, ClosingDue } from "@/api/types/effect";
import type { Status } from "@/kit";
import { effectScale } from "@/page/effect/words";
import { m } from "@/paraglide/messages";

/** The state of a closing in words. */
export function statusWord(status: string): string {
  switch (status) {
    case "proposed":
      return m.closing_status_proposed();
    case "confirmed":
      return m.closing_status_confirmed();
    case "signed":
      return m.closing_status_signed();
    case "refused":
      return m.closing_status_refused();
    case "reopened":
      return m.closing_status_reopened();
    default:
      return m.closing_status_none();
  }
}

/** Its shape; "your turn" is said only to those whose turn it is. */
export function statusMark(closing: Closing): Status {
  if (closing.restatement?.changed) return "restated";
  if (closing.status === "signed") return "fulfilled";
  if (closing.status === "refused" || closing.status === "reopened") return "not_fulfilled";
  return closing.next !== "" && closing.may.includes(closing.next) ? "your_turn" : "running";
}

/** What is due in the calendar, in words. */
export function dueWord(due: ClosingDue): string {
  switch (due.state) {
    case "overdue":
      return m.closing_due_overdue();
    case "due":
      return m.closing_due_due();
    case "done":
      return m.closing_due_done();
    default:
      return m.closing_due_coming();
  }
}

export function dueMark(due: ClosingDue): Status {
  return due.state === "overdue"
    ? "missed"
    : due.state === "due"
      ? "at_risk"
      : due.state === "done"
        ? "fulfilled"
        : "open";
}

/** What comes next, in words. */
export function nextWord(next: string): string {
  switch (next) {
    case "propose":
      return m.closing_next_propose();
    case "confirm":
      return m.closing_next_confirm();
    case "sign":
      return m.closing_next_sign();
    default:
      return "";
  }
}

/** How the frozen value is written: a level for a metric, a change with its sign for an effect. */
export function closingValue(closing: Closing, value: number | null): string {
  const scale = effectScale(closing, closing.value);
  if (value === null) return "–";
  if (closing.subject === "metric") return scale.text(value);
  const { text, unit } = scale.change(value);
  return unit ? `${text}\u00a0${unit}` : text;
}

/** What was closed, without the period that stands beside it in words. */
export function closingTitle(closing: Pick<Closing, "title" | "subject">): string {
  return closing.subject === "metric" ? closing.title.replace(/, [^,]+$/, "") : closing.title;
}

/** Where a closing leads: its effect, or its own page. */
export const closingHref = (id: string): string => `/abschluesse/${id}`;
