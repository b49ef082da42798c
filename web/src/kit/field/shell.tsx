import type { ReactElement, ReactNode } from "react";
import type { FieldInfo } from "@/api/types/register";
import { m } from "@/paraglide/messages";
import { Icon } from "../Icon";
import type { InputProps, Problems } from "./field";
import classes from "./field.module.css";

/** The title of a field, with the mark of a private one. */
export function FieldLabel({ field }: { field: FieldInfo }): ReactElement {
  return (
    <>
      {field.title}
      {field.private ? (
        <span className={classes.private}>
          <Icon name="lock" size={12} />
          {m.register_private()}
        </span>
      ) : null}
    </>
  );
}

/** What every simple input takes from its field: label, help, error; in a cell the label is for screen readers only. */
export function shell({ field, problems, plain, autoFocus }: InputProps): {
  label?: ReactNode;
  description?: string;
  error?: string;
  withAsterisk?: boolean;
  "aria-label"?: string;
  autoFocus?: boolean;
  "aria-required"?: boolean;
} {
  const error = problems?.[""];
  if (plain) return { "aria-label": field.title, error, autoFocus };
  return {
    label: <FieldLabel field={field} />,
    description: field.help || undefined,
    error,
    withAsterisk: field.required,
    "aria-required": field.required || undefined,
    autoFocus,
  };
}

/** Several inputs under one title, such as from and to. */
export function Group({
  field,
  plain,
  problems,
  children,
}: {
  field: FieldInfo;
  plain?: boolean;
  problems?: Problems;
  children: ReactNode;
}): ReactElement {
  return (
    <fieldset className={classes.group}>
      <legend className={plain ? "lo-sr" : classes.legend}>
        <FieldLabel field={field} />
        {field.required ? <span className={classes.required}> *</span> : null}
      </legend>
      {field.help && !plain ? <p className={classes.help}>{field.help}</p> : null}
      {children}
      {problems?.[""] ? <p className={classes.problem}>{problems[""]}</p> : null}
    </fieldset>
  );
}

/** The problems below a part of the field, with the part taken off. */
export function below(problems: Problems | undefined, part: string): Problems {
  const out: Problems = {};
  for (const [path, text] of Object.entries(problems ?? {})) {
    if (path === part) out[""] = text;
    else if (path.startsWith(`${part}.`) || path.startsWith(`${part}[`)) out[path.slice(part.length)] = text;
  }
  return out;
}
