import type { EffectItem, Worth } from "@/api/types/effect";
import type { MetricUnit } from "@/api/types/metric";
import type { Status } from "@/kit";
import { durationText, int, moneyText, num } from "@/kit/format";
import { type MetricScale, metricScale } from "@/page/metric/scale";
import { m } from "@/paraglide/messages";

const nbsp = "\u00a0";

/** How the numbers of an effect are written: one unit for the whole page, chosen by the size of the metric. */
export function effectScale(item: Pick<EffectItem, "unit" | "currency">, typical: number | null): MetricScale {
  return metricScale(item.unit as MetricUnit, item.currency, typical);
}

/** A change with its sign and unit: "−2,6 Tage". */
export function changeText(scale: MetricScale, value: number | null): string {
  const { text, unit } = scale.change(value);
  return unit ? `${text}${nbsp}${unit}` : text;
}

/** A change without its sign: "2,6 Tage". */
export function sizeText(scale: MetricScale, value: number): string {
  const { text, unit } = scale.change(Math.abs(value));
  const bare = text.replace(/^\+/, "");
  return unit ? `${bare}${nbsp}${unit}` : bare;
}

/** The band that does not matter, in a finer unit where it would be written as zero; empty without a band. */
export function bandText(item: Pick<EffectItem, "unit" | "currency">, scale: MetricScale, band: number): string {
  const texts = [scale, effectScale(item, band)].map((one) => sizeText(one, band));
  const text = texts.find((one) => /[1-9]/.test(one));
  return text ? `±${text}` : "";
}

/** How much a period resembles the one before, in words. */
export function rhoText(rho: number): string {
  const size = Math.abs(rho);
  const word = size < 0.2 ? m.effect_rho_little : size < 0.5 ? m.effect_rho_some : m.effect_rho_much;
  return word({ rho: num(rho, 2) });
}

/** What an effect is worth a year, in the unit of its class alone. */
export function worthText(value: number | null, unit: string): string {
  if (value === null) return "–";
  if (/^[A-Z]{3}$/.test(unit)) return moneyText(value, unit);
  if (unit === "seconds") return durationText(value);
  if (unit === "share") return m.effect_points({ n: num(value * 100) });
  if (unit === "count" || unit === "number") return num(value);
  if (unit === "h") return m.effect_hours({ n: int(value) });
  return unit ? `${num(value)}${nbsp}${unit}` : num(value);
}

/** Several amounts of one benefit in one unit, chosen by the largest of them. */
export function worthWriter(unit: string, typical: number) {
  const scale = /^[A-Z]{3}$/.test(unit) ? metricScale("money", unit, typical) : null;
  const bare = (v: number | null): string => (v === null ? "–" : unit === "h" ? int(v) : num(v));
  if (scale) return { bare: scale.bare, text: scale.text };
  if (unit === "seconds" || unit === "share")
    return { bare: (v: number | null) => worthText(v, unit), text: (v: number | null) => worthText(v, unit) };
  return { bare, text: (v: number | null) => worthText(v, unit) };
}

/** The benefit class in words. */
export function className(benefit: string): string {
  switch (benefit) {
    case "cash":
      return m.effect_class_cash();
    case "avoided_cost":
      return m.effect_class_avoided_cost();
    case "released_time":
      return m.effect_class_released_time();
    default:
      return m.effect_class_other();
  }
}

/** Whether a worth says anything. */
export const worthKnown = (worth: Worth): boolean => worth.middle !== null;

/** How an effect was planned, in words. */
export function planned(item: string | null): string {
  switch (item) {
    case "planned":
      return m.effect_planned();
    case "retrospective":
      return m.effect_retrospective();
    case "exploratory":
      return m.effect_exploratory();
    default:
      return m.effect_unsigned();
  }
}

/** Why it is of that class. */
export function plannedWhy(reason: string | null): string {
  switch (reason) {
    case "before_start":
      return m.effect_why_before_start();
    case "later_by_clock":
      return m.effect_why_later_by_clock();
    case "facts_withdrawn":
      return m.effect_why_facts_withdrawn();
    case "facts_known":
      return m.effect_why_facts_known();
    default:
      return "";
  }
}

/** The shape of a verdict; an effect that is not measured yet is running. */
export function verdictStatus(verdict: string | null): Status {
  return verdict === "belegt" ? "proven" : verdict === null ? "running" : "not_provable";
}

/** The verdict in the language of the page. */
export function verdictWord(verdict: string | null): string {
  switch (verdict) {
    case "belegt":
      return m.effect_verdict_proven();
    case "kein Hinweis":
      return m.effect_verdict_no_sign();
    case "nicht belegbar":
      return m.effect_verdict_not_provable();
    default:
      return m.effect_verdict_none();
  }
}

/** The answer of the page as a sentence. */
export function headline(item: EffectItem, scale: MetricScale): string {
  const names = { initiative: item.initiative_title || item.title, metric: item.metric_title };
  if (item.verdict === null || item.verdict === undefined) return m.effect_headline_none(names);
  if (item.verdict === "kein Hinweis") return m.effect_headline_no_sign(names);
  if (item.verdict !== "belegt" || item.estimate === null) return m.effect_headline_not_provable(names);
  const size = sizeText(scale, item.estimate);
  const sentence = item.estimate < 0 ? m.effect_headline_down : m.effect_headline_up;
  return sentence({ ...names, size }).replace(/\.\.$/, "."); // "Std." has a full stop of its own
}

/** What a period of the plan is called, in the plural. */
export function periodsWord(grain: string): string {
  switch (grain) {
    case "day":
      return m.effect_days();
    case "week":
      return m.effect_weeks();
    case "quarter":
      return m.effect_quarters();
    default:
      return m.effect_months();
  }
}

/** Whether a benefit is counted in the unit of its metric, so that a price says nothing. */
export const ownUnit = (unit: string): boolean => ["seconds", "share", "count", "number"].includes(unit);
