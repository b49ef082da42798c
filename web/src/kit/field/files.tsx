import { m } from "@/paraglide/messages";
import type { FieldType } from "./field";
import { numberFilter } from "./filters";
import { Group } from "./shell";

const count = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** Kept files of a field, by their number. */
export const files: FieldType = {
  column: "text",
  ops: ["empty", "not_empty"],
  text: (_, value) => (count(value) > 0 ? m.register_files({ n: count(value) }) : ""),
  Input: ({ field, value, plain }) => (
    <Group field={field} plain={plain}>
      <p>{m.register_files({ n: count(value) })}</p>
    </Group>
  ),
  Filter: numberFilter(() => ""),
};
