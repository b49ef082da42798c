import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { Closing } from "@/api/types/effect";
import {
  AppLink,
  type Column,
  DataTable,
  Facts,
  Loaded,
  PageTitle,
  RemarkList,
  Section,
  StatusMark,
  usePageName,
} from "@/kit";
import { dateTime, int } from "@/kit/format";
import { PageChain } from "@/page/chain/Chain";
import { StepList } from "@/page/effect/Signatures";
import { className, effectScale, planned, verdictStatus, verdictWord } from "@/page/effect/words";
import { spanText } from "@/page/ledger/words";
import { m } from "@/paraglide/messages";
import { ClosingButtons } from "./ClosingButtons";
import classes from "./closing.module.css";
import { closingHref, closingTitle, closingValue, statusMark, statusWord } from "./words";

/** One closing: what was frozen, who signed it, and what the facts say today. */
export default function ClosingPage(): ReactElement {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useGet("/closings/{id}", { path: { id } });
  return (
    <Loaded query={query} height={640} page>
      {(one) => <OneClosing one={one} />}
    </Loaded>
  );
}

function OneClosing({ one }: { one: Closing }): ReactElement {
  usePageName(pageName(one));
  return (
    <>
      <PageTitle
        ruled
        sub={
          <>
            {one.subject === "metric" ? "" : `${one.label} · `}
            {one.process && one.subject !== "metric" ? `${one.process} · ` : ""}
            {one.plan ? (
              <AppLink href={`/wirkung/${one.plan}`}>{m.closing_to_effect()}</AppLink>
            ) : (
              <AppLink href={metricHref(one)}>{m.closing_to_metric()}</AppLink>
            )}
          </>
        }
        actions={<ClosingButtons closing={one} />}
      >
        {m.closing_headline({ title: pageName(one), value: closingValue(one, one.value) })}{" "}
        <span className={classes.state}>
          <StatusMark status={statusMark(one)} size={20} word={statusWord(one.status)} />
        </span>
      </PageTitle>
      <PageChain kind="closing" id={one.id} />
      <Restated one={one} />
      <div className={classes.grid}>
        <div>
          <Section title={m.closing_frozen()} first>
            <Facts columns items={facts(one)} />
          </Section>
          <Rows one={one} />
        </div>
        <div>
          <Section title={m.effect_signatures()} first>
            <StepList closing={one} />
          </Section>
          {one.follows ? (
            <p>
              <AppLink href={closingHref(one.follows)}>{m.closing_follows()}</AppLink>
            </p>
          ) : null}
          {one.followed_by ? (
            <p>
              <AppLink href={closingHref(one.followed_by)}>{m.closing_followed_by()}</AppLink>
            </p>
          ) : null}
          <RemarkList remarks={one.remarks} />
        </div>
      </div>
    </>
  );
}

/** A metric with its period in words, an effect by its plan. */
function pageName(one: Closing): string {
  return one.subject === "metric"
    ? m.closing_propose_title({ title: closingTitle(one), period: one.label })
    : one.title;
}

/** The page of the metric that was closed. */
function metricHref(one: Closing): string {
  const process = one.process ? `?process=${encodeURIComponent(one.process)}` : "";
  return `/kennzahlen/${encodeURIComponent(one.metric)}${process}`;
}

/** The signed value beside today's, when they differ. */
function Restated({ one }: { one: Closing }): ReactElement | null {
  const now = one.restatement;
  if (one.status !== "signed" || !now) return null;
  if (!now.changed)
    return (
      <p className={classes.same}>
        <StatusMark status="fulfilled" quiet /> {m.closing_same()}
      </p>
    );
  return (
    <div className={classes.restated} role="status">
      <p>
        <StatusMark status="restated" quiet />{" "}
        <strong>
          {m.closing_restated({ signed: closingValue(one, one.value), today: closingValue(one, now.value) })}
        </strong>
      </p>
      <ul>
        {now.why.map((remark) => (
          <li key={remark.code}>{remark.text}</li>
        ))}
      </ul>
    </div>
  );
}

function facts(one: Closing) {
  const scale = effectScale(one, one.value);
  const items = [
    { label: m.closing_fact_value(), value: closingValue(one, one.value) as ReactElement | string },
    {
      label: m.closing_fact_interval(),
      value:
        one.low === null || one.high === null
          ? "–"
          : m.kit_range({ low: scale.bare(one.low), high: scale.bare(one.high) }),
    },
    { label: m.closing_fact_n(), value: int(one.n) },
    { label: m.closing_fact_definition(), value: int(one.definition_version) },
    { label: m.closing_fact_snapshot(), value: int(one.snapshot) },
    { label: m.closing_fact_measured(), value: dateTime(one.measured_at) },
  ];
  if (one.verdict)
    items.push(
      {
        label: m.effect_col_verdict(),
        value: (
          <span className={classes.mark}>
            <StatusMark status={verdictStatus(one.verdict)} quiet /> {verdictWord(one.verdict)}
          </span>
        ),
      },
      { label: m.effect_col_class(), value: planned(one.class) },
    );
  if (one.worth && one.worth.middle !== null)
    items.push({
      label: m.effect_worth_title({ benefit: className(one.worth.class) }),
      value: spanText(one.worth, one.worth.unit),
    });
  items.push({
    label: m.closing_fact_hash(),
    value: one.hash ? <code className={classes.hash}>{one.hash}</code> : m.closing_fact_unsigned(),
  });
  return items;
}

/** The result rows that were frozen. */
function Rows({ one }: { one: Closing }): ReactElement | null {
  if (one.rows.length === 0) return null;
  const scale = effectScale(one, one.rows.find((row) => row.value !== null)?.value ?? one.value);
  const unit = scale.unit ? ` (${scale.unit})` : "";
  const times = (v: number | null): number | null => (v === null ? null : v * scale.factor);
  type Row = Closing["rows"][number];
  const columns: Column<Row>[] = [
    { id: "from", title: m.closing_row_from(), value: (row) => row.from, type: "date" },
    { id: "value", title: m.closing_fact_value() + unit, value: (row) => times(row.value), type: "number" },
    { id: "low", title: m.closing_row_low() + unit, value: (row) => times(row.low), type: "number" },
    { id: "high", title: m.closing_row_high() + unit, value: (row) => times(row.high), type: "number" },
    { id: "n", title: m.closing_fact_n(), value: (row) => row.n, type: "integer" },
  ];
  return (
    <Section title={m.closing_rows()} sub={m.closing_rows_sub()}>
      <DataTable dense name={m.closing_rows()} columns={columns} rows={one.rows} rowKey={(row) => row.from} />
    </Section>
  );
}
