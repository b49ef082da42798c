import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { readDay } from "@/kit/day";
import { date } from "@/kit/format";
import { m } from "@/paraglide/messages";

/** A day as text in the language's own form; it is taken over on Enter or when the field is left. */
export function DayField({
  label,
  value,
  edge,
  onChange,
}: {
  label: string;
  value: string;
  edge: "first" | "last";
  onChange: (day: string) => void;
}) {
  const [text, setText] = useState("");
  useEffect(() => setText(value ? date(value) : ""), [value]);
  const read = text.trim() === "" ? "" : readDay(text, edge);
  const take = () => {
    if (read !== null && read !== value) onChange(read);
  };
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      value={text}
      error={read === null && text.length > 6 ? m.process_filter_period_bad() : undefined}
      onChange={(e) => setText(e.currentTarget.value)}
      onBlur={take}
      onKeyDown={(e) => {
        if (e.key === "Enter") take();
      }}
    />
  );
}
