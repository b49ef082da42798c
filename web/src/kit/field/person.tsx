import type { FieldInfo } from "@/api/types/register";
import { initials } from "../initials";
import type { FieldType } from "./field";
import classes from "./field.module.css";
import { nameOf } from "./names";
import { reference } from "./reference";

/** Two letters beside the name. */
function withInitials(field: FieldInfo, value: unknown) {
  if (typeof value !== "string") return null;
  const name = nameOf(field.to, value);
  return (
    <span className={classes.person}>
      <span className={classes.initials} aria-hidden="true">
        {initials(name)}
      </span>
      {name}
    </span>
  );
}

/** One person. */
export const person: FieldType = { ...reference, cell: withInitials };
