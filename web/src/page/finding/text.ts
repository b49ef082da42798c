import type { Finding } from "@/api/types/finding";
import { currencySign, int, moneyText, num, range, short } from "@/kit/format";
import { tableTitle } from "@/page/data/fields";
import { m } from "@/paraglide/messages";

/** The address of a finding. */
export function findingHref(id: string): string {
  return `/befunde/${encodeURIComponent(id)}`;
}

/** What a finding is about: its process, or the table of the company. */
export function aboutText(finding: Pick<Finding, "process" | "table">): string {
  return finding.process || tableTitle(finding.table);
}

/** The word of a unit of size. Lead time and work are never the same unit. */
export function unitText(unit: string, currency = "EUR"): string {
  switch (unit) {
    case "lead_time_hours_per_year":
      return m.finding_unit_lead();
    case "working_hours_per_year":
      return m.finding_unit_work();
    case "currency_per_year":
      return m.finding_unit_money({ currency: currencySign(currency) });
    default:
      return m.finding_unit_cases();
  }
}

/** The unit for a column whose head says that sizes are a year. */
export function unitShort(unit: string, currency = "EUR"): string {
  switch (unit) {
    case "lead_time_hours_per_year":
      return m.finding_short_lead();
    case "working_hours_per_year":
      return m.finding_short_work();
    case "currency_per_year":
      return currencySign(currency);
    default:
      return m.finding_short_cases();
  }
}

/** A number of a size: whole from ten on, otherwise with one decimal. */
function sizeNumber(v: number): string {
  return Math.abs(v) >= 10 ? int(v) : short(v, 1);
}

/** "780 bis 1.420 Arbeitsstunden im Jahr", or the value alone where there is no range. */
export function sizeText(finding: Pick<Finding, "size">): string {
  const { value, low, high, unit, currency } = finding.size;
  const amount =
    low !== null && high !== null && low !== high
      ? range(low, high, sizeNumber)
      : value === null
        ? "–"
        : sizeNumber(value);
  return `${amount} ${unitText(unit, currency || "EUR")}`;
}

/** "12 bis 30 T€ im Jahr", or null when nobody knows. */
export function eurosText(finding: Pick<Finding, "euros">): string | null {
  const range = eurosRange(finding);
  return range && m.finding_euros({ range });
}

/** "12 bis 30 T€", for a column whose head says that it is a year. */
export function eurosRange(finding: Pick<Finding, "euros">): string | null {
  const e = finding.euros;
  return e && m.kit_range({ low: plain(e.low, e), high: moneyText(e.high, e.currency) });
}

/** The low end in the unit of the high end, without repeating the unit. */
function plain(value: number, e: { high: number }): string {
  if (Math.abs(e.high) >= 999_500) return num(value / 1e6, 1);
  if (Math.abs(e.high) >= 9_950) return num(value / 1e3, Math.abs(e.high) < 99_500 ? 1 : 0);
  return num(value, Math.abs(e.high) < 1000 ? 2 : 0);
}

/** The word of a kind. */
export function kindText(kind: string): string {
  switch (kind) {
    case "rework":
      return m.finding_kind_rework();
    case "waiting":
      return m.finding_kind_waiting();
    case "variants":
      return m.finding_kind_variants();
    case "ping_pong":
      return m.finding_kind_ping_pong();
    case "missing_response":
      return m.finding_kind_missing_response();
    case "slow_tickets":
      return m.finding_kind_slow_tickets();
    case "returns":
      return m.finding_kind_returns();
    default:
      return kind;
  }
}

/** The word of a state. */
export function stateText(state: string): string {
  return state === "new"
    ? m.finding_state_new()
    : state === "open"
      ? m.finding_state_open()
      : m.finding_state_dismissed();
}
