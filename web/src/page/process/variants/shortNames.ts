/**
 * Short forms of activity names for narrow places: a first word that several
 * names share ("Auftrag erfasst", "Auftrag bestätigt") is left out as long as
 * no two short forms become equal.
 */
export function shortNames(names: string[]): Map<string, string> {
  const distinct = [...new Set(names)];
  const first = (name: string) => name.split(" ", 1)[0] ?? "";
  const times = new Map<string, number>();
  for (const name of distinct) times.set(first(name), (times.get(first(name)) ?? 0) + 1);
  const proposed = new Map(
    distinct.map((name) => [
      name,
      (times.get(first(name)) ?? 0) > 1 ? name.slice(first(name).length).trim() || name : name,
    ]),
  );
  const uses = new Map<string, number>();
  for (const short of proposed.values()) uses.set(short, (uses.get(short) ?? 0) + 1);
  return new Map(
    distinct.map((name) => {
      const short = proposed.get(name) as string;
      return [name, (uses.get(short) ?? 0) > 1 ? name : short];
    }),
  );
}
