import { m } from "@/paraglide/messages";
import { getLocale } from "@/paraglide/runtime";

// Numbers, times and money in the wording of the design: true minus, narrow no-break space before %, one decimal unless
// the unit wants none, 24.11.2026, 06:00. All functions follow the language of the app and the zone of the instance.

const narrow = "\u202F";
const nbsp = "\u00A0";
const minus = "\u2212";
const dash = "–";

let zone = "Europe/Berlin";

/** Sets the zone in which instants are shown; it is a setting of the instance. */
export function setZone(name: string): void {
  try {
    new Intl.DateTimeFormat("de", { timeZone: name });
    zone = name;
  } catch {
    zone = "Europe/Berlin";
  }
}

function tag(): string {
  return getLocale() === "en" ? "en-GB" : "de-DE";
}

const numberFormats = new Map<string, Intl.NumberFormat>();

function numberFormat(min: number, max: number): Intl.NumberFormat {
  const key = `${tag()} ${min} ${max}`;
  let format = numberFormats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(tag(), { minimumFractionDigits: min, maximumFractionDigits: max });
    numberFormats.set(key, format);
  }
  return format;
}

type Maybe = number | null | undefined;

function known(value: Maybe): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

/** A number with a fixed count of decimals: 1.234,5. Unknown is an en dash. */
export function num(value: Maybe, decimals = 1): string {
  if (!known(value)) return dash;
  const text = numberFormat(decimals, decimals).format(value).replace("-", minus);
  return /[1-9]/.test(text) ? text : text.replace(minus, "");
}

/** A whole number: 1.234. */
export function int(value: Maybe): string {
  return num(value, 0);
}

/** A number with as many decimals as it has, at most max. */
export function short(value: Maybe, max = 2): string {
  return known(value) ? numberFormat(0, max).format(value).replace("-", minus) : dash;
}

/** A number with its sign always shown: +0,3. */
export function signed(value: Maybe, decimals = 1): string {
  if (!known(value)) return dash;
  const text = num(value, decimals);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A share between 0 and 1 as percent: 34,2 % in German, 34.2% in English. */
export function percent(share: Maybe, decimals = 1): string {
  if (!known(share)) return dash;
  return `${num(share * 100, decimals)}${percentSign()}`;
}

/** The percent sign with the space that the language puts before it. */
export function percentSign(): string {
  return getLocale() === "en" ? "%" : `${narrow}%`;
}

/** "−3,4 bis −1,7". */
export function range(low: Maybe, high: Maybe, format: (value: number) => string = (v) => num(v)): string {
  if (!known(low) || !known(high)) return dash;
  return m.kit_range({ low: format(low), high: format(high) });
}

/** A number beside its unit, so that the unit can be set smaller. */
export interface Quantity {
  text: string;
  unit: string;
}

export type DurationUnit = "s" | "min" | "h" | "d";

const perUnit: Record<DurationUnit, number> = { s: 1, min: 60, h: 3600, d: 86400 };

/** The unit in which a person would say a duration: seconds, minutes, hours under two days, then days. */
export function durationUnit(seconds: number): DurationUnit {
  const size = Math.abs(seconds);
  if (size < 90) return "s";
  if (size < 90 * 60) return "min";
  if (size < 48 * 3600) return "h";
  return "d";
}

/** The word of a duration unit: Sek., Min., Std., Tage. */
export function unitWord(unit: DurationUnit): string {
  switch (unit) {
    case "s":
      return m.kit_unit_s();
    case "min":
      return m.kit_unit_min();
    case "h":
      return m.kit_unit_h();
    default:
      return m.kit_unit_d();
  }
}

/** A duration as number and unit: 12,4 Tage, 22 Std. Hours from ten on, minutes and seconds have no decimals. */
export function duration(seconds: Maybe, unit?: DurationUnit): Quantity {
  if (!known(seconds)) return { text: dash, unit: "" };
  const chosen = unit ?? durationUnit(seconds);
  const value = seconds / perUnit[chosen];
  const decimals = chosen === "d" || (chosen === "h" && Math.abs(value) < 10) ? 1 : 0;
  const text = num(value, decimals);
  const word = chosen === "d" && text === num(1, 1) ? m.kit_unit_d_one() : unitWord(chosen);
  return { text, unit: word };
}

/** A duration in one text: "12,4 Tage". */
export function durationText(seconds: Maybe, unit?: DurationUnit): string {
  const { text, unit: word } = duration(seconds, unit);
  return word ? `${text}${nbsp}${word}` : text;
}

/** A duration for narrow places: "12,4 T.", "22 Std.". */
export function durationShort(seconds: Maybe): string {
  if (!known(seconds)) return dash;
  const unit = durationUnit(seconds);
  const { text } = duration(seconds, unit);
  return `${text}${nbsp}${unit === "d" ? m.kit_unit_d_short() : unitWord(unit)}`;
}

/** How old something is, in whole words: "5 Stunden", "3 Tage". */
export function age(seconds: Maybe): string {
  if (!known(seconds)) return dash;
  const size = Math.max(0, seconds);
  if (size < 3600) return m.kit_age_minutes({ n: int(Math.max(1, size / 60)) });
  if (size < 48 * 3600) return m.kit_age_hours({ n: int(size / 3600) });
  return m.kit_age_days({ n: int(size / 86400) });
}

/** An amount of money: 318,00 €, from 10.000 on 142 T€, from 10 million on 1,2 Mio. €. */
export function money(amount: Maybe, currency = "EUR"): Quantity {
  if (!known(amount)) return { text: dash, unit: "" };
  const sign = currencySign(currency);
  const size = Math.abs(amount);
  if (size >= 999_500) return { text: num(amount / 1e6, 1), unit: m.kit_unit_million({ currency: sign }) };
  if (size >= 9_950)
    return { text: num(amount / 1e3, size < 99_500 ? 1 : 0), unit: m.kit_unit_thousand({ currency: sign }) };
  return { text: num(amount, size < 1000 ? 2 : 0), unit: sign };
}

/** An amount of money in one text. */
export function moneyText(amount: Maybe, currency = "EUR"): string {
  const { text, unit } = money(amount, currency);
  return unit ? `${text}${nbsp}${unit}` : text;
}

/** € for EUR, otherwise the code itself. */
export function currencySign(currency: string): string {
  return currency === "EUR" ? "€" : currency === "GBP" ? "£" : currency === "USD" ? "$" : currency;
}

/** A size in bytes: 31,4 MB. */
export function bytes(size: Maybe): string {
  if (!known(size)) return dash;
  const units = ["Byte", "kB", "MB", "GB", "TB"];
  let value = size;
  let step = 0;
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1000;
    step++;
  }
  return `${num(value, step === 0 || value >= 99.5 ? 0 : 1)}${nbsp}${units[step]}`;
}

type Instant = string | number | Date | null | undefined;

function parse(value: Instant): Date | null {
  if (value === null || value === undefined || value === "") return null;
  const parsed = new Date(value);
  return Number.isNaN(parsed.getTime()) ? null : parsed;
}

const plainDate = /^(\d{4})-(\d{2})-(\d{2})$/;

function format(value: Instant, options: Intl.DateTimeFormatOptions): string {
  // A plain date has no zone: it is shown as written.
  const plain = typeof value === "string" && plainDate.test(value);
  const parsed = parse(plain ? `${value}T00:00:00Z` : value);
  if (!parsed) return dash;
  return new Intl.DateTimeFormat(tag(), { timeZone: plain ? "UTC" : zone, ...options }).format(parsed);
}

/** 24.11.2026, in English 24/11/2026. */
export function date(value: Instant): string {
  return format(value, { day: "2-digit", month: "2-digit", year: "numeric" });
}

/** 24.11.2026, 06:00. */
export function dateTime(value: Instant): string {
  return format(value, { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" });
}

/** 2026-11-24T06:00:00 in the zone of the instance, for files. */
export function localIso(value: Instant): string {
  const parsed = parse(value);
  if (!parsed) return "";
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" })
    .format(parsed)
    .replace(" ", "T");
}

/** 06:00. */
export function time(value: Instant): string {
  return format(value, { hour: "2-digit", minute: "2-digit" });
}

/** Oktober 2026. */
export function month(value: Instant): string {
  return format(value, { month: "long", year: "numeric" });
}

/** 10/2026. */
export function monthShort(value: Instant): string {
  return format(value, { month: "2-digit", year: "numeric" }).replace(".", "/");
}

/** An interval of months as in "10/2025 bis 09/2026"; to is the first day after it. */
export function months(from: string, to: string): string {
  const last = parse(`${to}T00:00:00Z`);
  if (!last) return dash;
  last.setUTCDate(last.getUTCDate() - 1);
  return m.kit_range({ low: monthShort(from), high: monthShort(last.toISOString().slice(0, 10)) });
}

/**
 * A value in the unit that the server names: seconds, share, a currency, or a count of things. The unit of a share is
 * the percent sign.
 */
export function quantity(value: Maybe, unit: string, currency?: string | null): Quantity {
  if (!known(value)) return { text: dash, unit: "" };
  switch (unit) {
    case "seconds":
    case "duration":
      return duration(value);
    case "share":
    case "percent":
      return { text: num(value * 100, 1), unit: percentSign().trim() };
    case "currency":
    case "money":
      return money(value, currency ?? "EUR");
    case "number":
      return { text: num(value, 1), unit: "" };
    case "count":
    case "":
      return { text: int(value), unit: "" };
    default:
      return { text: num(value, 1), unit };
  }
}

const people = new Map<string, string>();

/** Remembers how people are called; an address belongs to one person. */
export function learnPeople(list: readonly { email: string; name: string }[]): void {
  for (const one of list) if (one.email && one.name) people.set(one.email.toLowerCase(), one.name);
}

/** Who did something: the name behind the address of an account as far as it is known, or the operator. */
export function personName(by: string): string {
  return by === "cli" ? m.kit_operator() : (people.get(by.toLowerCase()) ?? by);
}
