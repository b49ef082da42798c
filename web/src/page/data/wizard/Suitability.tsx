import { TextInput } from "@mantine/core";
import { type ReactElement, type ReactNode, useState } from "react";
import type { Analysis, Plan } from "@/api/types/data";
import { AppLink, type Status, StatusMark } from "@/kit";
import { dateTime } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { requirement, skip } from "../fields";
import classes from "./Wizard.module.css";

/** Beside the mapping: what can be said before the whole file is checked. */
export function Suitability({
  analysis,
  plan,
  onPlan,
}: {
  analysis: Analysis;
  plan: Plan;
  onPlan: (plan: Plan) => void;
}): ReactElement {
  const need = requirement(
    plan.table,
    plan.mapping.map((entry) => entry.field),
  );
  const people = analysis.mapping.filter(
    (one) => one.person && plan.mapping.find((entry) => entry.column === one.column)?.field !== skip,
  );
  const dates = analysis.format.dates;
  return (
    <aside className={classes.side} aria-label={m.data_suitable()}>
      <h2>{m.data_suitable()}</h2>
      <p className={classes.sideLead}>
        {need.missing.length === 0 ? m.data_suitable_so_far() : m.data_missing({ fields: need.missing.join(", ") })}
      </p>
      <ul className={classes.checks}>
        {need.needed > 0 ? (
          <Line
            status={need.missing.length === 0 ? "on_course" : "missed"}
            title={need.missing.length === 0 ? m.data_required_found() : m.data_required_missing()}
            detail={m.data_required_count({ n: String(need.found), total: String(need.needed) })}
          />
        ) : null}
        {dates.ambiguous ? (
          <Line
            status="at_risk"
            title={m.data_dates_question()}
            detail={m.data_dates_example({ example: dates.example })}
          />
        ) : dates.order ? (
          <Line status="on_course" title={m.data_dates_clear()} detail={m.data_dates_clear_text()} />
        ) : null}
        {people.length > 0 ? (
          <Line
            status="note"
            title={m.data_people({ n: people.length })}
            detail={m.data_people_text({ columns: people.map((one) => one.column).join(", ") })}
          >
            <Purposes columns={people.map((one) => one.column)} plan={plan} onPlan={onPlan} />
          </Line>
        ) : null}
        {analysis.remembered ? (
          <Line status="note" title={m.data_remembered()} detail={m.data_remembered_text()} />
        ) : null}
      </ul>
      <h3>{m.data_before()}</h3>
      <p className={classes.note}>
        {analysis.existing ? (
          <>
            {m.data_before_yes({ at: dateTime(analysis.existing.loaded_at) })}{" "}
            <AppLink href="/daten">{m.data_to_loads()}</AppLink>
          </>
        ) : (
          m.data_before_no()
        )}
      </p>
      <dl className={classes.keys}>
        <dt>
          <kbd>↑ ↓</kbd>
        </dt>
        <dd>{m.data_key_rows()}</dd>
        <dt>
          <kbd>↵</kbd>
        </dt>
        <dd>{m.data_key_choose()}</dd>
        <dt>
          <kbd>X</kbd>
        </dt>
        <dd>{m.data_key_skip()}</dd>
        <dt>
          <kbd>{m.data_key_ctrl_enter()}</kbd>
        </dt>
        <dd>{m.data_to_check()}</dd>
      </dl>
    </aside>
  );
}

/** Names are stored only for a purpose that somebody wrote down. */
function Purposes({
  columns,
  plan,
  onPlan,
}: {
  columns: string[];
  plan: Plan;
  onPlan: (plan: Plan) => void;
}): ReactElement {
  const [open, setOpen] = useState(plan.purposes.length > 0);
  const purposeOf = (column: string): string => plan.purposes.find((one) => one.column === column)?.purpose ?? "";
  const set = (column: string, purpose: string): void => {
    const others = plan.purposes.filter((one) => one.column !== column);
    onPlan({ ...plan, purposes: purpose === "" ? others : [...others, { column, purpose }] });
  };
  return (
    <>
      <button type="button" className={classes.textButton} aria-expanded={open} onClick={() => setOpen(!open)}>
        {m.data_purpose()}
      </button>
      {open ? (
        <span className={classes.purposes}>
          <span className={classes.note}>{m.data_purpose_text()}</span>
          {columns.map((column) => (
            <TextInput
              key={column}
              label={m.data_purpose_of({ column })}
              value={purposeOf(column)}
              error={
                purposeOf(column).length > 0 && purposeOf(column).trim().length < 3 ? m.data_purpose_short() : undefined
              }
              onChange={(event) => set(column, event.target.value)}
            />
          ))}
        </span>
      ) : null}
    </>
  );
}

function Line({
  status,
  title,
  detail,
  children,
}: {
  status: Status;
  title: string;
  detail: string;
  children?: ReactNode;
}): ReactElement {
  return (
    <li>
      <StatusMark status={status} quiet />
      <span>
        <span className={classes.checkTitle}>{title}</span>
        <span className={classes.checkDetail}>{detail}</span>
        {children}
      </span>
    </li>
  );
}
