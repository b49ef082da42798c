import { describe, expect, it } from "vitest";
import type { CaseParts } from "@/api/types/business_case";
import { freshId, putLine, usedBy, withoutLine } from "./lines";

const fixed = (v: number) => ({ min: v, likely: v, max: v });
const parts: CaseParts = {
  roles: [{ id: "it", name: "IT" }],
  costs: [
    { id: "build", name: "Umsetzung", kind: "one_off", month: 3 },
    { id: "team", name: "Team", kind: "internal", role: "it" },
    { id: "grant", name: "Förderung", kind: "funding", month: 6, eligible: ["build"] },
  ],
  benefits: [],
  inputs: [
    { key: "discount_rate", origin: "estimated", range: fixed(0.07) },
    { key: "build.amount", origin: "quoted", range: fixed(100), source: "Angebot" },
    { key: "team.days", origin: "guessed", range: fixed(5) },
    { key: "role:it.day_rate", origin: "guessed", range: fixed(500) },
  ],
  scenarios: [{ name: "Teurer", key: "build.amount", value: 200 }],
};
const keys = (p: CaseParts) => (p.inputs ?? []).map((one) => one.key);

describe("lines of a case", () => {
  it("bring the inputs that they need, as guesses", () => {
    const next = putLine(
      parts,
      "costs",
      { id: freshId(parts, "costs"), name: "Lizenzen", kind: "licences", from: 4, month: 9 },
      { price: 34, users: 18, "ramp.months": 6, amount: 1 },
    );
    expect(next.costs?.at(-1)).toEqual({ id: "cost1", name: "Lizenzen", kind: "licences", from: 4 });
    expect(keys(next).slice(4)).toEqual(["cost1.price", "cost1.users", "cost1.ramp.months"]);
    expect(next.inputs?.at(-1)).toEqual({ key: "cost1.ramp.months", origin: "guessed", range: fixed(6) });
  });
  it("keep what is known and drop what another sort does not have", () => {
    const same = putLine(parts, "costs", { id: "build", name: "Bau", kind: "one_off", month: 4 }, { amount: 7 });
    expect(same.inputs?.find((one) => one.key === "build.amount")?.source).toBe("Angebot");
    const other = putLine(
      parts,
      "costs",
      { id: "build", name: "Bau", kind: "internal", role: "it", month: 4 },
      { days: 9 },
    );
    expect(other.costs?.[0]).toEqual({ id: "build", name: "Bau", kind: "internal", role: "it" });
    expect(keys(other)).toEqual(["discount_rate", "team.days", "role:it.day_rate", "build.days"]);
  });
  it("go with everything that belongs to them", () => {
    const next = withoutLine(parts, "costs", "build");
    expect(keys(next)).toEqual(["discount_rate", "team.days", "role:it.day_rate"]);
    expect(next.scenarios).toEqual([]);
    expect(next.costs?.find((one) => one.id === "grant")?.eligible).toEqual([]);
    expect(usedBy(parts, "roles", "it").map((one) => one.id)).toEqual(["team"]);
    expect(usedBy(parts, "costs", "build")).toEqual([]);
  });
});
