// Days as whole numbers since 1970, which is what a time line counts in.

const day = 86_400_000;

/** The number of a day "2027-07-01". */
export function dayNumber(iso: string): number {
  return Date.parse(`${iso}T00:00:00Z`) / day;
}

/** The day of a number. */
export function isoDay(n: number): string {
  return new Date(n * day).toISOString().slice(0, 10);
}

/** A day some months later, on the last day of the month where it has no such day. */
export function addMonths(iso: string, months: number): string {
  const at = new Date(`${iso}T00:00:00Z`);
  const first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(at.getUTCDate(), last)))
    .toISOString()
    .slice(0, 10);
}

export interface Quarter {
  year: number;
  /** 1 to 4. */
  n: number;
  /** First day and day after the last, as numbers. */
  from: number;
  to: number;
}

/** The quarter that a day lies in. */
export function quarterOf(iso: string): Quarter {
  const [year, month] = iso.split("-").map(Number) as [number, number];
  const first = Math.floor((month - 1) / 3) * 3;
  return {
    year,
    n: first / 3 + 1,
    from: Date.UTC(year, first, 1) / day,
    to: Date.UTC(year, first + 3, 1) / day,
  };
}

/** The quarters that begin before to and end after from. */
export function quarters(from: string, to: string): Quarter[] {
  const out: Quarter[] = [];
  for (let at = quarterOf(from); at.from < dayNumber(to); at = quarterOf(isoDay(at.to))) out.push(at);
  return out;
}
