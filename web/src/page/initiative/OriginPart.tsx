import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { FindingDetail } from "@/api/types/finding";
import type { Initiative, Origin } from "@/api/types/initiative";
import { AppLink, Section } from "@/kit";
import { date, int, num, range, short } from "@/kit/format";
import { findingHref, sizeText, unitText } from "@/page/finding/text";
import { m } from "@/paraglide/messages";
import classes from "./initiative.module.css";

/** The findings that led here: their size then and today, both dated. */
export function OriginPart({ one }: { one: Initiative }): ReactElement {
  const origins = one.value.origins ?? [];
  return (
    <Section first title={m.initiative_origin()}>
      {origins.length === 0 ? (
        <p className={classes.quiet}>{m.initiative_origin_none()}</p>
      ) : (
        origins.map((origin) => <One key={origin.finding} origin={origin} />)
      )}
    </Section>
  );
}

function One({ origin }: { origin: Origin }): ReactElement {
  const now = useGet("/findings/{id}", { path: { id: origin.finding } }, { retry: false, placeholderData: undefined });
  const finding = now.data as FindingDetail | undefined;
  return (
    <div className={classes.origin}>
      <AppLink href={findingHref(origin.finding)}>{finding?.title ?? origin.title ?? origin.finding}</AppLink>
      <dl>
        <div>
          <dt>{origin.day ? m.initiative_then({ day: date(origin.day) }) : m.initiative_then_unknown()}</dt>
          <dd>
            {origin.size === undefined ? "–" : `${amount(origin.size)} ${unitText(origin.unit ?? "")}`}
            {origin.euros ? (
              <small>
                {m.initiative_euros({ range: range(origin.euros.min, origin.euros.max, (v) => num(v, 0)) })}
              </small>
            ) : null}
          </dd>
        </div>
        <div>
          <dt>{m.initiative_today({ day: date(new Date().toISOString()) })}</dt>
          <dd>
            {finding
              ? `${finding.size.value === null ? sizeText(finding) : amount(finding.size.value)} ${unitText(finding.size.unit, finding.size.currency || "EUR")}`
              : now.error
                ? m.initiative_gone()
                : "–"}
          </dd>
        </div>
      </dl>
    </div>
  );
}

function amount(value: number): string {
  return Math.abs(value) >= 10 ? int(value) : short(value, 1);
}
