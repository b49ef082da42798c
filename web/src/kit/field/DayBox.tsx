import { TextInput } from "@mantine/core";
import { type ComponentProps, type ReactElement, useEffect, useState } from "react";
import { m } from "@/paraglide/messages";
import { readDay } from "../day";
import { date } from "../format";

const iso = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with a typed day, undefined when nothing is. */
export function dayProblem(value: unknown): string | undefined {
  if (value === undefined || (typeof value === "string" && iso.test(value))) return undefined;
  return m.register_no_day();
}

/** A day as text in the language's own form, 24.11.2026; also 2026-11-24 is read. What is no day yet goes on as typed. */
export function DayBox({
  value,
  onChange,
  edge = "first",
  ...rest
}: {
  value: unknown;
  onChange: (value: unknown) => void;
  edge?: "first" | "last";
} & Omit<ComponentProps<typeof TextInput>, "value" | "onChange">): ReactElement {
  const [typing, setTyping] = useState<string | null>(null);
  const shown = typeof value === "string" ? (iso.test(value) ? date(value) : value) : "";
  // What comes from outside replaces what was typed.
  useEffect(() => {
    setTyping((text) => (text !== null && (readDay(text, edge) ?? (text || undefined)) === value ? text : null));
  }, [value, edge]);
  return (
    <TextInput
      {...rest}
      placeholder={m.register_day_form()}
      value={typing ?? shown}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyping(text);
        onChange(text.trim() === "" ? undefined : (readDay(text, edge) ?? text));
      }}
      onBlur={(event) => {
        setTyping(null);
        rest.onBlur?.(event);
      }}
    />
  );
}
