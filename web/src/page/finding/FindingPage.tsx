import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useGet } from "@/api";
import type { FindingDetail } from "@/api/types/finding";
import { AppLink, Facts, Figure, Loaded, PageTitle, RemarkList, Section, searchFor, usePageName } from "@/kit";
import { date, dateTime, int } from "@/kit/format";
import { PageChain } from "@/page/chain/Chain";
import { MakeInitiative } from "@/page/initiative/MakeInitiative";
import { processHref } from "@/page/process/ProcessListPage";
import { processState } from "@/page/process/state";
import { m } from "@/paraglide/messages";
import { CasesBehind } from "./CasesBehind";
import { Decision } from "./Decision";
import { Certainty, FindingState } from "./FindingTable";
import styles from "./finding.module.css";
import { eurosText, kindText, sizeText, stateText } from "./text";

/** One finding with its size, calculation, cases and what people decided. */
export default function FindingPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const query = useGet("/findings/{id}", { path: { id } });
  usePageName(query.data?.title);
  return (
    <Loaded query={query} height={640} loadingText={m.finding_list_loading()}>
      {(f) => (
        <>
          <PageTitle
            sub={
              <>
                {f.number} · {kindText(f.kind)} · <FindingState state={f.state} />
              </>
            }
            actions={
              <Button variant="default" onClick={() => window.print()}>
                {m.kit_print()}
              </Button>
            }
            ruled
          >
            {f.title}
          </PageTitle>
          <PageChain kind="finding" id={f.id} />
          <div className={styles.grid}>
            <div>
              <Size f={f} />
              <Section title={m.finding_formula()}>
                <p className={styles.formula}>{f.formula}</p>
                <Sql sql={f.evidence.sql} />
              </Section>
              <CasesBehind finding={f} />
            </div>
            <div>
              <Side f={f} />
              <Section title={m.initiative_made_title()}>
                <MakeInitiative finding={f.id} />
              </Section>
              <Decision finding={f} />
              <History f={f} />
            </div>
          </div>
          <RemarkList remarks={f.remarks} />
        </>
      )}
    </Loaded>
  );
}

function Size({ f }: { f: FindingDetail }) {
  const [amount = "", ...unit] = sizeText(f).split(/ (?=[A-Za-zÄÖÜäöü€$£].*$)/);
  const euros = eurosText(f);
  return (
    <Section first>
      <p>{f.sentence}</p>
      <div className={styles.figures}>
        <Figure value={{ text: amount, unit: unit.join(" ") }} caption={m.finding_size()} />
        {euros ? (
          <Figure value={{ text: euros, unit: "" }} caption={m.finding_euros_caption()} />
        ) : (
          <Figure
            value={{ text: m.finding_euros_unknown(), unit: "" }}
            caption={
              <>
                {f.euros_unknown_reason}{" "}
                {f.euros_link && <AppLink href={f.euros_link}>{m.finding_euros_enter()}</AppLink>}
              </>
            }
          />
        )}
      </div>
      <p className={styles.unknown}>{m.finding_not_added()}</p>
    </Section>
  );
}

function Sql({ sql }: { sql: string }) {
  const [open, setOpen] = useState(false);
  if (!sql) return null;
  return (
    <>
      <Button variant="subtle" size="xs" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? m.finding_sql_hide() : m.finding_sql_show()}
      </Button>
      {open && <pre className={styles.sql}>{sql}</pre>}
    </>
  );
}

function Side({ f }: { f: FindingDetail }) {
  const onMap =
    f.process &&
    `${processHref(f.process)}${searchFor(processState, f.subject?.length === 2 ? { path_from: f.subject[0], path_to: f.subject[1] } : { node: f.subject?.[0] ?? "" })}`;
  return (
    <Section first title={m.finding_facts()}>
      <Facts
        columns
        items={[
          {
            label: m.finding_col_certainty(),
            value: <Certainty level={f.certainty.level} text={f.certainty.text} words />,
          },
          { label: m.finding_col_cases(), value: `${int(f.cases_count)} ${f.counted}` },
          { label: m.finding_first_seen(), value: date(f.first_seen) },
          ...(f.process
            ? [
                {
                  label: m.finding_col_process(),
                  value: <AppLink href={onMap || ""}>{m.finding_on_map({ process: f.process })}</AppLink>,
                },
              ]
            : []),
          ...(f.evidence.metric
            ? [
                {
                  label: m.finding_metric(),
                  value: (
                    <AppLink
                      href={`/kennzahlen/${encodeURIComponent(f.evidence.metric)}${f.process ? `?process=${encodeURIComponent(f.process)}` : ""}`}
                    >
                      {m.finding_metric_open()}
                    </AppLink>
                  ),
                },
              ]
            : []),
        ]}
      />
      <p className={styles.unknown}>{f.certainty.text}</p>
    </Section>
  );
}

function History({ f }: { f: FindingDetail }) {
  if (f.history.length === 0) return null;
  return (
    <Section title={m.finding_history()}>
      <ol className={styles.history}>
        {f.history.map((h) => (
          <li key={h.version}>
            {stateText(h.value.state)}
            {h.value.reason ? `: ${h.value.reason}` : ""}
            {h.value.note ? ` ${m.finding_history_note({ note: h.value.note })}` : ""}
            <small>
              {dateTime(h.at)} · {h.by} · {m.finding_history_version({ n: h.version })}
            </small>
          </li>
        ))}
      </ol>
    </Section>
  );
}
