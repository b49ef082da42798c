import { MultiSelect, Select, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { m } from "@/paraglide/messages";
import { date } from "../format";
import { DayBox } from "./DayBox";
import type { FilterProps } from "./field";
import { NumberBox, numberText } from "./NumberBox";

// The inputs of a filter that several types share. Values are as the server takes them.

/** The filter stands in a popover of its own. */
export const inPlace = { withinPortal: false };

export function TextFilter({ values, onChange }: FilterProps): ReactElement {
  return (
    <TextInput
      label={m.kit_value()}
      value={values[0] ?? ""}
      data-autofocus
      onChange={(event) => onChange(event.currentTarget.value ? [event.currentTarget.value] : [])}
    />
  );
}

/** A filter of numbers in the unit that people see. */
export function numberFilter(unit: (props: FilterProps) => string, factor: (props: FilterProps) => number = () => 1) {
  return function NumberFilter(props: FilterProps): ReactElement {
    const { values, onChange } = props;
    const [typed, setTyped] = useState<unknown>(values[0] === undefined ? undefined : Number(values[0]));
    return (
      <NumberBox
        label={m.kit_value()}
        unit={unit(props)}
        factor={factor(props)}
        value={typed}
        data-autofocus
        onChange={(value) => {
          setTyped(value);
          onChange(typeof value === "number" ? [String(value)] : []);
        }}
      />
    );
  };
}

/** The number of a condition as people read it. */
export function numbersText(values: string[], unit: string, factor = 1): string {
  return values.map((value) => `${numberText(Number(value), factor)}${unit ? ` ${unit}` : ""}`).join(", ");
}

const distances = [0, 7, 30, 90, 365];

/** "@today+30" in words, otherwise the day. */
export function dayText(value: string): string {
  if (!value.startsWith("@today")) return date(value);
  const days = Number(value.slice(6) || 0);
  if (days === 0) return m.register_today();
  return days > 0 ? m.register_in_days({ n: String(days) }) : m.register_days_ago({ n: String(-days) });
}

/** A day, fixed or counted from today. */
export function DayFilter({ values, onChange }: FilterProps): ReactElement {
  const value = values[0] ?? "";
  const [fixed, setFixed] = useState(value !== "" && !value.startsWith("@"));
  const [typed, setTyped] = useState<unknown>(fixed ? value : undefined);
  const options = [
    ...distances.map((n) => ({ value: n === 0 ? "@today" : `@today+${n}` })),
    ...distances.slice(1).map((n) => ({ value: `@today-${n}` })),
  ].map((one) => ({ ...one, label: dayText(one.value) }));
  if (value.startsWith("@") && !options.some((one) => one.value === value))
    options.push({ value, label: dayText(value) });
  return (
    <>
      <Select
        label={m.kit_value()}
        data={[...options, { value: "fixed", label: m.register_fixed_day() }]}
        value={fixed ? "fixed" : value || null}
        comboboxProps={inPlace}
        onChange={(next) => {
          setFixed(next === "fixed");
          onChange(next && next !== "fixed" ? [next] : []);
        }}
      />
      {fixed ? (
        <DayBox
          label={m.register_day()}
          value={typed}
          onChange={(day) => {
            setTyped(day);
            onChange(typeof day === "string" && /^\d{4}-\d{2}-\d{2}$/.test(day) ? [day] : []);
          }}
        />
      ) : null}
    </>
  );
}

/** One or several of the options. */
export function OptionFilter({ field, values, onChange }: FilterProps): ReactElement {
  return (
    <MultiSelect
      label={m.kit_value()}
      data={field.options.map((option) => ({ value: option.value, label: option.title }))}
      value={values}
      onChange={onChange}
      comboboxProps={inPlace}
    />
  );
}

/** The titles of options. */
export function optionsText(field: FilterProps["field"], values: string[]): string {
  return values.map((value) => field.options.find((option) => option.value === value)?.title ?? value).join(", ");
}
