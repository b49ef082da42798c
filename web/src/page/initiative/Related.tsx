import type { ReactElement } from "react";
import type { Initiative } from "@/api/types/initiative";
import type { FieldInfo, KindInfo, RecordItem } from "@/api/types/register";
import { AppLink, Section, StatusMark } from "@/kit";
import { nameOf, useKinds } from "@/kit/field/names";
import { date, num, range } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { initiativeHref, useOf } from "./data";
import classes from "./initiative.module.css";

/** Risks, dependencies and decisions of an initiative, as their registers have them. */
export function Related({ one }: { one: Initiative }): ReactElement {
  const kinds = useKinds().data?.items ?? [];
  const kind = (name: string): KindInfo | undefined => kinds.find((k) => k.name === name);
  return (
    <div className={classes.thirds}>
      <Risks one={one} kind={kind("risk")} />
      <Dependencies one={one} kind={kind("dependency")} />
      <Decisions one={one} kind={kind("decision")} />
    </div>
  );
}

interface Part {
  one: Initiative;
  kind: KindInfo | undefined;
}

/** A list with its register one click away; nothing where the person may not read the register. */
function List({
  kind,
  field,
  one,
  rows,
  none,
}: Part & { field: string; rows: ReactElement[]; none: string }): ReactElement | null {
  if (!kind) return null;
  return (
    <Section
      title={kind.many}
      note={rows.length > 0 ? String(rows.length) : null}
      actions={
        <AppLink href={`/register/${kind.name}?filter=${encodeURIComponent(`${field}:eq:${one.id}`)}`}>
          {m.initiative_in_register()}
        </AppLink>
      }
    >
      {rows.length === 0 ? <p className={classes.quiet}>{none}</p> : <ul className={classes.rows}>{rows}</ul>}
    </Section>
  );
}

function optionTitle(kind: KindInfo | undefined, field: string, value: unknown): string {
  const info: FieldInfo | undefined = kind?.fields.find((one) => one.name === field);
  return info?.options?.find((one) => one.value === value)?.title ?? "";
}

function span(value: unknown, unit: string): string {
  const v = value as { min: number; max: number } | undefined;
  return v ? `${range(v.min, v.max, (n) => num(n, 0))} ${unit}` : "–";
}

function Risks({ one, kind }: Part): ReactElement | null {
  const list = useOf("risk", kind ? one.id : "").data ?? [];
  return (
    <List
      one={one}
      kind={kind}
      field="initiative"
      none={m.initiative_risks_none()}
      rows={list.map((risk) => (
        <li key={risk.id}>
          <StatusMark
            status={risk.value.status === "occurred" ? "missed" : risk.value.status === "closed" ? "fulfilled" : "open"}
            word={optionTitle(kind, "status", risk.value.status)}
            quiet
          />
          <div>
            <AppLink href={`/register/risk/${risk.id}`}>{String(risk.value.title)}</AppLink>
            <small>
              {[
                optionTitle(kind, "status", risk.value.status),
                risk.value.likelihood ? span(risk.value.likelihood, "%") : m.initiative_risk_unrated(),
                risk.value.loss ? span(risk.value.loss, "T€") : "",
              ]
                .filter(Boolean)
                .join(" · ")}
            </small>
          </div>
        </li>
      ))}
    />
  );
}

function Dependencies({ one, kind }: Part): ReactElement | null {
  const waits = useOf("dependency", kind ? one.id : "", "from").data ?? [];
  const others = useOf("dependency", kind ? one.id : "", "to").data ?? [];
  const row = (record: RecordItem, other: string, words: string): ReactElement => (
    <li key={record.id}>
      <StatusMark status="note" quiet />
      <div>
        {words} <AppLink href={initiativeHref(other)}>{nameOf("initiative", other)}</AppLink>
        <small>{optionTitle(kind, "sort", record.value.sort)}</small>
      </div>
    </li>
  );
  return (
    <List
      one={one}
      kind={kind}
      field="from"
      none={m.initiative_dependencies_none()}
      rows={[
        ...waits.map((record) => row(record, String(record.value.to), m.initiative_waits_for())),
        ...others.map((record) => row(record, String(record.value.from), m.initiative_needed_by())),
      ]}
    />
  );
}

function Decisions({ one, kind }: Part): ReactElement | null {
  const list = useOf("decision", kind ? one.id : "").data ?? [];
  return (
    <List
      one={one}
      kind={kind}
      field="initiative"
      none={m.initiative_decisions_none()}
      rows={list.map((decision) => (
        <li key={decision.id}>
          <StatusMark
            status={
              decision.value.outcome === "accepted"
                ? "fulfilled"
                : decision.value.outcome === "rejected"
                  ? "not_fulfilled"
                  : "open"
            }
            word={optionTitle(kind, "outcome", decision.value.outcome)}
            quiet
          />
          <div>
            <AppLink href={`/register/decision/${decision.id}`}>{String(decision.value.title)}</AppLink>
            <small>
              {[
                optionTitle(kind, "outcome", decision.value.outcome),
                decision.value.decided
                  ? date(String(decision.value.decided))
                  : decision.value.due
                    ? m.initiative_due({ day: date(String(decision.value.due)) })
                    : "",
                decision.value.owner ? nameOf("person", String(decision.value.owner)) : "",
              ]
                .filter(Boolean)
                .join(" · ")}
            </small>
          </div>
        </li>
      ))}
    />
  );
}
