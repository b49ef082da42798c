import { getLocale } from "@/paraglide/runtime";

/**
 * Reads a number as the language writes it: 1.234,5 in German, 1,234.5 in English. Group marks may be left out; where
 * they stand they part three digits, so that 1.5 is never taken for fifteen. null when it is no number.
 */
export function parseNumber(text: string): number | null {
  const [group, point] = getLocale() === "en" ? [",", "."] : [".", ","];
  const plain = text
    .trim()
    .replace("\u2212", "-")
    .replace(/[\s\u00A0\u202F]/g, "");
  const form = new RegExp(`^-?(\\d+|\\d{1,3}(\\${group}\\d{3})+)?(\\${point}\\d+)?$`);
  if (!/\d/.test(plain) || !form.test(plain)) return null;
  return Number(plain.replaceAll(group, "").replace(point, "."));
}

/** Multiplies in decimal, so that 0.07 × 100 is 7. */
export function scaled(value: number, by: number): number {
  return Number((value * by).toPrecision(15));
}
