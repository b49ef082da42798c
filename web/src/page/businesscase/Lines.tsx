import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { Line, LinePart } from "@/api/types/business_case";
import type { KindInfo } from "@/api/types/register";
import { short } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./businesscase.module.css";
import { LineDialog } from "./LineDialog";
import { freshId, usedBy, withoutLine } from "./lines";
import type { CaseDraft } from "./useCaseDraft";

const order: LinePart[] = ["costs", "benefits", "roles"];

/** Costs, benefits and roles of a case, each added, changed and removed here; saved together with the inputs. */
export function Lines({
  kind,
  draft,
  currency,
  editable,
}: {
  kind: KindInfo;
  draft: CaseDraft;
  currency: string;
  editable: boolean;
}): ReactElement {
  const [open, setOpen] = useState<{ part: LinePart; line: Line } | null>(null);
  return (
    <div className={classes.lines}>
      {order.map((part) => (
        <Part
          key={part}
          kind={kind}
          part={part}
          draft={draft}
          editable={editable}
          onOpen={(line) => setOpen({ part, line })}
        />
      ))}
      {open ? (
        <LineDialog
          key={open.line.id}
          kind={kind}
          part={open.part}
          line={open.line}
          parts={draft.parts}
          currency={currency}
          onPut={draft.put}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </div>
  );
}

const add: Record<LinePart, () => string> = {
  costs: m.businesscase_add_cost,
  benefits: m.businesscase_add_benefit,
  roles: m.businesscase_add_role,
};

function Part({
  kind,
  part,
  draft,
  editable,
  onOpen,
}: {
  kind: KindInfo;
  part: LinePart;
  draft: CaseDraft;
  editable: boolean;
  onOpen: (line: Line) => void;
}): ReactElement {
  const field = kind.fields.find((one) => one.name === part);
  const rows = draft.parts[part] ?? [];
  return (
    <div>
      <h3 className={classes.part}>
        {field?.title} <span>{rows.length}</span>
      </h3>
      {rows.length === 0 ? <p className={classes.quiet}>{m.businesscase_lines_none()}</p> : null}
      <ul className={classes.list}>
        {rows.map((line) => {
          const name = line.name ?? line.id;
          const used = usedBy(draft.parts, part, line.id);
          return (
            <li key={line.id} className={classes.line}>
              <span>
                {name}
                <small>{lineText(kind, part, line)}</small>
              </span>
              {editable ? (
                <span className="lo-no-print">
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={m.businesscase_line_edit({ name })}
                    onClick={() => onOpen(line)}
                  >
                    {m.businesscase_edit()}
                  </Button>
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    disabled={used.length > 0}
                    title={used.length > 0 ? m.businesscase_line_used({ name: used[0]?.name ?? "" }) : undefined}
                    aria-label={m.businesscase_line_remove({ name })}
                    onClick={() => draft.put(withoutLine(draft.parts, part, line.id))}
                  >
                    {m.businesscase_remove()}
                  </Button>
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      {editable ? (
        <Button
          size="xs"
          variant="default"
          className="lo-no-print"
          mt={8}
          onClick={() => onOpen({ id: freshId(draft.parts, part) })}
        >
          {add[part]()}
        </Button>
      ) : null}
    </div>
  );
}

/** Sort and time of a line in a few words. */
function lineText(kind: KindInfo, part: LinePart, line: Line): string {
  const columns = kind.fields.find((one) => one.name === part)?.fields ?? [];
  const option = (name: string): string =>
    columns.find((one) => one.name === name)?.options?.find((one) => one.value === line[name])?.title ?? "";
  const n = (value: unknown): string => short(Number(value));
  const time =
    line.month !== undefined
      ? m.businesscase_line_month({ n: n(line.month) })
      : line.from !== undefined && line.to !== undefined
        ? m.businesscase_line_span({ from: n(line.from), to: n(line.to) })
        : line.from !== undefined
          ? m.businesscase_line_from({ n: n(line.from) })
          : line.to !== undefined
            ? m.businesscase_line_until({ n: n(line.to) })
            : "";
  return [option("kind"), option("class"), option("every"), time, line.use ? String(line.use) : ""]
    .filter(Boolean)
    .join(" · ");
}
