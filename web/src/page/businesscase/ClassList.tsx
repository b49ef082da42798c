import type { ReactElement, ReactNode } from "react";
import type { Assessed } from "@/api/types/business_case";
import { int, num } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./businesscase.module.css";
import { amounts } from "./words";

/** The benefit, each class by itself; nothing here adds two of them. */
export function ClassList({ a }: { a: Assessed }): ReactElement {
  const { text } = amounts(a);
  const { cash, avoided_cost, released_time, other } = a.assessment.result;
  const none = <span className={classes.quiet}>{m.businesscase_class_none()}</span>;
  const present = (value: string): ReactNode => (
    <>
      <strong>{value}</strong> <small>{m.businesscase_present()}</small>
    </>
  );
  return (
    <>
      <dl className={classes.classes}>
        <dt>{m.businesscase_class_cash()}</dt>
        <dd>{cash.benefit.present_value === 0 ? none : present(text(cash.benefit.present_value))}</dd>
        <dt>{m.businesscase_class_released_time()}</dt>
        <dd>
          {released_time ? (
            <>
              <strong>{m.businesscase_hours({ n: int(released_time.total_hours) })}</strong>{" "}
              <small>{m.businesscase_hours_value({ value: text(released_time.value.present_value) })}</small>
            </>
          ) : (
            none
          )}
        </dd>
        <dt>{m.businesscase_class_avoided_cost()}</dt>
        <dd>{avoided_cost ? present(text(avoided_cost.present_value)) : none}</dd>
        {(other ?? []).map((one) => (
          <div key={one.id} className={classes.classRow}>
            <dt>{one.name || one.id}</dt>
            <dd>
              <strong>{m.businesscase_other_last({ n: num(one.monthly?.at(-1)), unit: one.unit })}</strong>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.quiet}>{m.businesscase_classes_note()}</p>
    </>
  );
}
