import { percentSign } from "../format";
import type { FieldType, InputProps } from "./field";
import { numberFilter, numbersText } from "./filters";
import { NumberBox, numberProblem, numberText } from "./NumberBox";
import { problem } from "./number";
import { shell } from "./shell";

const factor = 0.01;

function Input(props: InputProps) {
  return <NumberBox {...shell(props)} value={props.value} onChange={props.onChange} unit="%" factor={factor} />;
}

/** A share, kept as a fraction and shown in percent. */
export const percent: FieldType = {
  column: "percent",
  half: true,
  inline: true,
  text: (_, value) => (typeof value === "number" ? `${numberText(value, factor)}${percentSign()}` : ""),
  file: (_, value) => (typeof value === "number" ? value : null),
  Input,
  check: (_, value) => problem(numberProblem(value)),
  Filter: numberFilter(
    () => "%",
    () => factor,
  ),
  filterText: (_, values) => numbersText(values, "%", factor),
};
