import { TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { FieldType, InputProps } from "./field";
import { TextFilter } from "./filters";
import { shell } from "./shell";

function Input(props: InputProps) {
  return (
    <TextInput
      {...shell(props)}
      value={typeof props.value === "string" ? props.value : ""}
      onChange={(event) => props.onChange(event.currentTarget.value || undefined)}
    />
  );
}

/** An address of the web is a link, everything else is text. */
function linked(value: string): ReactNode {
  if (!/^https?:\/\/[^\s]+$/i.test(value)) return value;
  return (
    <a href={value} target="_blank" rel="noopener noreferrer">
      {value}
    </a>
  );
}

/** Words on one line. */
export const text: FieldType = {
  column: "text",
  inline: true,
  text: (_, value) => (typeof value === "string" ? value : ""),
  read: (_, value) => (typeof value === "string" ? linked(value) : null),
  Input,
  Filter: TextFilter,
};
