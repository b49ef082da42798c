import { Select } from "@mantine/core";
import { m } from "@/paraglide/messages";
import type { FieldType, FilterProps, InputProps } from "./field";
import { inPlace } from "./filters";
import { shell } from "./shell";

const options = () => [
  { value: "yes", label: m.kit_yes() },
  { value: "no", label: m.kit_no() },
];

function Input(props: InputProps) {
  return (
    <Select
      {...shell(props)}
      data={options()}
      placeholder={m.register_unknown()}
      clearable
      value={props.value === true ? "yes" : props.value === false ? "no" : null}
      onChange={(value) => props.onChange(value === null ? undefined : value === "yes")}
    />
  );
}

function Filter({ values, onChange }: FilterProps) {
  return (
    <Select
      label={m.kit_value()}
      data={options()}
      value={values[0] ?? null}
      comboboxProps={inPlace}
      onChange={(value) => onChange(value ? [value] : [])}
    />
  );
}

/** Yes or no; unknown is neither. */
export const yesno: FieldType = {
  column: "boolean",
  half: true,
  inline: true,
  group: true,
  ops: ["eq", "empty", "not_empty"],
  text: (_, value) => (value === true ? m.kit_yes() : value === false ? m.kit_no() : ""),
  file: (_, value) => (typeof value === "boolean" ? value : null),
  Input,
  Filter,
  filterText: (_, values) => values.map((value) => (value === "yes" ? m.kit_yes() : m.kit_no())).join(", "),
};
