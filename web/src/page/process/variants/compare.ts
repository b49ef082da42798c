import type { DfgEdge } from "@/api/types/process";
import type { Variant } from "@/api/types/process_detail";

/** One stretch of a variant on the time axis: the way to a step, in seconds. */
export interface Stretch {
  to: string;
  section: string;
  start: number;
  seconds: number;
}

/**
 * The steps of a variant on one time axis. Each stretch is the median from step
 * to step; their sum is set to the median of the whole case, because medians of
 * parts do not add up to the median of the whole.
 */
export function stretches(variant: Variant, edges: DfgEdge[]): Stretch[] {
  const median = new Map(
    edges.map((e) => [`${e.from}\u0001${e.to}`, e.median_elapsed_seconds ?? e.median_seconds ?? 0]),
  );
  const raw = variant.activities
    .slice(1)
    .map((to, i) => Math.max(0, median.get(`${variant.activities[i]}\u0001${to}`) ?? 0));
  const sum = raw.reduce((a, b) => a + b, 0);
  const factor = sum > 0 ? variant.median_seconds / sum : 0;
  let start = 0;
  return raw.map((seconds, i) => {
    const stretch = {
      to: variant.activities[i + 1] as string,
      section: variant.sections?.[i + 1] ?? "",
      start,
      seconds: seconds * factor,
    };
    start += stretch.seconds;
    return stretch;
  });
}

/** Steps that the second has beyond the first, with how often; order as in the second. */
export function added(first: Variant, second: Variant): { name: string; times: number }[] {
  const count = (list: string[]) => {
    const out = new Map<string, number>();
    for (const name of list) out.set(name, (out.get(name) ?? 0) + 1);
    return out;
  };
  const before = count(first.activities);
  return [...count(second.activities)]
    .map(([name, n]) => ({ name, times: n - (before.get(name) ?? 0) }))
    .filter((x) => x.times > 0);
}

/** Running sums of shares, so that each row knows what it and those before it explain. */
export function runningShare(variants: Variant[], before = 0): number[] {
  let sum = before;
  return variants.map((v) => {
    sum += v.share;
    return Math.min(1, sum);
  });
}

/** About five ticks of a time axis in seconds, at round numbers of hours or days. */
export function axisTicks(longest: number): { at: number; unit: "h" | "d" }[] {
  const unit = longest >= 2 * 86400 ? "d" : "h";
  const per = unit === "d" ? 86400 : 3600;
  const whole = Math.max(longest / per, 1e-6);
  const power = 10 ** Math.floor(Math.log10(whole / 5));
  const step = ([1, 2, 5, 10].find((s) => whole / (s * power) <= 8) ?? 10) * power;
  const out = [];
  for (let v = 0; v <= whole * 1.001; v += step) out.push({ at: v * per, unit } as const);
  return out;
}
