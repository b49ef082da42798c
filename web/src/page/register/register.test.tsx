import { fireEvent, screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { KindInfo, RecordOne } from "@/api/types/register";
import { overwriteGetLocale } from "@/paraglide/runtime";
import { answer, draw } from "@/test/draw";
import { ApprovalButtons } from "./Approval";
import { undoOf } from "./BulkBar";
import { same, touched } from "./data";
import { conditionText, nextSort, parseCondition, registerState, writeCondition } from "./state";
import { sameView, stateOfView, writeView } from "./views";

const kind = {
  name: "case",
  one: "Fall",
  many: "Fälle",
  approval: true,
  heading: "title",
  fields: [
    {
      name: "due",
      type: "date",
      title: "Termin",
      operators: ["eq", "lt", "le", "gt", "ge", "empty", "not_empty"],
      options: [],
      unit: "",
    },
    {
      name: "share",
      type: "percent",
      title: "Anteil",
      operators: ["ge", "le"],
      options: [],
      unit: "",
    },
    {
      name: "stage",
      type: "choice",
      title: "Phase",
      operators: ["eq", "ne"],
      options: [
        { value: "idea", title: "Idee", mark: "" },
        { value: "live", title: "Betrieb", mark: "ok" },
      ],
      unit: "",
    },
    { name: "owner", type: "person", title: "Wer", to: "person", operators: ["eq"], options: [], unit: "" },
  ],
} as unknown as KindInfo;

beforeEach(() => overwriteGetLocale(() => "de"));

describe("conditions of the address", () => {
  it.each(["stage:ne:idea|live", "due:ge:@today+30", "title:contains:a:b|c", "due:empty"])("%s reads back", (written) =>
    expect(writeCondition(parseCondition(written))).toBe(written),
  );
  it.each([
    ["stage:ne:idea|live", "Phase ist nicht Idee, Betrieb"],
    ["due:ge:@today+30", "Termin ab in 30 Tagen"],
    ["due:lt:2026-11-24", "Termin vor 24.11.2026"],
    ["due:empty", "Termin ist leer"],
    ["share:ge:0.07", "Anteil mindestens 7 %"],
    ["owner:eq:@me", "Wer ist ich"],
    ["state:eq:proposed", "vorgelegt"],
    ["gone:eq:1", "gone:eq:1"],
  ])("%s says %s", (written, words) => expect(conditionText(kind, written)).toBe(words));
});

it("sorts up, down and not at all", () => {
  expect(nextSort("", "due")).toBe("due");
  expect(nextSort("due", "due")).toBe("-due");
  expect(nextSort("-due", "due")).toBe("");
  expect(nextSort("-due", "stage")).toBe("stage");
});

it("a view holds what the address holds, without the open row", () => {
  const state = registerState.read({ filter: ["stage:eq:live"], sort: "-due", group: "stage", open: "r1", view: "v1" });
  const kept = stateOfView(writeView(state));
  expect(kept).toEqual({ ...state, open: "", view: "" });
  expect(sameView(kept, state)).toBe(true);
  expect(sameView(kept, { ...state, sort: "due" })).toBe(false);
});

it("finds what a person changed, whatever the order of names", () => {
  expect(same({ min: 1, max: 2 }, { max: 2, min: 1 })).toBe(true);
  expect(same(undefined, null)).toBe(true);
  expect(same([1, 2], [2, 1])).toBe(false);
  expect(touched({ a: 1, b: [{ x: 1 }] }, { a: 1, b: [{ x: 2 }], c: "weg" })).toEqual(["b", "c"]);
});

it("takes back by the versions that the server named", () => {
  const items = [
    { id: "a", before: 3, after: 4 },
    { id: "b", before: 7, after: 7 },
  ];
  expect(undoOf("change", items)).toEqual({ action: "back", records: [{ id: "a", version: 4, to: 3 }] });
  expect(undoOf("delete", items.slice(0, 1))).toEqual({ action: "restore", records: [{ id: "a", version: 4 }] });
});

describe("approval", () => {
  const record = (state: string, may: string[]): RecordOne =>
    ({ id: "r1", version: 5, state, may, value: {}, deleted: false }) as unknown as RecordOne;
  const names = () => screen.queryAllByRole("button").map((button) => button.textContent);

  it.each([
    ["", ["update"], ["Vorlegen"]],
    ["refused", ["update"], ["Vorlegen"]],
    ["proposed", ["update"], ["Zurückziehen"]],
    ["proposed", ["approve"], ["Ablehnen", "Freigeben"]],
    ["proposed", ["read"], []],
    ["approved", ["update", "approve"], []],
  ])("%s with %s offers %s", (state, may, offered) => {
    draw(<ApprovalButtons kind={kind} record={record(state, may)} />);
    expect(names()).toEqual(offered);
  });

  it("refuses with a reason only", async () => {
    const { sent } = answer({ "POST /records/case/r1/decide": {} });
    draw(<ApprovalButtons kind={kind} record={record("proposed", ["approve"])} />);
    fireEvent.click(screen.getByRole("button", { name: "Ablehnen" }));
    const dialog = await screen.findByRole("dialog");
    const refuse = [...dialog.querySelectorAll("button")].find((one) => one.textContent === "Ablehnen") as HTMLElement;
    expect(refuse).toHaveProperty("disabled", true);
    fireEvent.change(screen.getByLabelText("Grund"), { target: { value: "Zahlen fehlen" } });
    fireEvent.click(refuse);
    await waitFor(() =>
      expect(sent).toContainEqual({
        key: "POST /records/case/r1/decide",
        body: { step: "refuse", note: "Zahlen fehlen" },
      }),
    );
  });
});
