import type { ReactElement } from "react";
import type { FieldProblem } from "@/api";
import type { Doc, FieldInfo } from "@/api/types/register";
import { m } from "@/paraglide/messages";
import classes from "./field.module.css";
import { below, FieldLabel } from "./shell";
import { fieldType } from "./types";

/** What does not pass in a document: what the fields say themselves, then what the server said. */
export function problemsOf(
  fields: readonly FieldInfo[],
  value: Doc,
  said: readonly FieldProblem[] = [],
): Record<string, string> {
  const out: Record<string, string> = {};
  for (const one of said) out[one.field.replace(/^body\./, "")] = one.text;
  for (const field of fields) {
    const found = fieldType(field).check?.(field, value[field.name]) ?? {};
    for (const [path, words] of Object.entries(found)) out[field.name + path] = words;
  }
  return out;
}

/** The inputs of a record; what is computed or moves by a step of its own is shown to be read. */
export function FieldForm({
  fields,
  value,
  onChange,
  problems,
  narrow = false,
}: {
  fields: readonly FieldInfo[];
  value: Doc;
  onChange: (name: string, value: unknown) => void;
  problems?: readonly FieldProblem[];
  narrow?: boolean;
}): ReactElement {
  const wrong = problemsOf(fields, value, problems);
  return (
    <div className={classes.form} data-narrow={narrow || undefined}>
      {fields.map((field) => {
        const { Input, half } = fieldType(field);
        return (
          <div key={field.name} data-half={half || undefined} data-field={field.name}>
            {field.computed || field.managed ? (
              <ReadField field={field} value={value[field.name]} note />
            ) : (
              <Input
                field={field}
                value={value[field.name]}
                problems={below(wrong, field.name)}
                onChange={(next) => onChange(field.name, next)}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

/** A field that is only read. */
export function ReadField({
  field,
  value,
  note = false,
}: {
  field: FieldInfo;
  value: unknown;
  /** Says why it cannot be changed here. */
  note?: boolean;
}): ReactElement {
  const type = fieldType(field);
  return (
    <div className={classes.read}>
      <p className={classes.legend}>
        <FieldLabel field={field} />
      </p>
      <div className={classes.value}>
        {value === undefined || value === null ? "–" : (type.read ?? type.cell ?? type.text)(field, value)}
      </div>
      {note ? <p className={classes.help}>{field.computed ? m.register_computed() : m.register_managed()}</p> : null}
    </div>
  );
}
