import type { Closing, ClosingDue } from "@/api/types/effect";
import type { LedgerClass, LedgerSpan } from "@/api/types/ledger";

export interface ProvenRow {
  class: LedgerClass["class"];
  unit: string;
  span: LedgerSpan;
}

const order: LedgerClass["class"][] = ["cash", "released_time", "avoided_cost", "other"];

/** The classes of which something was signed, one row for each unit. Nothing here adds two of them. */
export function provenRows(classes: readonly LedgerClass[]): ProvenRow[] {
  return classes
    .flatMap((one) =>
      one.confirmed && one.confirmed.middle !== null ? [{ class: one.class, unit: one.unit, span: one.confirmed }] : [],
    )
    .sort((a, b) => order.indexOf(a.class) - order.indexOf(b.class));
}

/** Where low, middle and high stand on a scale of 1000 that begins at zero and ends a little behind high. */
export function share(span: LedgerSpan): { low: number; middle: number; high: number } {
  const middle = span.middle ?? 0;
  const low = span.low ?? middle;
  const high = span.high ?? middle;
  const first = Math.min(0, low);
  const width = Math.max(0, high) * 1.15 - first;
  const at = (v: number): number => (width > 0 ? Math.round(((v - first) / width) * 1000) : 0);
  return { low: at(low), middle: at(middle), high: at(high) };
}

/** A closing that waits: for the reader, or for somebody. */
export interface Waiting {
  key: string;
  title: string;
  label: string;
  next: string;
  due: string;
  overdue: boolean;
  mine: boolean;
  link: string;
}

/** What is to be closed: the steps of the reader first, then what is overdue, then by day. */
export function waiting(calendar: readonly ClosingDue[], closings: readonly Closing[], proposes: boolean): Waiting[] {
  const mine = new Set(
    closings.filter((one) => one.next !== "" && one.may.includes(one.next as never)).map((one) => one.id),
  );
  const listed = new Set(calendar.map((due) => due.closing).filter(Boolean));
  const due = calendar
    .filter((one) => one.state === "due" || one.state === "overdue")
    .map((one) => ({
      key: [one.subject, one.metric, one.process, one.plan, one.from].join("|"),
      title: one.title,
      label: one.label,
      next: one.next,
      due: one.due,
      overdue: one.state === "overdue",
      mine: one.next === "propose" ? proposes : mine.has(one.closing),
      link: one.closing ? `/abschluesse/${one.closing}` : one.plan ? `/wirkung/${one.plan}` : "/abschluesse",
    }));
  const other = closings
    .filter((one) => !listed.has(one.id) && (one.status === "proposed" || one.status === "confirmed"))
    .map((one) => ({
      key: one.id,
      title: one.title,
      label: one.label,
      next: one.next,
      due: "",
      overdue: false,
      mine: mine.has(one.id),
      link: `/abschluesse/${one.id}`,
    }));
  const rank = (one: Waiting): number => (one.mine ? 0 : 2) + (one.overdue ? 0 : 1);
  return [...due, ...other].sort((a, b) => rank(a) - rank(b) || a.due.localeCompare(b.due));
}
