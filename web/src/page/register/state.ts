import type { FieldInfo, KindInfo } from "@/api/types/register";
import { fieldType } from "@/kit/field/types";
import { codec, flag, list, type Param, text } from "@/kit/url";
import { m } from "@/paraglide/messages";

/** What the page of a register shows; it stands in the address. */
export interface RegisterState {
  q: string;
  filter: string[];
  sort: string;
  group: string;
  cols: string[];
  open: string;
  deleted: boolean;
  /** The saved view that this came from. */
  view: string;
}

/** Names of columns in one parameter. */
const names: Param<string[]> = {
  read: (raw) => (raw[0] ?? "").split(",").filter((one) => /^[a-z0-9_]{1,64}$/.test(one)),
  write: (value) => (value.length > 0 ? value.join(",") : undefined),
};

export const registerState = codec<RegisterState>({
  q: text(),
  filter: list(),
  sort: text(),
  group: text(),
  cols: names,
  open: text(),
  deleted: flag(),
  view: text(),
});

/** A condition of the address: field:operator:value, several values parted by a bar. */
export interface Condition {
  field: string;
  op: string;
  values: string[];
}

const several = ["eq", "ne", "has", "not_has"];

export function parseCondition(written: string): Condition {
  const [field = "", op = "", ...rest] = written.split(":");
  const value = rest.join(":");
  if (rest.length === 0) return { field, op, values: [] };
  return { field, op, values: several.includes(op) ? value.split("|") : [value] };
}

export function writeCondition({ field, op, values }: Condition): string {
  return values.length > 0 ? `${field}:${op}:${values.join("|")}` : `${field}:${op}`;
}

/** The conditions that can be asked of a field, in the order of the menu. */
export function opsOf(field: FieldInfo): string[] {
  const sensible = fieldType(field).ops;
  return sensible ? sensible.filter((op) => field.operators.includes(op)) : field.operators;
}

/** Whether a condition takes a value. */
export function takesValue(op: string): boolean {
  return op !== "empty" && op !== "not_empty";
}

/** The words of an operator; days are before and after, numbers below and above. */
export function opWord(field: FieldInfo, op: string): string {
  const day = field.type === "date" || field.type === "period";
  switch (op) {
    case "contains":
    case "has":
      return m.register_op_contains();
    case "not_has":
      return m.register_op_contains_not();
    case "starts":
      return m.register_op_starts();
    case "eq":
      return m.register_op_is();
    case "ne":
      return m.register_op_is_not();
    case "lt":
      return day ? m.register_op_before() : m.register_op_below();
    case "le":
      return day ? m.register_op_until() : m.register_op_most();
    case "gt":
      return day ? m.register_op_after() : m.register_op_above();
    case "ge":
      return day ? m.register_op_from() : m.register_op_least();
    case "empty":
      return m.register_op_empty();
    default:
      return m.register_op_not_empty();
  }
}

/** A condition as people read it. */
export function conditionText(kind: KindInfo, written: string): string {
  const condition = parseCondition(written);
  if (condition.field === "state") return stateWord(condition.values[0] ?? "");
  const field = kind.fields.find((one) => one.name === condition.field);
  if (!field) return written;
  const type = fieldType(field);
  const values = type.filterText?.(field, condition.values) ?? condition.values.join(", ");
  return [field.title, opWord(field, condition.op), values].filter(Boolean).join(" ");
}

/** The columns that are shown: those of the address, otherwise those that the kind marks. */
export function columnsOf(kind: KindInfo, state: RegisterState): FieldInfo[] {
  const chosen = state.cols
    .map((name) => kind.fields.find((field) => field.name === name))
    .filter((field) => field !== undefined);
  const columns = chosen.length > 0 ? chosen : kind.fields.filter((field) => field.list);
  const shown = columns.filter((field) => field.name !== state.group || columns.length === 1);
  const heading = kind.fields.find((field) => field.name === kind.heading);
  return heading && !shown.includes(heading) ? [heading, ...shown] : shown;
}

export interface SortBy {
  field: string;
  desc: boolean;
}

/** The first field of the order, for the mark in the head of the table. */
export function sortOf(sort: string): SortBy | null {
  const first = sort.split(",")[0] ?? "";
  if (first === "") return null;
  return { field: first.replace(/^-/, ""), desc: first.startsWith("-") };
}

/** Up, down, none. */
export function nextSort(sort: string, field: string): string {
  const now = sortOf(sort);
  if (now?.field !== field) return field;
  return now.desc ? "" : `-${field}`;
}

/** The words of a state of approval. */
export function stateWord(state: string): string {
  switch (state) {
    case "proposed":
      return m.register_state_proposed();
    case "approved":
      return m.register_state_approved();
    case "refused":
      return m.register_state_refused();
    default:
      return m.register_state_draft();
  }
}
