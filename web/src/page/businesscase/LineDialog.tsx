import { Checkbox, MultiSelect, Select, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { CaseParts, Line, LinePart } from "@/api/types/business_case";
import type { FieldInfo, KindInfo } from "@/api/types/register";
import { ConfirmDialog } from "@/kit";
import { NumberBox } from "@/kit/field/NumberBox";
import { m } from "@/paraglide/messages";
import classes from "./businesscase.module.css";
import { columnsOf, type InputPlace, keyOf, placesOf, putLine } from "./lines";
import { inputScale, placeWord } from "./words";

/** A line as a person writes it: its sort, when it counts, and a first number for each input that it lacks. */
export function LineDialog({
  kind,
  part,
  parts,
  line: given,
  currency,
  onPut,
  onClose,
}: {
  kind: KindInfo;
  part: LinePart;
  parts: CaseParts;
  line: Line;
  currency: string;
  onPut: (next: CaseParts) => void;
  onClose: () => void;
}): ReactElement {
  const [line, setLine] = useState<Line>(given);
  const [numbers, setNumbers] = useState<Partial<Record<InputPlace, unknown>>>({});
  const columns = kind.fields.find((field) => field.name === part)?.fields ?? [];
  const set = (name: string, value: unknown): void => setLine({ ...line, [name]: value });
  const sort = part === "costs" ? "kind" : "class";
  const { needed, offered } = placesOf(part, line);
  const stem = `${keyOf(part, line.id)}.`;
  const lacks = (place: InputPlace): boolean => !(parts.inputs ?? []).some((input) => input.key === stem + place);
  const missing = needed.filter((place) => lacks(place) && typeof numbers[place] !== "number");
  const wanting =
    !line.name?.trim() ||
    (part !== "roles" && !line[sort]) ||
    missing.length > 0 ||
    (line.kind === "internal" && !line.role) ||
    (line.kind === "funding" && !(line.eligible as string[] | undefined)?.length);
  const one = kind.fields.find((field) => field.name === part)?.title ?? "";
  const box = (place: InputPlace): ReactElement => {
    const { factor, unit } = inputScale({ unit: unitOf(place), of: String(line.unit ?? "") }, currency);
    return (
      <NumberBox
        key={place}
        label={placeWord(place)}
        factor={factor}
        unit={unit}
        value={numbers[place]}
        onChange={(value) => setNumbers({ ...numbers, [place]: value })}
      />
    );
  };
  return (
    <ConfirmDialog
      opened
      title={`${one}: ${given.name ?? m.businesscase_line_new()}`}
      confirm={m.businesscase_line_take()}
      disabled={Boolean(wanting)}
      onClose={onClose}
      onConfirm={() => onPut(putLine(parts, part, line, onlyNumbers(numbers)))}
    >
      <div className={classes.form}>
        <TextInput
          label={columns.find((column) => column.name === "name")?.title}
          data-autofocus
          maxLength={200}
          value={line.name ?? ""}
          onChange={(event) => set("name", event.currentTarget.value)}
        />
        {part === "roles" ? null : (
          <Choice
            column={columns.find((column) => column.name === sort)}
            value={line[sort]}
            onChange={(v) => set(sort, v)}
          />
        )}
        {columnsOf(part, line).map((name) => (
          <Column
            key={name}
            column={columns.find((column) => column.name === name)}
            parts={parts}
            line={line}
            onChange={(value) => set(name, value)}
          />
        ))}
        {[...needed, ...offered].filter(lacks).map(box)}
        {needed.some(lacks) ? <p className={classes.quiet}>{m.businesscase_line_guess()}</p> : null}
      </div>
    </ConfirmDialog>
  );
}

function onlyNumbers(given: Partial<Record<InputPlace, unknown>>): Partial<Record<InputPlace, number>> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === "number"));
}

function unitOf(place: InputPlace): "money" | "share" | "days" | "users" | "months" | "quantity" {
  switch (place) {
    case "amount":
    case "price":
    case "cap":
    case "day_rate":
      return "money";
    case "ramp.months":
      return "months";
    default:
      return place;
  }
}

function Choice({
  column,
  value,
  onChange,
}: {
  column: FieldInfo | undefined;
  value: unknown;
  onChange: (value: string | undefined) => void;
}): ReactElement {
  return (
    <Select
      label={column?.title}
      value={(value as string | undefined) ?? null}
      data={(column?.options ?? []).map((option) => ({ value: option.value, label: option.title }))}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

/** One column of the line's sort. */
function Column({
  column,
  parts,
  line,
  onChange,
}: {
  column: FieldInfo | undefined;
  parts: CaseParts;
  line: Line;
  onChange: (value: unknown) => void;
}): ReactElement | null {
  if (!column) return null;
  const value = line[column.name];
  const named = (list: Line[] | undefined): { value: string; label: string }[] =>
    (list ?? []).map((one) => ({ value: one.id, label: one.name ?? one.id }));
  switch (column.name) {
    case "role":
      return (
        <Select
          label={column.title}
          description={(parts.roles ?? []).length === 0 ? m.businesscase_line_no_role() : undefined}
          value={(value as string | undefined) ?? null}
          data={named(parts.roles)}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    case "eligible":
      return (
        <MultiSelect
          label={column.title}
          value={(value as string[] | undefined) ?? []}
          data={named(parts.costs?.filter((one) => one.kind !== "funding"))}
          onChange={(next) => onChange(next)}
        />
      );
    case "every":
      return <Choice column={column} value={value} onChange={onChange} />;
    case "from_time":
      return (
        <Checkbox
          label={column.title}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked || undefined)}
        />
      );
    case "unit":
    case "use":
      return (
        <TextInput
          label={column.title}
          maxLength={500}
          value={(value as string | undefined) ?? ""}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
    default:
      return (
        <NumberBox
          label={column.title}
          description={column.name === "to" ? m.businesscase_line_to_end() : undefined}
          value={value}
          onChange={onChange}
        />
      );
  }
}
