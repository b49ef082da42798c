import { Button } from "@mantine/core";
import { useRef } from "react";
import { useGet } from "@/api";
import type { Overview } from "@/api/types/overview";
import { AppLink, Empty, EmptyInstance, Loaded, PageTitle, RemarkList, Section, StatusMark, usePageName } from "@/kit";
import { age, dateTime, int } from "@/kit/format";
import { FindingRows } from "@/page/finding/FindingTable";
import { TileOutput } from "@/page/metric/TileOutput";
import { usePhone } from "@/page/process/usePhone";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";
import { Budget } from "./Budget";
import { Changes } from "./Changes";
import { Closings } from "./Closings";
import { Decisions } from "./Decisions";
import { Here } from "./Here";
import { Practise } from "./Practise";
import { Proven } from "./Proven";
import { Stages } from "./Stages";
import styles from "./start.module.css";
import { inOrder, Tiles } from "./Tiles";

/**
 * Where the company stands: one sentence, figures against targets, what is to decide, what changed, initiatives by stage,
 * money. On phones what is to decide stands before the figures.
 */
export default function StartPage() {
  usePageName(m.start_title());
  const query = useGet("/overview");
  return (
    <Loaded query={query} height={720} loadingText={m.start_loading()}>
      {(o) => (o.facts && (o.sources ?? []).length === 0 ? <Beginning o={o} /> : <Page o={o} />)}
    </Loaded>
  );
}

/** An instance without data: what to load; what is planned already stands below. */
function Beginning({ o }: { o: Overview }) {
  return (
    <>
      <EmptyInstance page="start" practise={<Practise />} />
      {o.decisions.length > 0 ? <Decisions o={o} /> : null}
      <Stages o={o} />
    </>
  );
}

function Page({ o }: { o: Overview }) {
  const area = useRef<HTMLDivElement>(null);
  const phone = usePhone();
  const admin = useRights().may("account.manage");
  return (
    <>
      <PageTitle
        due={o.headline_due || undefined}
        sub={o.facts ? subOf(o) : admin ? m.start_no_facts_admin() : m.start_no_facts()}
        actions={
          o.facts ? (
            <TileOutput
              name={m.start_title()}
              items={inOrder(o)}
              against="year_before"
              area={phone ? undefined : area}
            />
          ) : undefined
        }
      >
        {o.headline}
      </PageTitle>
      {o.next_step && o.decisions.every((d) => !d.mine) ? <Next step={o.next_step} /> : null}
      {o.facts && !phone ? <Tiles o={o} phone={false} area={area} /> : null}
      {o.here.length > 0 ? <Here steps={o.here} /> : null}
      <div className={styles.columns}>
        {o.facts || o.decisions.length > 0 ? <Decisions o={o} /> : null}
        {o.facts && phone ? <Tiles o={o} phone area={area} /> : null}
        {o.facts ? <Proven /> : null}
        {o.facts ? <Closings /> : null}
        {o.budget ? <Budget budget={o.budget} /> : null}
        {o.facts || o.changes.length > 0 ? <Changes o={o} /> : null}
      </div>
      <Stages o={o} />
      {o.facts ? (
        <div className={styles.halves}>
          <Findings o={o} />
          <Section title={m.start_sources()} note={<AppLink href="/daten">{m.start_sources_all()}</AppLink>}>
            <Sources o={o} />
          </Section>
        </div>
      ) : null}
      <RemarkList remarks={o.remarks} />
    </>
  );
}

function Next({ step }: { step: NonNullable<Overview["next_step"]> }) {
  return (
    <p className={styles.next}>
      <StatusMark status="your_turn" quiet word={m.start_next()} />
      <span>
        <strong>{m.start_next()}</strong> {step.text}
      </span>
      <Button component={AppLink} href={step.link} className="lo-no-print">
        {m.start_go()}
      </Button>
    </p>
  );
}

function Findings({ o }: { o: Overview }) {
  return (
    <Section
      title={m.start_findings()}
      note={
        <AppLink href="/befunde">
          {m.start_findings_all({ n: int(o.counts.findings ?? o.findings?.length ?? 0) })}
        </AppLink>
      }
    >
      {o.findings && o.findings.length > 0 ? (
        <FindingRows findings={o.findings} />
      ) : (
        <Empty title={m.finding_none_title()} text={m.start_no_findings()} />
      )}
    </Section>
  );
}

function subOf(o: Overview): string {
  const rows = (o.sources ?? []).reduce((sum, s) => sum + s.rows, 0);
  const g = o.goals;
  const parts = [
    g.missed > 0 ? m.start_sub_missed({ n: int(g.missed) }) : "",
    g.at_risk > 0 ? m.start_sub_at_risk({ n: int(g.at_risk) }) : "",
    g.unknown > 0 ? m.start_sub_unknown({ n: int(g.unknown) }) : "",
  ].filter(Boolean);
  const loaded = m.start_sub({ n: o.sources?.length ?? 0, rows: int(rows) });
  return parts.length > 0 ? `${parts.join(", ")}. ${loaded}` : loaded;
}

function Sources({ o }: { o: Overview }) {
  return (
    <ul className={styles.sources}>
      {o.sources?.map((s) => (
        <li key={`${s.table} ${s.process}`}>
          <span>
            <strong>{s.title || s.process || s.table}</strong>
            <small>{m.start_source_rows({ rows: int(s.rows), last: dateTime(s.last) })}</small>
          </span>
          <span>{s.age_seconds === null ? "–" : m.start_source_age({ age: age(s.age_seconds) })}</span>
        </li>
      ))}
    </ul>
  );
}
