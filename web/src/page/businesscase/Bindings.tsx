import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { BoundNow } from "@/api/types/business_case";
import { AppLink, Section, StatusMark } from "@/kit";
import { date, num, quantity } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./businesscase.module.css";

/** The measurements that a case keeps, beside those of today, and who else counts the same benefit. */
export function Bindings({ id, version }: { id: string; version: number }): ReactElement | null {
  const query = useGet("/business_cases/{id}/bindings", { path: { id }, query: { version } });
  const list = query.data;
  if (!list || (list.items ?? []).length === 0) return null;
  return (
    <Section title={m.businesscase_measured()}>
      <ul className={classes.list}>
        {(list.items ?? []).map((one) => (
          <Bound key={one.key} one={one} />
        ))}
        {(list.shared ?? []).map((other) => (
          <li key={other.case}>
            <StatusMark status="at_risk" quiet /> <AppLink href={`/business_case/${other.case}`}>{other.text}</AppLink>
            <small>{other.title}</small>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Bound({ one }: { one: BoundNow }): ReactElement {
  const href = one.finding
    ? `/befunde/${one.finding}`
    : `/kennzahlen/${one.metric}${one.process ? `?process=${encodeURIComponent(one.process)}` : ""}`;
  const text = (value: number | null | undefined): string => {
    const { text, unit } = quantity(value, unitOf(one.unit), currencyOf(one.unit));
    return unit ? `${text}\u00a0${unit}` : text;
  };
  return (
    <li>
      {one.input_title}: <AppLink href={href}>{one.title}</AppLink>
      <small>
        {text(one.value)}
        {one.factor !== 1 ? `, ${m.businesscase_times({ factor: num(one.factor, 4) })}` : ""}
        {one.day ? `, ${m.businesscase_measured_on({ day: date(one.day) })}` : ""}
      </small>
      {one.changed ? (
        <div>
          <StatusMark status="at_risk" word={one.note || m.businesscase_changed()} />
          <small>
            {one.today
              ? m.businesscase_changed_values({ kept: text(one.value), today: text(one.today.value) })
              : one.gone}
          </small>
        </div>
      ) : null}
    </li>
  );
}

const units = ["count", "money", "share", "seconds", "number"];

/** A metric of money has its currency as unit; the size of a finding a unit of its own. */
function unitOf(unit: string | undefined): string {
  if (unit && units.includes(unit)) return unit;
  return currencyOf(unit) ? "money" : "number";
}

function currencyOf(unit: string | undefined): string | null {
  return unit && /^[A-Z]{3}$/.test(unit) ? unit : null;
}
