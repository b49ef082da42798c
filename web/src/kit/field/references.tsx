import type { FieldInfo } from "@/api/types/register";
import { AppLink } from "../AppLink";
import type { FieldType } from "./field";
import { nameOf } from "./names";
import { ManyRecords, RecordFilter } from "./RecordPicker";
import { recordsText } from "./reference";

const ids = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

const textOf = (field: FieldInfo, value: unknown): string =>
  ids(value)
    .map((id) => nameOf(field.to, id))
    .join(", ");

/** Several records of another register, or several persons. */
export const references: FieldType = {
  column: "text",
  inline: true,
  text: textOf,
  read: (field, value) =>
    ids(value).map((id, index) => (
      <span key={id}>
        {index > 0 ? ", " : ""}
        <AppLink href={`/register/${field.to}/${id}`}>{nameOf(field.to, id)}</AppLink>
      </span>
    )),
  Input: ManyRecords,
  Filter: RecordFilter,
  filterText: recordsText,
};
