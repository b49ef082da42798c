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
import { Practise } from "./Practise";
import styles from "./start.module.css";
import { Tiles, useImportant } from "./Tiles";

/**
 * Where the company stands: one sentence, the most important metrics, findings, what is loaded, what to do next. On
 * phones what is to decide stands before the metrics.
 */
export default function StartPage() {
  usePageName(m.start_title());
  const query = useGet("/overview");
  const tiles = useImportant();
  const area = useRef<HTMLDivElement>(null);
  const phone = usePhone();
  return (
    <Loaded query={query} height={720} loadingText={m.start_loading()}>
      {(o) =>
        !o.sources || o.sources.length === 0 ? (
          <EmptyInstance page="start" practise={<Practise />} />
        ) : (
          <>
            <PageTitle
              due={o.headline_due || undefined}
              sub={subOf(o)}
              actions={
                <TileOutput
                  name={m.start_title()}
                  items={tiles.items}
                  against="year_before"
                  area={phone ? undefined : area}
                />
              }
            >
              {o.headline}
            </PageTitle>
            {o.next_step && (
              <p className={styles.next}>
                <StatusMark status="your_turn" quiet word={m.start_next()} />
                <span>
                  <strong>{m.start_next()}</strong> {o.next_step.text}
                </span>
                <Button component={AppLink} href={o.next_step.link} className="lo-no-print">
                  {m.start_go()}
                </Button>
              </p>
            )}
            {phone ? null : <Tiles {...tiles} phone={false} area={area} />}
            <div className={styles.columns}>
              <Findings o={o} />
              {phone ? <Tiles {...tiles} phone area={area} /> : null}
              <Section title={m.start_sources()} note={<AppLink href="/daten">{m.start_sources_all()}</AppLink>}>
                <Sources o={o} />
              </Section>
            </div>
            <RemarkList remarks={o.remarks} />
          </>
        )
      }
    </Loaded>
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
  return m.start_sub({ n: o.sources?.length ?? 0, rows: int(rows) });
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
