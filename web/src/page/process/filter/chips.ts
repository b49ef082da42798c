import type { ChainItem } from "@/api/types/process_detail";
import type { FilterChip } from "@/kit/FilterChips";
import { date } from "@/kit/format";
import type { CaseState, ProcessFilter } from "@/kit/url";
import { m } from "@/paraglide/messages";

/**
 * The chips of a filter in the order in which the server applies it: period, state, activities, variants,
 * attributes. Each chip takes the count that the chain names for its last condition.
 */
export function chipsOf(filter: ProcessFilter, chain: ChainItem[] | undefined): FilterChip[] {
  const left = new Map<string, number[]>();
  for (const item of chain ?? []) left.set(item.code, [...(left.get(item.code) ?? []), item.cases]);
  const take = (code: string) => left.get(code)?.shift();
  const chips: FilterChip[] = [];
  if (filter.from || filter.to) {
    const first = filter.from ? take("from") : undefined;
    const second = filter.to ? take("to") : undefined;
    chips.push({ id: "period", label: periodText(filter.from, filter.to), count: second ?? first });
  }
  if (filter.state !== "all") chips.push({ id: "state", label: stateText(filter.state), count: take("state") });
  for (const name of filter.activity) {
    chips.push({ id: `activity ${name}`, label: m.process_filter_with({ name }), count: take("activity") });
  }
  for (const name of filter.not_activity) {
    chips.push({ id: `not_activity ${name}`, label: m.process_filter_without({ name }), count: take("not_activity") });
  }
  if (filter.variant.length > 0) {
    chips.push({
      id: "variant",
      label: m.process_filter_variants({ n: filter.variant.length }),
      count: take("variant"),
    });
  }
  for (const field of fieldsOf(filter.attr)) {
    const values = filter.attr
      .filter((a) => a.startsWith(`${field}=`))
      .map((a) => a.slice(field.length + 1) || m.process_filter_empty());
    chips.push({ id: `attr ${field}`, label: `${field}: ${values.join(", ")}`, count: take("attr") });
  }
  return chips;
}

/** "Nur abgeschlossene", "Nur offene". */
export function stateText(state: CaseState): string {
  if (state === "all") return m.process_filter_all();
  return state === "open" ? m.process_filter_open() : m.process_filter_complete();
}

/** Attribute names in the order of their first value. */
function fieldsOf(attr: string[]): string[] {
  return [...new Set(attr.map((a) => a.slice(0, Math.max(0, a.indexOf("=")))))].filter(Boolean);
}

/** "Letztes Ereignis 01.11.2025 bis 31.10.2026"; to is the day after the last. */
export function periodText(from: string, to: string): string {
  const last = to ? dayBefore(to) : "";
  if (from && last) return m.process_filter_period({ from: date(from), to: date(last) });
  return from ? m.process_filter_from({ from: date(from) }) : m.process_filter_to({ to: date(last) });
}

/** The day before a day YYYY-MM-DD. */
export function dayBefore(day: string): string {
  return shift(day, -1);
}

/** The day after a day YYYY-MM-DD. */
export function dayAfter(day: string): string {
  return shift(day, 1);
}

function shift(day: string, days: number): string {
  const d = new Date(`${day}T00:00:00Z`);
  d.setUTCDate(d.getUTCDate() + days);
  return d.toISOString().slice(0, 10);
}

/** The filter without one chip. */
export function without(filter: ProcessFilter, id: string): Partial<ProcessFilter> {
  const space = id.indexOf(" ");
  const kind = space < 0 ? id : id.slice(0, space);
  const name = space < 0 ? "" : id.slice(space + 1);
  switch (kind) {
    case "period":
      return { from: "", to: "" };
    case "state":
      return { state: "all" };
    case "activity":
      return { activity: filter.activity.filter((a) => a !== name) };
    case "not_activity":
      return { not_activity: filter.not_activity.filter((a) => a !== name) };
    case "variant":
      return { variant: [] };
    default:
      return { attr: filter.attr.filter((a) => !a.startsWith(`${name}=`)) };
  }
}
