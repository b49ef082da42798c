import type { MetricUnit } from "@/api/types/metric";
import {
  currencySign,
  type DurationUnit,
  durationUnit,
  num,
  percentSign,
  type Quantity,
  short,
  signed,
  unitWord,
} from "@/kit/format";
import { m } from "@/paraglide/messages";

/** How the values of one metric are written: one unit and one number of decimals for the whole page. */
export interface MetricScale {
  value: (v: number | null | undefined) => Quantity;
  text: (v: number | null | undefined) => string;
  /** The number alone, for axes and interval ends. */
  bare: (v: number | null | undefined) => string;
  /** A change with its sign and unit; shares change in points. */
  change: (v: number | null | undefined) => Quantity;
  /** What turns a value into the unit shown. */
  factor: number;
  /** The unit in words for chart titles; empty for counts. */
  unit: string;
}

const PER: Record<DurationUnit, number> = { s: 1, min: 60, h: 3600, d: 86400 };

/** Chooses unit and decimals by the size of a typical value. */
export function metricScale(unit: MetricUnit, currency: string | null, typical: number | null): MetricScale {
  const size = Math.abs(typical ?? 0);
  switch (unit) {
    case "seconds": {
      const word = durationUnit(size || 86400);
      const decimals = word === "d" || (word === "h" && size / 3600 < 100) ? 1 : 0;
      return make(1 / PER[word], decimals, unitWord(word), unitWord(word));
    }
    case "share":
      return make(100, 1, percentSign().trim(), m.metric_unit_points());
    case "money": {
      const sign = currencySign(currency ?? "EUR");
      if (size >= 999_500)
        return make(1e-6, 1, m.kit_unit_million({ currency: sign }), m.kit_unit_million({ currency: sign }));
      if (size >= 9_950)
        return make(1e-3, 1, m.kit_unit_thousand({ currency: sign }), m.kit_unit_thousand({ currency: sign }));
      return make(1, 2, sign, sign);
    }
    case "count":
      return make(1, 0, "", "");
    default:
      return make(1, 1, "", "");
  }
}

function make(factor: number, decimals: number, unit: string, changeUnit: string): MetricScale {
  const known = (v: number | null | undefined): v is number => v !== null && v !== undefined && Number.isFinite(v);
  const number = (v: number | null | undefined) => (known(v) ? num(v * factor, decimals) : "–");
  const glue = unit === percentSign().trim() ? percentSign().replace(unit, "") : "\u00a0";
  return {
    value: (v) => ({ text: number(v), unit: known(v) ? unit : "" }),
    text: (v) => (known(v) && unit ? `${number(v)}${glue}${unit}` : number(v)),
    bare: (v) => (known(v) ? num(v * factor, decimals) : "–"),
    change: (v) => ({ text: known(v) ? signed(v * factor, decimals) : "–", unit: known(v) ? changeUnit : "" }),
    factor,
    unit,
  };
}

/** A number already in the unit shown, with as many decimals as it needs, at most two. */
export function axisNumber(v: number): string {
  return short(v, Math.abs(v) >= 100 ? 0 : Math.abs(v) >= 10 ? 1 : 2);
}
