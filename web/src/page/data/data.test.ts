import { describe, expect, it } from "vitest";
import type { Analysis, Plan } from "@/api/types/data";
import { requirement } from "./fields";
import { planProblem } from "./wizard/MapStep";
import { decimal } from "./wizard/PreviewTable";
import { mapColumn, planFrom, rowsToLoad, tableName } from "./wizard/state";

const analysis = {
  upload: { name: "receipt.csv.gz" },
  plan: {
    table: "events",
    process: "receipt",
    mapping: [
      { column: "case", field: "case_id" },
      { column: "step", field: "activity" },
      { column: "at", field: "time" },
      { column: "note", field: "-" },
    ],
  },
} as Analysis;

function fieldOf(plan: Plan, column: string): string | undefined {
  return plan.mapping.find((entry) => entry.column === column)?.field;
}

describe("requirement", () => {
  it("counts the fields that a table must have", () => {
    expect(requirement("events", ["case_id", "time"])).toMatchObject({ found: 2, needed: 3 });
    expect(requirement("tickets", ["ticket_id", "opened_at"])).toMatchObject({ found: 2, missing: [] });
    expect(requirement("my_table", [])).toMatchObject({ found: 0, needed: 0, missing: [] });
  });
  it("takes quantity and unit price for the net amount", () => {
    expect(requirement("orders", ["order_id", "time", "quantity", "unit_price"]).missing).toEqual([]);
    expect(requirement("orders", ["order_id", "time", "quantity"]).missing).toHaveLength(1);
  });
});

describe("the plan", () => {
  it("is complete, ready to be sent, and changes nothing the server proposed", () => {
    const plan = planFrom(analysis);
    expect(plan).toMatchObject(analysis.plan);
    expect(plan.allow_refused).toBe("0");
    expect(planProblem(plan)).toBe("");
  });
  it("gives a field to one column only", () => {
    const plan = mapColumn(planFrom(analysis), "note", "activity");
    expect(fieldOf(plan, "note")).toBe("activity");
    expect(fieldOf(plan, "step")).toBe("");
  });
  it("lets many columns be left out or kept", () => {
    const plan = mapColumn(planFrom(analysis), "step", "-");
    expect(fieldOf(plan, "note")).toBe("-");
    expect(planProblem(plan)).toBe("Noch nicht zugeordnet: Aktivität.");
  });
  it("names a free table after its file", () => {
    expect(tableName("Liste Kunden 2026.csv.gz")).toBe("liste_kunden_2026");
    expect(tableName(".csv")).toBe("tabelle");
  });
  it("asks for the name of the process", () => {
    expect(planProblem({ ...planFrom(analysis), process: " " })).toBe("Geben Sie dem Prozess einen Namen.");
  });
});

describe("rows to load", () => {
  const result = { rows_usable: 8577, overlapping: 577 };
  it("counts rows that are there already only when they are loaded again", () => {
    expect(rowsToLoad(result, { overlap: "skip" })).toBe(8000);
    expect(rowsToLoad(result, { overlap: "replace" })).toBe(8577);
    expect(rowsToLoad(result, { overlap: "add" })).toBe(8577);
    expect(rowsToLoad({ rows_usable: 3, overlapping: 5 }, { overlap: "skip" })).toBe(0);
  });
});

describe("numbers in the preview", () => {
  it("are written as in the rest of the app; other text stays", () => {
    expect(decimal("1284.5", 2)).toBe("1.284,50");
    expect(decimal("-0.25", 2)).toBe("−0,25");
    expect(decimal("1.284,50", 2)).toBe("1.284,50");
    expect(decimal("12 kg", 2)).toBe("12 kg");
  });
});
