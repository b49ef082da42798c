const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;

/** Limits a person would choose, in seconds. */
const NICE = [
  1,
  2,
  5,
  10,
  30,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  3 * DAY,
  5 * DAY,
  7 * DAY,
  10 * DAY,
  15 * DAY,
  21 * DAY,
  30 * DAY,
  60 * DAY,
  90 * DAY,
  180 * DAY,
  365 * DAY,
  730 * DAY,
];

/**
 * Four ascending limits that part the durations (seconds) into five classes,
 * each near a fifth of the paths and each a number people say.
 */
export function durationLimits(seconds: (number | null)[]): number[] {
  const known = seconds.filter((s): s is number => s !== null && Number.isFinite(s)).sort((a, b) => a - b);
  if (known.length === 0) return [HOUR, DAY, 7 * DAY, 15 * DAY];
  const limits: number[] = [];
  for (const share of [0.2, 0.4, 0.6, 0.8]) {
    const goal = Math.max(1, known[Math.min(known.length - 1, Math.floor(share * known.length))] as number);
    let at = nearest(goal);
    while (limits.length > 0 && (NICE[at] as number) <= (limits[limits.length - 1] as number)) at += 1;
    limits.push(NICE[at] ?? (limits[limits.length - 1] as number) * 2);
  }
  return limits;
}

function nearest(goal: number): number {
  let best = 0;
  for (let i = 0; i < NICE.length; i++) {
    if (Math.abs(Math.log((NICE[i] as number) / goal)) < Math.abs(Math.log((NICE[best] as number) / goal))) best = i;
  }
  return Math.min(best, NICE.length - 5);
}

/** Class 1 (short) to 5 (long) of a duration; null when it is unknown. */
export function durationClass(seconds: number | null, limits: number[]): 1 | 2 | 3 | 4 | 5 | null {
  if (seconds === null) return null;
  const above = limits.filter((l) => seconds >= l).length;
  return (above + 1) as 1 | 2 | 3 | 4 | 5;
}

/** Up to three counts for the width legend: rounded steps at most the largest count. */
export function widthSteps(most: number): number[] {
  if (most < 1) return [];
  const lead = (n: number) => {
    const power = 10 ** Math.floor(Math.log10(n));
    const digit = [1, 2, 4, 5].filter((d) => d * power <= n).pop() ?? 1;
    return digit * power;
  };
  const steps = [lead(most), lead(Math.max(1, most * 0.4)), lead(Math.max(1, most * 0.1))];
  return [...new Set(steps)];
}
