import type { ReactElement } from "react";
import type { Analysis, Plan } from "@/api/types/data";
import { AppLink, type Status, StatusMark } from "@/kit";
import { dateTime } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { requirement, skip } from "../fields";
import classes from "./Wizard.module.css";

/** Beside the mapping: what can be said before the whole file is checked. */
export function Suitability({ analysis, plan }: { analysis: Analysis; plan: Plan }): ReactElement {
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
          />
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

function Line({ status, title, detail }: { status: Status; title: string; detail: string }): ReactElement {
  return (
    <li>
      <StatusMark status={status} quiet />
      <span>
        <span className={classes.checkTitle}>{title}</span>
        <span className={classes.checkDetail}>{detail}</span>
      </span>
    </li>
  );
}
