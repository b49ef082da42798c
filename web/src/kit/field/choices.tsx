import { MultiSelect, TagsInput } from "@mantine/core";
import type { FieldInfo } from "@/api/types/register";
import { m } from "@/paraglide/messages";
import type { FieldType, FilterProps, InputProps } from "./field";
import { OptionFilter, optionsText } from "./filters";
import { shell } from "./shell";

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function Input(props: InputProps) {
  const { field, value, onChange } = props;
  const change = (next: string[]): void => onChange(next.length > 0 ? next : undefined);
  if (field.options.length > 0) {
    return (
      <MultiSelect
        {...shell(props)}
        data={field.options.map((option) => ({ value: option.value, label: option.title }))}
        value={list(value)}
        onChange={change}
      />
    );
  }
  return (
    <TagsInput
      {...shell(props)}
      placeholder={list(value).length === 0 ? m.register_words() : undefined}
      splitChars={[",", ";"]}
      acceptValueOnBlur
      value={list(value)}
      onChange={change}
    />
  );
}

function Filter(props: FilterProps) {
  if (props.field.options.length > 0) return <OptionFilter {...props} />;
  return (
    <TagsInput
      label={m.kit_value()}
      splitChars={[",", ";"]}
      acceptValueOnBlur
      value={props.values}
      onChange={props.onChange}
      comboboxProps={{ withinPortal: false }}
    />
  );
}

const textOf = (field: FieldInfo, value: unknown): string => optionsText(field, list(value));

/** Several values of an enumeration, or free words where the field has no options. */
export const choices: FieldType = {
  column: "text",
  inline: true,
  text: textOf,
  Input,
  Filter,
  filterText: optionsText,
};
