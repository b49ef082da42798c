import { Button } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useGet } from "@/api";
import type { Grain, MetricAnswer } from "@/api/types/metric";
import type { MetricDetail } from "@/api/types/metric_detail";
import { Line } from "@/chart/line/Line";
import { Plot } from "@/chart/Plot";
import { periodName } from "@/chart/series";
import { unsecured } from "@/chart/whisker/shape";
import {
  AppLink,
  Empty,
  Failed,
  Figure,
  FilterChips,
  Icon,
  Loaded,
  Loading,
  PageTitle,
  RemarkList,
  Segments,
  StatusMark,
  Tag,
  usePageName,
  useSearchState,
} from "@/kit";
import { dateTime, int } from "@/kit/format";
import { PageChain } from "@/page/chain/Chain";
import { tableTitle } from "@/page/data/fields";
import { dayAfter, dayBefore } from "@/page/process/filter/chips";
import { DayField } from "@/page/process/filter/DayField";
import { m } from "@/paraglide/messages";
import { ClosingPart } from "./ClosingPart";
import { changeOf, openWord } from "./change";
import { Definition } from "./Definition";
import { LineLegend } from "./LineLegend";
import { signedPoints, startMarks, useClosings, useStarts } from "./marks";
import styles from "./metric.module.css";
import { noChange } from "./noChange";
import { RowsBehind } from "./RowsBehind";
import { Split } from "./Split";
import { axisNumber, metricScale } from "./scale";
import { type MetricState, metricState } from "./state";
import { TargetPart } from "./TargetPart";
import { pointTable } from "./tables";
import { bands, standingMark, standingWord } from "./target";
import { lastPeriods, pickedPoint, reference } from "./window";
import { previousWord } from "./words";

/** One metric: value, comparison, line, split, rows behind a point, definition. */
export default function MetricPage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const [state, set] = useSearchState(metricState);
  const detail = useGet("/metrics/{name}", { path: { name }, query: { process: state.process } });
  usePageName(detail.data?.title);
  return (
    <Loaded query={detail} height={720} loadingText={m.metric_loading()}>
      {(d) => (
        <>
          <PageTitle
            ruled
            sub={d.process || undefined}
            actions={
              <Button variant="default" leftSection={<Icon name="print" />} onClick={() => window.print()}>
                {m.kit_print()}
              </Button>
            }
          >
            {d.title}{" "}
            {d.targets[0] ? (
              <Tag status={standingMark(d.targets[0].status)}>{standingWord(d.targets[0].status)}</Tag>
            ) : null}
          </PageTitle>
          <PageChain kind="metric" id={d.name} process={d.process} />
          <div className={styles.page}>
            <div className={styles.main}>
              <Figures d={d} state={state} set={set} />
            </div>
            <Definition d={d}>
              <ClosingPart d={d} />
              <TargetPart d={d} />
            </Definition>
          </div>
        </>
      )}
    </Loaded>
  );
}

interface PartProps {
  d: MetricDetail;
  state: MetricState;
  set: (patch: Partial<MetricState>) => void;
}

function Figures({ d, state, set }: PartProps) {
  const base = { process: state.process || d.process, by: state.by, filter: state.filter };
  const whole = useGet("/metrics/{name}/query", { path: { name: d.name }, query: base });
  const cut = useGet(
    "/metrics/{name}/query",
    { path: { name: d.name }, query: { ...base, from: state.from, to: state.to } },
    { enabled: Boolean(state.from || state.to) },
  );
  const answer = state.from || state.to ? cut.data : whole.data;
  const error = whole.error ?? cut.error;
  if (error && !answer) return <Failed error={error} onRetry={() => void whole.refetch()} />;
  if (!answer || !whole.data) return <Loading height={520} text={m.metric_loading()} />;
  if (!whole.data.points.some((p) => p.value !== null))
    return <UnknownMetric d={d} answer={whole.data} state={state} set={set} />;
  return <Body d={d} state={state} set={set} answer={answer} whole={whole.data} />;
}

function Body({ d, state, set, answer, whole }: PartProps & { answer: MetricAnswer; whole: MetricAnswer }) {
  const points = useMemo(
    () => (state.from || state.to ? answer.points : lastPeriods(answer.points, answer.by)),
    [answer, state.from, state.to],
  );
  const before = useMemo(
    () => reference(points, whole.points, whole.by, state.against),
    [points, whole, state.against],
  );
  const point = pickedPoint(points, state.point);
  const last = pickedPoint(points, "");
  const write = useMemo(
    () => metricScale(answer.unit, answer.currency, last?.value ?? points.find((p) => p.value !== null)?.value ?? null),
    [answer, last, points],
  );
  const complete = points.filter((p) => p.complete && p.value !== null).length;
  const lines = useMemo(() => bands(answer.targets, points, write), [answer, points, write]);
  const text = useMemo(() => (v: number) => write.text(v), [write]);
  const closings = useClosings(d);
  const live = useStarts(d);
  const signed = useMemo(
    () => (state.filter.length > 0 ? [] : signedPoints(closings, points, answer.by)),
    [closings, points, answer.by, state.filter.length],
  );
  const starts = useMemo(() => startMarks(live, points), [live, points]);
  const against = state.against === "previous" ? previousWord(answer.by) : m.metric_reference_year();
  return (
    <>
      <div className={styles.valueRow}>
        <Lead answer={whole} write={write} state={state} />
        <Controls state={state} set={set} />
      </div>
      {state.filter.length > 0 && (
        <FilterChips
          chips={state.filter.map((f) => ({ id: f, label: f.replace("=", ": ") }))}
          onRemove={(id) => set({ filter: state.filter.filter((f) => f !== id) })}
        />
      )}
      <h2 className="lo-sr">{m.metric_trend()}</h2>
      <Plot
        name={d.title}
        title={write.unit ? m.metric_chart_title({ name: d.title, unit: write.unit }) : d.title}
        caption={last ? captionOf(last, state.by, write) : m.metric_no_complete()}
        source={sourceLine(d, answer)}
        table={pointTable(points, before, answer.by, against, answer, lines)}
        remarks={answer.remarks?.map((r) => r.text)}
        legend={
          <LineLegend
            ribbon={points.some((p) => p.low !== null)}
            reference={before.some((v) => v !== null) ? against : ""}
            incomplete={points.some((p) => !p.complete)}
            bands={lines}
            signed={signed.length > 0}
          />
        }
        height={320}
      >
        {complete < 2 ? (
          <Empty icon="clock" title={m.metric_one_period()} text={m.metric_one_period_text()} />
        ) : (
          <Line
            points={points}
            grain={answer.by}
            reference={before}
            referenceName={against}
            bands={lines}
            signed={signed}
            starts={starts}
            value={text}
            axis={axisNumber}
            factor={write.factor}
            picked={state.point ? points.findIndex((p) => p.from === state.point) : null}
            onPick={(i) => set({ point: points[i]?.from ?? "", value: "" })}
            label={m.metric_line_label({ name: d.title })}
          />
        )}
      </Plot>
      <RemarkList remarks={answer.remarks} />
      <Split d={d} state={state} set={set} write={write} />
      {point && <RowsBehind d={d} state={state} set={set} point={point} points={points} write={write} />}
    </>
  );
}

function captionOf(
  p: { from: string; value: number | null; low: number | null; high: number | null; n: number | null },
  by: Grain,
  write: ReturnType<typeof metricScale>,
): string {
  const head = `${periodName(p.from, by)}: ${write.text(p.value)}`;
  const interval =
    p.low !== null && p.high !== null ? ` (${m.kit_range({ low: write.bare(p.low), high: write.bare(p.high) })})` : "";
  return `${head}${interval}${p.n !== null ? `, n = ${int(p.n)}` : ""}`;
}

function sourceLine(d: MetricDetail, answer: MetricAnswer): string {
  const source = d.process || tableTitle(d.source?.table || d.table);
  return m.metric_source_line({ source, until: dateTime(answer.data_until) });
}

/** The last complete value, its interval and n, and the change against the chosen period. */
function Lead({
  answer,
  write,
  state,
}: {
  answer: MetricAnswer;
  write: ReturnType<typeof metricScale>;
  state: MetricState;
}) {
  const last = pickedPoint(answer.points, "");
  const change = changeOf(answer.compare?.[state.against]);
  const open = change ? unsecured(change) : null;
  if (!last) return <Figure value={{ text: "–", unit: m.metric_no_complete() }} />;
  const value = write.value(last.value);
  const words = change ? write.change(change.value) : null;
  return (
    <div>
      <Figure
        value={{ text: value.text, unit: [value.unit, periodName(last.from, answer.by)].filter(Boolean).join(", ") }}
      />
      <p className={styles.lead}>
        {last.low !== null && last.high !== null
          ? m.metric_lead_interval({ low: write.bare(last.low), high: write.bare(last.high), n: int(last.n) })
          : m.metric_lead_n({ n: int(last.n) })}
      </p>
      <p className={styles.lead}>
        {words && change ? (
          <>
            <span className={styles.leadChange} data-open={open || undefined}>
              {words.text} {words.unit}
            </span>{" "}
            {state.against === "previous" ? m.metric_to_previous() : m.metric_to_year()}
            {change.low !== null && change.high !== null
              ? ` (${m.kit_range({ low: write.change(change.low).text, high: write.change(change.high).text })})`
              : ""}
            {open ? `, ${openWord(change)}` : ""}
          </>
        ) : (
          noChange(answer.compare?.[state.against], state.against)
        )}
      </p>
    </div>
  );
}

function Controls({ state, set }: Omit<PartProps, "d">) {
  return (
    <div className={`${styles.controls} lo-no-print`}>
      <Segments
        label={m.metric_against()}
        value={state.by === "year" ? "year_before" : state.against}
        onChange={(against) => set({ against })}
        options={[
          ...(state.by === "year" ? [] : [{ value: "previous" as const, label: previousWord(state.by) }]),
          { value: "year_before", label: m.metric_against_year() },
        ]}
      />
      <Segments
        label={m.metric_grain()}
        value={state.by}
        onChange={(by) => set({ by, point: "" })}
        options={[
          { value: "day", label: m.metric_grain_day() },
          { value: "week", label: m.metric_grain_week() },
          { value: "month", label: m.metric_grain_month() },
          { value: "quarter", label: m.metric_grain_quarter() },
          { value: "year", label: m.metric_grain_year() },
        ]}
      />
      <div className={styles.dates}>
        <DayField
          label={m.metric_from()}
          value={state.from}
          edge="first"
          onChange={(from) => set({ from, point: "" })}
        />
        <DayField
          label={m.metric_to()}
          value={state.to ? dayBefore(state.to) : ""}
          edge="last"
          onChange={(to) => set({ to: to ? dayAfter(to) : "", point: "" })}
        />
      </div>
    </div>
  );
}

/** Unknown: which column is missing, and where to mend it. */
function UnknownMetric({ d, answer, state, set }: PartProps & { answer: MetricAnswer }) {
  const remark = answer.remarks?.[0] ?? d.remarks?.[0];
  if (state.filter.length > 0) {
    return (
      <Empty
        icon="filter"
        title={m.metric_filter_empty()}
        text={m.metric_filter_empty_text()}
        action={<Button onClick={() => set({ filter: [] })}>{m.process_filter_clear()}</Button>}
      />
    );
  }
  return (
    <>
      <p className={styles.valueRow}>
        <StatusMark status="open" word={m.metric_unknown()} />
      </p>
      <Empty
        icon="help"
        title={remark?.text ?? m.metric_unknown_text()}
        text={m.metric_unknown_hint()}
        action={
          <Button component={AppLink} href={remark?.link || "/daten"}>
            {m.kit_mend()}
          </Button>
        }
      />
      <RemarkList remarks={answer.remarks?.slice(1)} />
    </>
  );
}
