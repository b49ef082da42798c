/** Reads a day as a person writes it: 24.11.2026, 24/11/2026, 2026-11-24, also 11/2026 or 2026 (its first or last day). */
export function readDay(text: string, edge: "first" | "last"): string | null {
  const t = text.trim();
  let m = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(t);
  if (m) return valid(Number(m[1]), Number(m[2]), Number(m[3]));
  m = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(t);
  if (m) return valid(Number(m[3]), Number(m[2]), Number(m[1]));
  m = /^(\d{1,2})[./](\d{4})$/.exec(t);
  if (m) return border(Number(m[2]), Number(m[1]), edge);
  m = /^(\d{4})$/.exec(t);
  if (m) return edge === "first" ? valid(Number(m[1]), 1, 1) : valid(Number(m[1]), 12, 31);
  return null;
}

function border(year: number, month: number, edge: "first" | "last"): string | null {
  if (month < 1 || month > 12) return null;
  const day = edge === "first" ? 1 : new Date(Date.UTC(year, month, 0)).getUTCDate();
  return valid(year, month, day);
}

function valid(year: number, month: number, day: number): string | null {
  const d = new Date(Date.UTC(year, month - 1, day));
  if (d.getUTCFullYear() !== year || d.getUTCMonth() !== month - 1 || d.getUTCDate() !== day) return null;
  return d.toISOString().slice(0, 10);
}
