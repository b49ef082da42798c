import { Button } from "@mantine/core";
import { useGet } from "@/api";
import type { Finding } from "@/api/types/finding";
import type { Dfg } from "@/api/types/process";
import type { EdgeDetail } from "@/api/types/process_detail";
import { Bars } from "@/chart/bars/Bars";
import { Histogram } from "@/chart/histogram/Histogram";
import type { Selection } from "@/chart/processmap/schema";
import { AppLink, Figure, IconButton, Loaded, RemarkList, StatusMark, searchFor } from "@/kit";
import { duration, durationShort, durationText, int, percent } from "@/kit/format";
import type { ProcessFilter } from "@/kit/url";
import { findingHref, sizeText } from "@/page/finding/text";
import { MakeInitiative } from "@/page/initiative/MakeInitiative";
import { m } from "@/paraglide/messages";
import { processHref } from "../ProcessListPage";
import styles from "../process.module.css";
import { type ProcessState, processState } from "../state";
import { MetricFromSteps } from "./MetricFromSteps";

interface Props {
  process: string;
  filter: ProcessFilter;
  selection: NonNullable<Selection>;
  dfg: Dfg;
  findings: Finding[];
  onClose: () => void;
  onFilter: (patch: Partial<ProcessState>) => void;
}

/** What is known of the selected path or activity. */
export function Panel(props: Props) {
  const { selection } = props;
  return (
    <aside
      className={styles.panel}
      aria-label={selection.kind === "path" ? m.process_panel_path() : m.process_panel_activity()}
    >
      <div className={styles.panelHead}>
        <p className={styles.small}>
          {selection.kind === "path" ? m.process_panel_path() : m.process_panel_activity()}
        </p>
        <h2 className={styles.panelTitle}>
          {selection.kind === "path" ? (
            <>
              {selection.from} <br />
              <span aria-hidden="true">→</span> {selection.to}
            </>
          ) : (
            selection.name
          )}
        </h2>
        <IconButton name="close" label={m.kit_close()} onClick={props.onClose} />
      </div>
      {selection.kind === "path" ? (
        <PathPanel {...props} from={selection.from} to={selection.to} />
      ) : (
        <ActivityPanel {...props} name={selection.name} />
      )}
    </aside>
  );
}

function PathPanel({ process, filter, from, to, dfg, findings }: Props & { from: string; to: string }) {
  const args = { path: { process, from_activity: from, to_activity: to }, query: { ...filter } };
  const query = useGet("/processes/{process}/edges/{from_activity}/{to_activity}", args);
  const edge = dfg.edges.find((e) => e.from === from && e.to === to);
  return (
    <>
      <Loaded query={query} height={420}>
        {(d) => (
          <>
            <PathFigures d={d} />
            <div className={styles.block}>
              <p className={styles.blockHead}>{m.process_panel_waiting()}</p>
              <Histogram
                bins={d.histogram.map((b) => ({ from: b.from_seconds, to: b.to_seconds, count: b.count }))}
                median={d.median_seconds}
                label={m.process_panel_histogram({ from, to, median: durationText(d.median_seconds) })}
              />
            </div>
            <div className={styles.block}>
              <p className={styles.blockHead}>{m.process_panel_lead()}</p>
              <Bars
                rows={[
                  bar("with", m.process_panel_with(), d.with, "var(--lo-series-2)"),
                  bar("without", m.process_panel_without(), d.without, "var(--lo-series-5)"),
                ]}
              />
            </div>
            <PathCases process={process} filter={filter} d={d} />
            <RemarkList remarks={d.remarks} />
          </>
        )}
      </Loaded>
      {findings
        .filter((f) => about(f, [from, to]))
        .slice(0, 1)
        .map((f) => (
          <FindingBox key={f.id} finding={f} />
        ))}
      <MetricFromSteps
        process={process}
        activities={dfg.activities.map((a) => a.name)}
        from={edge?.from}
        to={edge?.to}
      />
    </>
  );
}

function PathFigures({ d }: { d: EdgeDetail }) {
  return (
    <div className={styles.figures}>
      <Figure
        value={{ text: int(d.cases), unit: "" }}
        caption={
          d.share === null
            ? m.process_panel_cases({ n: d.cases })
            : m.process_panel_cases_share({ n: d.cases, share: percent(d.share) })
        }
      />
      <Figure
        value={duration(d.median_seconds)}
        caption={m.process_panel_median({ p90: durationText(d.p90_seconds) })}
      />
    </div>
  );
}

function bar(key: string, label: string, side: { cases: number; median_seconds: number | null }, colour: string) {
  return {
    key,
    label,
    value: side.median_seconds,
    text: durationText(side.median_seconds),
    note: `n = ${int(side.cases)}`,
    colour,
  };
}

function PathCases({ process, filter, d }: { process: string; filter: ProcessFilter; d: EdgeDetail }) {
  const both = [...new Set([...filter.activity, d.from, d.to])];
  const link = (open: string) =>
    `${processHref(process)}${searchFor(processState, { ...filter, tab: "cases", activity: both, open })}`;
  return (
    <div className={styles.block}>
      <p className={styles.blockHead}>
        {m.process_panel_longest()}
        <AppLink href={link("")}>{m.process_panel_all({ n: int(d.cases) })}</AppLink>
      </p>
      <ul className={styles.rows}>
        {d.longest.slice(0, 4).map((c) => (
          <li key={c.case_id}>
            <AppLink href={link(c.case_id)}>{c.case_id}</AppLink>
            <span>{durationShort(c.waiting_seconds)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ActivityPanel({ process, name, dfg, findings, filter, onFilter }: Props & { name: string }) {
  const activity = dfg.activities.find((a) => a.name === name);
  const into = dfg.edges.filter((e) => e.to === name).sort((a, b) => b.count - a.count);
  const out = dfg.edges.filter((e) => e.from === name).sort((a, b) => b.count - a.count);
  const starts = dfg.starts.find((s) => s.name === name)?.count ?? 0;
  const ends = dfg.ends.find((s) => s.name === name)?.count ?? 0;
  if (!activity) return <p className={styles.small}>{m.process_panel_gone()}</p>;
  const add = (list: string[]) => [...new Set([...list, name])];
  return (
    <>
      <div className={styles.figures}>
        <Figure
          value={{ text: int(activity.cases), unit: "" }}
          caption={m.process_panel_cases_share({
            n: activity.cases,
            share: percent(dfg.cases ? activity.cases / dfg.cases : null),
          })}
        />
        <Figure
          value={{ text: int(activity.count), unit: "" }}
          caption={m.process_panel_repeats({ n: int(activity.count - activity.cases) })}
        />
      </div>
      <div className={styles.block}>
        <p className={styles.blockHead}>{m.process_panel_before()}</p>
        <Bars
          rows={edgeBars(into, "from", starts, m.process_panel_start())}
          root
          onSelect={(key) => onFilter({ node: "", path_from: key, path_to: name })}
        />
      </div>
      <div className={styles.block}>
        <p className={styles.blockHead}>{m.process_panel_after()}</p>
        <Bars
          rows={edgeBars(out, "to", ends, m.process_panel_end())}
          root
          onSelect={(key) => onFilter({ node: "", path_from: name, path_to: key })}
        />
      </div>
      <div className={styles.figures}>
        <Button
          variant="default"
          onClick={() => onFilter({ activity: add(filter.activity) })}
          disabled={filter.activity.includes(name)}
        >
          {m.process_panel_only_with()}
        </Button>
        <Button variant="default" onClick={() => onFilter({ not_activity: add(filter.not_activity), node: "" })}>
          {m.process_panel_only_without()}
        </Button>
      </div>
      {findings
        .filter((f) => about(f, [name]))
        .slice(0, 1)
        .map((f) => (
          <FindingBox key={f.id} finding={f} />
        ))}
      <MetricFromSteps process={process} activities={dfg.activities.map((a) => a.name)} from={name} />
    </>
  );
}

/** The five strongest neighbours; the rings stand last. */
function edgeBars(edges: Dfg["edges"], end: "from" | "to", ring: number, ringName: string) {
  const rows = edges.slice(0, 5).map((e) => ({
    key: e[end],
    label: e[end],
    value: e.count,
    text: int(e.count),
    note: durationShort(e.median_seconds),
  }));
  return ring > 0
    ? [...rows, { key: "", label: ringName, value: ring, text: int(ring), note: undefined as never }]
    : rows;
}

/** Whether a finding is about all the activities. */
function about(finding: Finding, names: string[]): boolean {
  return names.every((n) => finding.subject?.includes(n));
}

function FindingBox({ finding }: { finding: Finding }) {
  return (
    <div className={styles.finding}>
      <p className={styles.findingMeta}>
        <StatusMark status="note" quiet />
        {m.process_panel_finding({ number: finding.number })}
      </p>
      <AppLink href={findingHref(finding.id)}>
        <strong>{finding.title}</strong>
      </AppLink>
      <p>{sizeText(finding)}</p>
      <p className={styles.small}>{finding.formula}</p>
      <MakeInitiative finding={finding.id} primary />
    </div>
  );
}
