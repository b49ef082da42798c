import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { FieldInfo } from "@/api/types/register";
import { overwriteGetLocale } from "@/paraglide/runtime";
import { answer, broken, draw } from "@/test/draw";
import { FieldForm, problemsOf } from "./FieldForm";
import { learnNames } from "./names";
import { parseNumber } from "./number-text";
import { fieldType } from "./types";

function field(type: FieldInfo["type"], more: Partial<FieldInfo> = {}): FieldInfo {
  return {
    name: type,
    type,
    title: `Feld ${type}`,
    help: "",
    required: false,
    private: false,
    computed: false,
    managed: false,
    list: true,
    unit: "",
    min: null,
    max: null,
    longest: 0,
    alone: false,
    names: "",
    options: [],
    to: "",
    show: "",
    fields: [],
    operators: [],
    ...more,
  };
}

const options = [
  { value: "open", title: "offen", mark: "open" },
  { value: "done", title: "erledigt", mark: "ok" },
];
const every: FieldInfo[] = [
  field("text"),
  field("longtext"),
  field("yesno"),
  field("number", { unit: "Std." }),
  field("percent"),
  field("duration", { show: "days" }),
  field("money"),
  field("date"),
  field("period"),
  field("choice", { options }),
  field("choices"),
  field("reference", { to: "unit" }),
  field("references", { to: "unit" }),
  field("person", { to: "person" }),
  field("persons", { to: "person" }),
  field("range", { unit: "T€" }),
  field("table", {
    fields: [field("text", { name: "what", title: "Was" }), field("date", { name: "due", title: "Bis" })],
  }),
];

const values: Record<string, unknown> = {
  text: "Mahnlauf",
  longtext: "# Ziel\nweniger",
  yesno: false,
  number: 1234.5,
  percent: 0.07,
  duration: 129600,
  money: { amount: "12000.50", currency: "EUR" },
  date: "2026-11-24",
  period: { from: "2026-01-01", to: "2027-01-01" },
  choice: "done",
  choices: ["Kunden", "Team"],
  reference: "u1",
  references: ["u1", "u2"],
  person: "p1",
  persons: ["p1"],
  range: { min: 10, likely: 20, max: 40 },
  table: [{ what: "Angebot", due: "2026-12-01" }],
};

beforeEach(() => {
  overwriteGetLocale(() => "de");
  learnNames([
    { kind: "unit", id: "u1", name: "Vertrieb" },
    { kind: "unit", id: "u2", name: "IT" },
    { kind: "person", id: "p1", name: "Sabine Krüger" },
  ]);
  answer({ "GET /records": { items: [], self: "" }, "GET /session": { user: null, instance: { currency: "EUR" } } });
});

describe("numbers as people type them", () => {
  it.each([
    ["1.234,5", 1234.5],
    ["1234,5", 1234.5],
    ["−3", -3],
    ["12.000", 12000],
    ["1.5", null],
    ["12,0x", null],
    ["", null],
    ["1.23.456", null],
  ])("German %s", (text, number) => expect(parseNumber(text)).toBe(number));

  it.each([
    ["1,234.5", 1234.5],
    ["0.125", 0.125],
    ["1,5", null],
  ])("English %s", (text, number) => {
    overwriteGetLocale(() => "en");
    expect(parseNumber(text)).toBe(number);
  });
});

it("every type says its value in words", () => {
  const words = Object.fromEntries(every.map((one) => [one.name, fieldType(one).text(one, values[one.name])]));
  expect(words).toEqual({
    text: "Mahnlauf",
    longtext: "# Ziel\nweniger",
    yesno: "nein",
    number: "1.234,5\u00A0Std.",
    percent: "7\u202F%",
    duration: "1,5\u00A0Tage",
    money: "12.000,50\u00A0€",
    date: "24.11.2026",
    period: "01.01.2026 bis 31.12.2026",
    choice: "erledigt",
    choices: "Kunden, Team",
    reference: "Vertrieb",
    references: "Vertrieb, IT",
    person: "Sabine Krüger",
    persons: "Sabine Krüger",
    range: "20\u00A0T€ (10 bis 40)",
    table: "Angebot | 01.12.2026",
  });
});

it("every type has an input with its title, without a finding", async () => {
  const { container } = draw(<FieldForm fields={every} value={values} onChange={() => {}} />);
  for (const one of every) expect(screen.getAllByText(one.title).length).toBeGreaterThan(0);
  expect(await broken(container)).toEqual([]);
}, 60_000);

it("keeps what cannot be read yet and says what is wrong", () => {
  const said: [string, unknown][] = [];
  draw(
    <FieldForm fields={[field("number")]} value={{ number: 3 }} onChange={(name, value) => said.push([name, value])} />,
  );
  const input = screen.getByLabelText("Feld number");
  fireEvent.change(input, { target: { value: "12,0x" } });
  fireEvent.change(input, { target: { value: "12,5" } });
  fireEvent.change(input, { target: { value: "" } });
  expect(said).toEqual([
    ["number", "12,0x"],
    ["number", 12.5],
    ["number", undefined],
  ]);
});

it("gathers the problems of all fields at once, each at its place", () => {
  const wrong = problemsOf(
    every,
    {
      number: "12,0x",
      date: "morgen",
      range: { min: 30, likely: 20, max: "viel" },
      period: { from: "2026-02-01", to: "2026-01-01" },
      money: { amount: "zwölf", currency: "EUR" },
      table: [{ due: "bald" }],
    },
    [{ field: "text", text: "Diese Angabe fehlt." }],
  );
  expect(Object.keys(wrong).sort()).toEqual([
    "date",
    "money.amount",
    "number",
    "period.to",
    "range.max",
    "range.min",
    "table[0].due",
    "text",
  ]);
});

it("rows of a table are added, moved and removed", () => {
  const table = every.at(-1) as FieldInfo;
  let value: unknown = [{ what: "a" }, { what: "b" }];
  const redraw = () =>
    draw(<FieldForm fields={[table]} value={{ table: value }} onChange={(_, next) => (value = next)} />);
  let drawn = redraw();
  fireEvent.click(screen.getByRole("button", { name: "Zeile 2 nach oben" }));
  expect(value).toEqual([{ what: "b" }, { what: "a" }]);
  drawn.unmount();
  drawn = redraw();
  fireEvent.click(screen.getByRole("button", { name: "Zeile 1 entfernen" }));
  expect(value).toEqual([{ what: "a" }]);
  drawn.unmount();
  drawn = redraw();
  fireEvent.click(screen.getByRole("button", { name: "Zeile zu Feld table" }));
  expect(value).toEqual([{ what: "a" }, {}]);
  drawn.unmount();
});
