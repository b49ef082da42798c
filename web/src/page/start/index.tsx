import { Button } from "@mantine/core";
import { useGet } from "@/api";
import type { Overview } from "@/api/types/overview";
import {
  AppLink,
  Empty,
  EmptyInstance,
  Icon,
  Loaded,
  Loading,
  PageTitle,
  RemarkList,
  Section,
  StatusMark,
  usePageName,
} from "@/kit";
import { age, dateTime, int } from "@/kit/format";
import { FindingRows } from "@/page/finding/FindingTable";
import { byNeed, scalesByUnit } from "@/page/metric/change";
import { MetricTile } from "@/page/metric/MetricTile";
import metric from "@/page/metric/metric.module.css";
import { ReadingAid } from "@/page/metric/ReadingAid";
import { m } from "@/paraglide/messages";
import { important } from "./important";
import { Practise } from "./Practise";
import styles from "./start.module.css";

/** Where the company stands: one sentence, the most important metrics, findings, what is loaded, what to do next. */
export default function StartPage() {
  usePageName(m.start_title());
  const query = useGet("/overview");
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
                <Button variant="default" leftSection={<Icon name="print" />} onClick={() => window.print()}>
                  {m.kit_print()}
                </Button>
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
            <Metrics />
            <div className={styles.columns}>
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

function subOf(o: Overview): string {
  const rows = (o.sources ?? []).reduce((sum, s) => sum + s.rows, 0);
  return m.start_sub({ n: o.sources?.length ?? 0, rows: int(rows) });
}

/** Up to seven metrics and the reading aid as the eighth cell. */
function Metrics() {
  const query = useGet("/metrics");
  const findings = useGet("/findings");
  if (query.isPending) return <Loading height={488} text={m.metric_list_loading()} />;
  const items = byNeed(important(query.data?.items ?? [], 7), "year_before");
  if (items.length === 0)
    return (
      <Empty
        title={m.start_no_metrics()}
        text={m.start_no_metrics_text()}
        action={
          <Button component={AppLink} href="/kennzahlen">
            {m.start_metrics_all()}
          </Button>
        }
      />
    );
  const scales = scalesByUnit(items, "year_before");
  const several = new Set((query.data?.items ?? []).map((i) => i.process).filter(Boolean)).size > 1;
  return (
    <>
      <div className={metric.tiles}>
        {items.map((item) => (
          <MetricTile
            key={`${item.name} ${item.process}`}
            item={item}
            against="year_before"
            scale={scales.get(item.unit) ?? 1}
            process={several}
            findings={findings.data?.items}
          />
        ))}
        <ReadingAid />
      </div>
      <p className={styles.more}>
        <AppLink href="/kennzahlen">{m.start_metrics_count({ n: int(query.data?.total ?? 0) })}</AppLink>
      </p>
    </>
  );
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
