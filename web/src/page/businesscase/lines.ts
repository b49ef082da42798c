import type { CaseParts, InputRow, Line, LinePart } from "@/api/types/business_case";

/** An input that a line can have; its place in the record is the line's key and a dot before it. */
export type InputPlace =
  | "amount"
  | "days"
  | "price"
  | "users"
  | "share"
  | "cap"
  | "quantity"
  | "ramp.months"
  | "day_rate";

interface Places {
  needed: readonly InputPlace[];
  offered: readonly InputPlace[];
}

const costs: Record<string, Places> = {
  one_off: { needed: ["amount"], offered: [] },
  running: { needed: ["amount"], offered: [] },
  internal: { needed: ["days"], offered: [] },
  licences: { needed: ["price", "users"], offered: ["ramp.months"] },
  funding: { needed: ["share"], offered: ["cap"] },
};

const benefits: Record<string, Places> = {
  cash: { needed: ["price"], offered: ["quantity", "ramp.months"] },
  avoided_cost: { needed: ["price"], offered: ["quantity", "ramp.months"] },
  released_time: { needed: ["quantity", "price"], offered: ["ramp.months"] },
  other: { needed: ["quantity"], offered: ["ramp.months"] },
};

/** The inputs of a line by its sort. */
export function placesOf(part: LinePart, line: Line): Places {
  if (part === "roles") return { needed: ["day_rate"], offered: [] };
  const known = part === "costs" ? costs[String(line.kind)] : benefits[String(line.class)];
  return known ?? { needed: [], offered: [] };
}

/** The columns that a line of a sort has beside its name and sort. */
export function columnsOf(part: LinePart, line: Line): readonly string[] {
  if (part === "roles") return [];
  if (part === "benefits") {
    const unit = line.class === "avoided_cost" ? [] : ["unit"];
    return [...unit, "from", "to", ...(line.class === "cash" ? ["from_time", ...(line.from_time ? ["use"] : [])] : [])];
  }
  switch (line.kind) {
    case "one_off":
      return ["month"];
    case "running":
      return ["every", "from", "to"];
    case "internal":
      return ["role", "from", "to"];
    case "licences":
      return ["from", "to"];
    case "funding":
      return ["month", "eligible"];
    default:
      return [];
  }
}

/** What stands before the dot in the keys of a line's inputs. */
export function keyOf(part: LinePart, id: string): string {
  return part === "roles" ? `role:${id}` : id;
}

/** An id that no line has yet. */
export function freshId(parts: CaseParts, part: LinePart): string {
  const taken = new Set(
    [...(parts.roles ?? []), ...(parts.costs ?? []), ...(parts.benefits ?? [])].map((line) => line.id),
  );
  const stem = { roles: "role", costs: "cost", benefits: "benefit" }[part];
  let n = 1;
  while (taken.has(`${stem}${n}`)) n++;
  return `${stem}${n}`;
}

/** The parts with a line put in; inputs that it needs begin as guesses of one number, those of another sort go. */
export function putLine(
  parts: CaseParts,
  part: LinePart,
  line: Line,
  numbers: Partial<Record<InputPlace, number>>,
): CaseParts {
  const own = new Set(["id", "name", part === "costs" ? "kind" : "class", "shape", "fixed_price"]);
  const columns = columnsOf(part, line);
  const kept = Object.fromEntries(
    Object.entries(line).filter(([name, value]) => value !== undefined && (own.has(name) || columns.includes(name))),
  ) as Line;
  const rows = parts[part] ?? [];
  const known = rows.some((row) => row.id === kept.id);
  const { needed, offered } = placesOf(part, kept);
  const allowed = new Set<string>([...needed, ...offered, "ramp.delay"]);
  const stem = `${keyOf(part, kept.id)}.`;
  const inputs = (parts.inputs ?? []).filter(
    (input) => !input.key.startsWith(stem) || allowed.has(input.key.slice(stem.length)),
  );
  for (const place of [...needed, ...offered]) {
    const number = numbers[place];
    if (number === undefined || inputs.some((input) => input.key === stem + place)) continue;
    inputs.push({ key: stem + place, origin: "guessed", range: { min: number, likely: number, max: number } });
  }
  return {
    ...parts,
    [part]: known ? rows.map((row) => (row.id === kept.id ? kept : row)) : [...rows, kept],
    inputs: inputs as InputRow[],
  };
}

/** The parts without a line and all that belongs to it. */
export function withoutLine(parts: CaseParts, part: LinePart, id: string): CaseParts {
  const stem = `${keyOf(part, id)}.`;
  const out: CaseParts = {
    ...parts,
    [part]: (parts[part] ?? []).filter((line) => line.id !== id),
    inputs: (parts.inputs ?? []).filter((input) => !input.key.startsWith(stem)),
    scenarios: (parts.scenarios ?? []).filter((one) => !one.key.startsWith(stem)),
  };
  return { ...out, costs: (out.costs ?? []).map((line) => withoutEligible(line, id)) };
}

function withoutEligible(line: Line, id: string): Line {
  const list = line.eligible as string[] | undefined;
  return list?.includes(id) ? { ...line, eligible: list.filter((one) => one !== id) } : line;
}

/** What still needs a line, so that it cannot go: costs that use a role. */
export function usedBy(parts: CaseParts, part: LinePart, id: string): Line[] {
  return part === "roles" ? (parts.costs ?? []).filter((line) => line.role === id) : [];
}
