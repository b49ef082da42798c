import { TextInput } from "@mantine/core";
import { type ComponentProps, type ReactElement, useEffect, useState } from "react";
import { m } from "@/paraglide/messages";
import { short } from "../format";
import classes from "./field.module.css";
import { parseNumber, scaled } from "./number-text";

/** The text of a number in the unit that people see. */
export function numberText(value: unknown, factor = 1): string {
  return typeof value === "number" ? short(scaled(value, 1 / factor), 12) : "";
}

/** What is wrong with a typed number, undefined when nothing is. */
export function numberProblem(value: unknown): string | undefined {
  return value === undefined || typeof value === "number" ? undefined : m.register_no_number();
}

/**
 * A number as the language writes it. factor is how many kept units one shown unit is: 0.01 for percent, 3600 for hours.
 * What is no number yet goes on as text, so that a draft keeps it and the server can refuse it.
 */
export function NumberBox({
  value,
  onChange,
  factor = 1,
  unit,
  ...rest
}: {
  value: unknown;
  onChange: (value: unknown) => void;
  factor?: number;
  unit?: string;
} & Omit<ComponentProps<typeof TextInput>, "value" | "onChange">): ReactElement {
  const [typing, setTyping] = useState<string | null>(null);
  const shown = typeof value === "string" ? value : numberText(value, factor);
  // What comes from outside replaces what was typed.
  useEffect(() => {
    setTyping((text) => (text !== null && sameNumber(text, value, factor) ? text : null));
  }, [value, factor]);
  return (
    <TextInput
      {...rest}
      inputMode="decimal"
      classNames={{ input: classes.number }}
      rightSection={unit ? <span className={classes.unit}>{unit}</span> : undefined}
      rightSectionWidth={unit ? 16 + unit.length * 8 : undefined}
      rightSectionPointerEvents="none"
      value={typing ?? shown}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyping(text);
        const read = parseNumber(text);
        onChange(text.trim() === "" ? undefined : read === null ? text : scaled(read, factor));
      }}
      onBlur={(event) => {
        setTyping(null);
        rest.onBlur?.(event);
      }}
    />
  );
}

function sameNumber(text: string, value: unknown, factor: number): boolean {
  if (value === undefined) return text.trim() === "";
  if (typeof value === "string") return text === value;
  const read = parseNumber(text);
  return read !== null && scaled(read, factor) === value;
}
