import { describe, expect, it } from "vitest";
import type { ChainNode } from "@/api/types/chain";
import { linksOf } from "./links";

function node(kind: ChainNode["kind"], part: Partial<ChainNode> = {}): ChainNode {
  return {
    kind,
    id: "x",
    title: "Titel",
    state: "",
    link: "/hier",
    here: false,
    mark: "present",
    why: "",
    number: "",
    version: 0,
    rows: null,
    value: null,
    today: null,
    unit: "",
    currency: null,
    class: "",
    by: "",
    at: "",
    ...part,
  };
}
const one = (kind: ChainNode["kind"], part: Partial<ChainNode> = {}) => linksOf([node(kind, part)], (s) => `<${s}>`)[0];

describe("a link of the chain", () => {
  it("says rows, stage, money and effect as people write them", () => {
    expect(one("rows", { rows: 30368, at: "2026-11-24T06:00:00Z" })).toMatchObject({
      step: "rows",
      value: "30.368 Zeilen",
      detail: "Stand 24.11.2026",
    });
    expect(one("rows", { rows: 1 })?.value).toBe("1 Zeile");
    expect(one("initiative", { state: "live" })?.detail).toBe("<live>");
    expect(one("business_case", { value: 142_000, currency: "EUR" })).toMatchObject({
      step: "case",
      value: "142\u00a0T€",
      detail: "Kapitalwert",
    });
    expect(one("effect", { value: -2.6 * 86400, unit: "seconds", state: "belegt" })).toMatchObject({
      value: "−2,6\u00a0Tage",
      detail: "belegt",
    });
    expect(one("ledger_entry", { value: 2220, unit: "h", class: "released_time" })).toMatchObject({
      step: "contribution",
      value: "2.220 Std.",
      detail: "freigesetzte Zeit, je Jahr",
    });
  });
  it("shows a value that was computed anew beside the signed one", () => {
    const part = { mark: "restated" as const, class: "metric", unit: "seconds", value: 11.8 * 86400 };
    expect(one("closing", { ...part, today: 11.6 * 86400 })).toMatchObject({
      step: "signature",
      state: "restated",
      value: "neu berechnet",
      detail: "11,8\u00a0Tage → 11,6\u00a0Tage",
    });
  });
  it("names who signed, and what a plan still misses", () => {
    expect(one("closing", { by: "M. Petersen", at: "2026-11-19T10:00:00Z" })).toMatchObject({
      value: "M. Petersen",
      detail: "19.11.2026",
    });
    expect(one("effect_plan", { mark: "open", state: "proposed" })).toMatchObject({
      step: "plan",
      value: "vorgelegt",
      detail: "fehlt: Unterschrift",
    });
  });
  it("is open, broken or void without a record", () => {
    const empty = { id: "", title: "", link: "" };
    expect(one("effect", { ...empty, mark: "open" })).toMatchObject({ value: "offen", href: undefined });
    expect(one("finding", { ...empty, mark: "broken", why: "Weg." })).toMatchObject({ value: "fehlt", title: "Weg." });
    expect(one("ledger_entry", { ...empty, mark: "void", why: "Nein." })).toMatchObject({
      state: "void",
      value: "entfällt",
    });
  });
});
