import type { ReactElement, ReactNode } from "react";
import type { Cell } from "@/api/types/base";
import type { FieldInfo } from "@/api/types/register";
import type { ColumnType } from "../download";

/** What does not pass, by the path below the field: "" for the field itself, ".min", "[0].from". */
export type Problems = Record<string, string>;

export interface InputProps {
  field: FieldInfo;
  value: unknown;
  /** undefined is unknown. What cannot be read yet is handed on as it was typed, so that nothing is lost. */
  onChange: (value: unknown) => void;
  problems?: Problems;
  /** In a cell or a row of a table: the label is for screen readers only. */
  plain?: boolean;
  autoFocus?: boolean;
}

export interface FilterProps {
  field: FieldInfo;
  op: string;
  values: string[];
  onChange: (values: string[]) => void;
}

/** How one type of field looks and behaves. A new type is one file of this folder and one line in types.ts. */
export interface FieldType {
  /** How its column is aligned and exported. */
  column: ColumnType;
  /** Half a line of the form is enough. */
  half?: boolean;
  /** Can be changed in a cell of the table. */
  inline?: boolean;
  /** A table can be grouped by it. */
  group?: boolean;
  /** Its numbers can be added up. */
  sum?: boolean;
  /** Conditions that make sense, of those that the server offers; all when left out. */
  ops?: readonly string[];
  /** The value as people read it. */
  text: (field: FieldInfo, value: unknown) => string;
  /** In a table, where that is more than the text. */
  cell?: (field: FieldInfo, value: unknown) => ReactNode;
  /** Where the value is only read, when that is more than the cell. */
  read?: (field: FieldInfo, value: unknown) => ReactNode;
  /** The value in a file; the text when left out. */
  file?: (field: FieldInfo, value: unknown) => Cell;
  Input: (props: InputProps) => ReactElement;
  /** What can be said before the server is asked. */
  check?: (field: FieldInfo, value: unknown) => Problems;
  Filter: (props: FilterProps) => ReactElement;
  /** The values of a condition as people read them. */
  filterText?: (field: FieldInfo, values: string[]) => string;
}
