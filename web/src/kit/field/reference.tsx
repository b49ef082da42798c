import type { ReactNode } from "react";
import type { FieldInfo } from "@/api/types/register";
import { m } from "@/paraglide/messages";
import { AppLink } from "../AppLink";
import type { FieldType } from "./field";
import { nameOf, useRecordName } from "./names";
import { OneRecord, RecordFilter } from "./RecordPicker";

function Named({ kind, id }: { kind: string; id: string }): ReactNode {
  return <AppLink href={`/register/${kind}/${id}`}>{useRecordName(kind, id)}</AppLink>;
}

const textOf = (field: FieldInfo, value: unknown): string => (typeof value === "string" ? nameOf(field.to, value) : "");

/** The names of records in a condition; a person can be the reader. */
export const recordsText = (field: FieldInfo, values: string[]): string =>
  values.map((id) => (id === "@me" ? m.register_me() : nameOf(field.to, id))).join(", ");

/** One record of another register. */
export const reference: FieldType = {
  column: "text",
  half: true,
  inline: true,
  group: true,
  ops: ["eq", "ne", "empty", "not_empty"],
  text: textOf,
  read: (field, value) => (typeof value === "string" ? <Named kind={field.to} id={value} /> : null),
  Input: OneRecord,
  Filter: RecordFilter,
  filterText: recordsText,
};
