import type { FieldInfo } from "@/api/types/register";
import { choice } from "./choice";
import { choices } from "./choices";
import { date } from "./date";
import { duration } from "./duration";
import type { FieldType } from "./field";
import { files } from "./files";
import { longtext } from "./longtext";
import { metric, metrics } from "./metric";
import { money } from "./money";
import { number } from "./number";
import { percent } from "./percent";
import { period } from "./period";
import { person } from "./person";
import { range } from "./range";
import { reference } from "./reference";
import { references } from "./references";
import { table } from "./table";
import { text } from "./text";
import { yesno } from "./yesno";

const types: Record<FieldInfo["type"], FieldType> = {
  text,
  longtext,
  yesno,
  number,
  percent,
  duration,
  money,
  date,
  period,
  choice,
  choices,
  reference,
  references,
  person,
  persons: references,
  range,
  table,
  files,
};

/** The look and behaviour of a field. */
export function fieldType(field: FieldInfo): FieldType {
  if (field.names === "metric") return field.type === "choices" ? metrics : metric;
  return types[field.type];
}
