import type { FieldType, InputProps } from "./field";
import { numberFilter, numbersText } from "./filters";
import { NumberBox, numberProblem, numberText } from "./NumberBox";
import { shell } from "./shell";

function Input(props: InputProps) {
  return <NumberBox {...shell(props)} value={props.value} onChange={props.onChange} unit={props.field.unit} />;
}

/** A number with its unit. */
export const number: FieldType = {
  column: "number",
  half: true,
  inline: true,
  sum: true,
  text: (field, value) => [numberText(value), field.unit].filter(Boolean).join("\u00A0"),
  cell: (_, value) => numberText(value),
  read: (field, value) => [numberText(value), field.unit].filter(Boolean).join("\u00A0"),
  file: (_, value) => (typeof value === "number" ? value : null),
  Input,
  check: (_, value) => problem(numberProblem(value)),
  Filter: numberFilter(({ field }) => field.unit),
  filterText: (field, values) => numbersText(values, field.unit),
};

export function problem(text: string | undefined): Record<string, string> {
  return text ? { "": text } : {};
}
