/** A change against another period with its 95 % interval, in the metric's unit; the interval may be unknown. */
export interface Change {
  value: number;
  low: number | null;
  high: number | null;
  /** False where the two periods are no secure comparison, whatever the interval says. */
  secured?: boolean;
}

/** True when the interval holds zero or the periods cannot be compared, false when it does not, null without an interval. */
export function unsecured(change: Change): boolean | null {
  if (change.secured === false) return true;
  if (change.low === null || change.high === null) return null;
  return change.low <= 0 && change.high >= 0;
}

/** Half width of the shared scale of changes in one unit: the largest end, at least a hair. */
export function changeScale(changes: Change[]): number {
  const ends = changes.flatMap((c) => [c.value, c.low ?? c.value, c.high ?? c.value]).map(Math.abs);
  return Math.max(1e-9, ...ends.filter(Number.isFinite));
}

export interface WhiskerShape {
  zero: number;
  dot: number;
  low: number | null;
  high: number | null;
}

/** Places on a line of the given width, zero in the middle; ends beyond the scale are held at the border. */
export function whiskerShape(change: Change, scale: number, width: number): WhiskerShape {
  const pad = 6;
  const x = (v: number) => width / 2 + Math.max(-1, Math.min(1, v / scale)) * (width / 2 - pad);
  return {
    zero: width / 2,
    dot: x(change.value),
    low: change.low === null ? null : x(change.low),
    high: change.high === null ? null : x(change.high),
  };
}
