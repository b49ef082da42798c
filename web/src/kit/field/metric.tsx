import { MultiSelect, Select } from "@mantine/core";
import { useState } from "react";
import { useGet } from "@/api";
import { m } from "@/paraglide/messages";
import type { FieldType, FilterProps, InputProps } from "./field";
import { inPlace } from "./filters";
import { learnNames, nameOf } from "./names";
import { shell } from "./shell";

/** Where names.ts keeps the titles of metrics. */
const METRIC = "metric";

const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" && value !== "" ? [value] : [];

const titles = (names: readonly string[]): string => names.map((name) => nameOf(METRIC, name)).join(", ");

/** Every metric by its title, and what is chosen already even where the company has no such metric any more. */
function useMetricOptions(chosen: readonly string[]): { value: string; label: string }[] {
  const query = useGet("/metrics", {}, { retry: false, staleTime: 300_000 });
  const items = query.data?.items ?? [];
  learnNames(items.map((item) => ({ kind: METRIC, id: item.name, name: item.title })));
  const names = new Set([...items.map((item) => item.name), ...chosen]);
  return [...names]
    .map((name) => ({ value: name, label: nameOf(METRIC, name) }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

function One(props: InputProps) {
  const { field, value, onChange } = props;
  const options = useMetricOptions(list(value));
  return (
    <Select
      {...shell(props)}
      searchable
      clearable={!field.required}
      placeholder={m.register_choose_metric()}
      nothingFoundMessage={m.register_nothing()}
      data={options}
      value={list(value)[0] ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

/** A metric that the company only plans to measure can be written as a word. */
function Several(props: InputProps) {
  const { value, onChange } = props;
  const [typed, setTyped] = useState("");
  const options = useMetricOptions(list(value));
  const word = typed.trim();
  const found = options.some((option) => option.label.toLowerCase().includes(word.toLowerCase()));
  return (
    <MultiSelect
      {...shell(props)}
      searchable
      selectFirstOptionOnChange
      searchValue={typed}
      onSearchChange={setTyped}
      placeholder={list(value).length === 0 ? m.register_choose_metric() : undefined}
      nothingFoundMessage={m.register_nothing()}
      data={word !== "" && !found ? [...options, { value: word, label: word }] : options}
      value={list(value)}
      onChange={(next) => onChange(next.length > 0 ? next : undefined)}
    />
  );
}

function Filter({ values, onChange }: FilterProps) {
  const options = useMetricOptions(values);
  return (
    <MultiSelect
      label={m.kit_value()}
      searchable
      data={options}
      value={values}
      onChange={onChange}
      comboboxProps={inPlace}
    />
  );
}

const shared = {
  column: "text",
  text: (_: unknown, value: unknown) => titles(list(value)),
  Filter,
  filterText: (_: unknown, values: string[]) => titles(values),
} as const;

/** A metric by its title; the value is its name. */
export const metric: FieldType = { ...shared, inline: true, ops: ["eq", "ne", "empty", "not_empty"], Input: One };

/** Several metrics by their titles. */
export const metrics: FieldType = { ...shared, inline: true, Input: Several };
