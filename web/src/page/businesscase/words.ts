import type { Assessed, InputName, Origin } from "@/api/types/business_case";
import { moneyText, num, percent } from "@/kit/format";
import { m } from "@/paraglide/messages";
import type { InputPlace } from "./lines";

/** Reads amounts of an assessment: minor units become the currency that people see. */
export function amounts(a: Assessed): { major: (minor: number) => number; text: (minor: number) => string } {
  const { decimals, currency } = a.assessment.result;
  const major = (minor: number): number => minor / 10 ** decimals;
  return { major, text: (minor) => moneyText(major(minor), currency) };
}

/** The answer in one sentence. */
export function headline(a: Assessed): string {
  const { text } = amounts(a);
  if (a.assessment.tornado.bars.length === 0) return m.businesscase_headline_certain({ value: text(a.npv_low) });
  return m.businesscase_headline({
    low: text(a.npv_low),
    high: text(a.npv_high),
    share: percent(a.assessment.simulation.cash.probability_positive, 0),
  });
}

export function originWord(origin: string): string {
  const words: Record<Origin, () => string> = {
    measured: m.businesscase_origin_measured,
    quoted: m.businesscase_origin_quoted,
    estimated: m.businesscase_origin_estimated,
    guessed: m.businesscase_origin_guessed,
  };
  return words[origin as Origin]?.() ?? origin;
}

/** How an input is written: rates and shares in percent, money with its currency, everything else as a number. */
export function inputScale(input: Pick<InputName, "unit" | "of">, currency: string): { factor: number; unit: string } {
  switch (input.unit) {
    case "rate":
    case "share":
      return { factor: 0.01, unit: "%" };
    case "money":
      return { factor: 1, unit: currency };
    case "months":
      return { factor: 1, unit: m.businesscase_months() };
    default:
      return { factor: 1, unit: input.of ?? "" };
  }
}

/** An input in one text: "18 bis 30, wahrscheinlich 25". */
export function inputText(input: InputName, currency: string): string {
  const { factor, unit } = inputScale(input, currency);
  const one = (v: number): string => num(v / factor, 2).replace(/[.,]00$/, "");
  const range = input.input.range;
  const text = range ? `${one(range.min)} – ${one(range.max)}` : one(input.input.value ?? 0);
  return unit ? `${text}\u00a0${unit}` : text;
}

/** What an input of a line is called. */
export function placeWord(place: InputPlace): string {
  const words: Record<InputPlace, () => string> = {
    amount: m.businesscase_place_amount,
    days: m.businesscase_place_days,
    price: m.businesscase_place_price,
    users: m.businesscase_place_users,
    share: m.businesscase_place_share,
    cap: m.businesscase_place_cap,
    quantity: m.businesscase_place_quantity,
    "ramp.months": m.businesscase_place_ramp,
    day_rate: m.businesscase_place_rate,
  };
  return words[place]();
}

export function scenarioWord(name: string): string {
  if (name === "pessimistic") return m.businesscase_scenario_pessimistic();
  if (name === "likely") return m.businesscase_scenario_likely();
  if (name === "optimistic") return m.businesscase_scenario_optimistic();
  return name;
}

/** Months until payback in words. */
export function paybackText(months: number | null): string {
  return months === null ? m.businesscase_payback_none() : `${num(months)}\u00a0${m.businesscase_months()}`;
}
