import type { FieldInfo } from "@/api/types/register";
import { unitWord } from "../format";
import type { FieldType, InputProps } from "./field";
import { numberFilter, numbersText } from "./filters";
import { NumberBox, numberProblem, numberText } from "./NumberBox";
import { problem } from "./number";
import { shell } from "./shell";

const factor = (field: FieldInfo): number => (field.show === "days" ? 86_400 : 3_600);
const unit = (field: FieldInfo): string => unitWord(field.show === "days" ? "d" : "h");

function Input(props: InputProps) {
  const { field, value, onChange } = props;
  return <NumberBox {...shell(props)} value={value} onChange={onChange} unit={unit(field)} factor={factor(field)} />;
}

/** A length of time, kept in seconds and shown in hours or days. */
export const duration: FieldType = {
  column: "number",
  half: true,
  inline: true,
  sum: true,
  text: (field, value) => (typeof value === "number" ? `${numberText(value, factor(field))}\u00A0${unit(field)}` : ""),
  file: (field, value) => (typeof value === "number" ? value / factor(field) : null),
  Input,
  check: (_, value) => problem(numberProblem(value)),
  Filter: numberFilter(
    ({ field }) => unit(field),
    ({ field }) => factor(field),
  ),
  filterText: (field, values) => numbersText(values, unit(field), factor(field)),
};
