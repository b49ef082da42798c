import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it, type Mock, vi } from "vitest";
import { answer, broken, draw } from "@/test/draw";
import type { Column } from "./column";
import { DataTable } from "./DataTable";

interface Row {
  name: string;
  cases: number | null;
}

const rows: Row[] = [
  { name: "Bestätigt", cases: 12 },
  { name: "Erfasst", cases: null },
  { name: "Versandt", cases: 1200 },
];

const columns: Column<Row>[] = [
  { id: "name", title: "Aktivität", value: (row) => row.name, tone: "name" },
  { id: "cases", title: "Vorgänge", value: (row) => row.cases, type: "integer" },
];

/** The keys that a call of onSelect was given. */
function chosen(onSelect: Mock, call: number): string[] {
  const keys = onSelect.mock.calls[call]?.[0] as Set<string> | undefined;
  return [...(keys ?? [])];
}

function shown(): string[] {
  return [...document.querySelectorAll("tbody tr[data-index]")].map(
    (row) => row.querySelector("td")?.textContent ?? "",
  );
}

function table(more: Partial<Parameters<typeof DataTable<Row>>[0]> = {}): HTMLElement {
  return draw(<DataTable name="Aktivitäten" columns={columns} rows={rows} rowKey={(row) => row.name} {...more} />)
    .container;
}

describe("DataTable", () => {
  it("sorts by a head, unknown values last in both directions", () => {
    table();
    const head = screen.getByRole("button", { name: "Vorgänge" });
    fireEvent.click(head);
    expect(shown()).toEqual(["Versandt", "Bestätigt", "Erfasst"]);
    fireEvent.click(head);
    expect(shown()).toEqual(["Bestätigt", "Versandt", "Erfasst"]);
    expect(screen.getByRole("columnheader", { name: "Vorgänge" }).getAttribute("aria-sort")).toBe("ascending");
  });

  it("filters by text and says how many of how many", () => {
    table();
    fireEvent.change(screen.getByLabelText("Aktivitäten filtern"), { target: { value: "1.2" } });
    expect(shown()).toEqual(["Versandt"]);
    expect(screen.getByText("1 von 3")).toBeTruthy();
    fireEvent.change(screen.getByLabelText("Aktivitäten filtern"), { target: { value: "nirgends" } });
    expect(screen.getByText("Keine der 3 Zeilen passt zum Filter.")).toBeTruthy();
  });

  it("is walked and opened by keyboard, Esc and / are known", async () => {
    const onOpen = vi.fn();
    const onEscape = vi.fn();
    table({ onOpen, onEscape });
    const first = document.querySelector<HTMLElement>("tr[data-index='0']") as HTMLElement;
    first.focus();
    fireEvent.keyDown(first, { key: "ArrowDown" });
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.index).toBe("1"));
    fireEvent.keyDown(document.activeElement as Element, { key: "Enter" });
    expect(onOpen).toHaveBeenCalledWith(rows[1]);
    fireEvent.keyDown(document.activeElement as Element, { key: "Escape" });
    expect(onEscape).toHaveBeenCalled();
    fireEvent.keyDown(document.activeElement as Element, { key: "/" });
    expect(document.activeElement).toBe(screen.getByLabelText("Aktivitäten filtern"));
  });

  it("chooses rows with X and all by the head", () => {
    const onSelect = vi.fn();
    table({ selected: new Set(["Erfasst"]), onSelect });
    const first = document.querySelector<HTMLElement>("tr[data-index='0']") as HTMLElement;
    first.focus();
    fireEvent.keyDown(first, { key: "x" });
    expect(chosen(onSelect, 0)).toEqual(["Erfasst", "Bestätigt"]);
    fireEvent.click(screen.getByLabelText("Alle auswählen"));
    expect(chosen(onSelect, 1)).toHaveLength(3);
  });

  it("exports what is shown: filtered rows, visible columns, values with their types", async () => {
    const { sent } = answer({ "POST /export/table": new Response("Aktivität", { status: 200 }) });
    URL.createObjectURL = () => "blob:x";
    URL.revokeObjectURL = () => {};
    table({ meta: { source: "Warenwirtschaft" } });
    fireEvent.change(screen.getByLabelText("Aktivitäten filtern"), { target: { value: "Versandt" } });
    fireEvent.click(screen.getByRole("button", { name: "Ausgeben" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: "CSV" }));
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]?.body).toEqual({
      format: "csv",
      name: "Aktivitäten",
      columns: [
        { title: "Aktivität", type: "text" },
        { title: "Vorgänge", type: "integer" },
      ],
      rows: [["Versandt", 1200]],
      meta: { title: "Aktivitäten", source: "Warenwirtschaft" },
    });
  });

  it("draws only a window of a long table but counts all", () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ name: `Vorgang ${index}`, cases: index }));
    table({ rows: many });
    const grid = screen.getByRole("table");
    expect(grid.getAttribute("aria-rowcount")).toBe("5001");
    expect(within(grid).getAllByRole("row").length).toBeLessThan(200);
  });

  it("gives group rows their name and count", () => {
    table({
      group: (row) => (row.cases === null ? "unbekannt" : "bekannt"),
      rows: [rows[0], rows[2], rows[1]] as Row[],
    });
    expect(screen.getByRole("rowheader", { name: "bekannt 2" })).toBeTruthy();
    expect(screen.getByRole("rowheader", { name: "unbekannt 1" })).toBeTruthy();
  });

  it("breaks no rule of WCAG", async () => {
    expect(await broken(table({ onOpen: () => {}, selected: new Set(), onSelect: () => {} }))).toEqual([]);
  });
});
