import { date as dateText } from "../format";
import { DayBox, dayProblem } from "./DayBox";
import type { FieldType, InputProps } from "./field";
import { DayFilter, dayText } from "./filters";
import { problem } from "./number";
import { shell } from "./shell";

function Input(props: InputProps) {
  return <DayBox {...shell(props)} value={props.value} onChange={props.onChange} />;
}

/** A day of the calendar. */
export const date: FieldType = {
  column: "date",
  half: true,
  inline: true,
  ops: ["ge", "le", "gt", "lt", "eq", "empty", "not_empty"],
  text: (_, value) => (typeof value === "string" ? dateText(value) : ""),
  file: (_, value) => (typeof value === "string" ? value : null),
  Input,
  check: (_, value) => problem(dayProblem(value)),
  Filter: DayFilter,
  filterText: (_, values) => values.map(dayText).join(", "),
};
