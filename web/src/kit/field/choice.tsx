import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import type { FieldInfo } from "@/api/types/register";
import { m } from "@/paraglide/messages";
import { type Status, StatusMark } from "../StatusMark";
import type { FieldType, InputProps } from "./field";
import { OptionFilter, optionsText } from "./filters";
import { shell } from "./shell";

const marks: Record<string, Status> = {
  ok: "on_course",
  warn: "at_risk",
  bad: "missed",
  none: "not_fulfilled",
  open: "open",
  running: "running",
};

function titleOf(field: FieldInfo, value: unknown): string {
  if (typeof value !== "string") return "";
  return field.options.find((option) => option.value === value)?.title ?? value;
}

/** An option with its shape, where it is a status. */
export function marked(field: FieldInfo, value: unknown): ReactNode {
  const status = marks[field.options.find((option) => option.value === value)?.mark ?? ""];
  return status ? <StatusMark status={status} word={titleOf(field, value)} /> : titleOf(field, value);
}

function Input(props: InputProps) {
  const { field, value, onChange } = props;
  return (
    <Select
      {...shell(props)}
      data={field.options.map((option) => ({ value: option.value, label: option.title }))}
      renderOption={({ option }) => marked(field, option.value)}
      placeholder={m.register_unknown()}
      clearable={!field.required}
      searchable={field.options.length > 9}
      value={typeof value === "string" ? value : null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

/** One value of an enumeration. */
export const choice: FieldType = {
  column: "text",
  half: true,
  inline: true,
  group: true,
  ops: ["eq", "ne", "empty", "not_empty"],
  text: titleOf,
  cell: marked,
  Input,
  Filter: OptionFilter,
  filterText: optionsText,
};
