import { Button, Select } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useRef } from "react";
import { useGet } from "@/api";
import type { MetricItem } from "@/api/types/metric";
import { Sparkline } from "@/chart/sparkline/Sparkline";
import {
  AppLink,
  type Column,
  DataTable,
  EmptyInstance,
  Icon,
  Loaded,
  PageTitle,
  RemarkList,
  Segments,
  usePageName,
  useSearchState,
} from "@/kit";
import { age, int, month } from "@/kit/format";
import { tableTitle } from "@/page/data/fields";
import { Practise } from "@/page/start/Practise";
import { m } from "@/paraglide/messages";
import { byNeed, changeOf, verdict, whiskerScales } from "./change";
import { metricHref } from "./href";
import { MetricTile } from "./MetricTile";
import styles from "./metric.module.css";
import { ReadingAid } from "./ReadingAid";
import { metricScale } from "./scale";
import { metricListState } from "./state";
import { TileOutput } from "./TileOutput";

/** All metrics as tiles or as a table, those that changed for the worse first. */
export default function MetricListPage() {
  usePageName(m.metric_list_title());
  const [state, set] = useSearchState(metricListState);
  const tiles = useRef<HTMLDivElement>(null);
  const query = useGet("/metrics");
  const data = useGet("/datasets");
  if (data.data && data.data.items.length === 0) return <EmptyInstance page="metric" practise={<Practise />} />;
  return (
    <Loaded query={query} height={720} loadingText={m.metric_list_loading()}>
      {(list) => {
        const processes = [...new Set(list.items.map((i) => i.process).filter(Boolean))].sort();
        const items = byNeed(
          list.items.filter((i) => !state.process || i.process === state.process || !i.process),
          state.against,
        );
        const scales = whiskerScales(items, state.against);
        return (
          <>
            <PageTitle
              sub={m.metric_list_order()}
              actions={
                <>
                  <Button
                    variant="default"
                    leftSection={<Icon name={state.table ? "bars" : "table"} />}
                    onClick={() => set({ table: !state.table })}
                  >
                    {state.table ? m.metric_tiles() : m.metric_table()}
                  </Button>
                  <TileOutput
                    name={m.metric_list_title()}
                    items={items}
                    against={state.against}
                    area={state.table ? undefined : tiles}
                  />
                </>
              }
            >
              {headline(list.items, state.against)}
            </PageTitle>
            <div className={`${styles.tools} lo-no-print`}>
              <Segments
                label={m.metric_against()}
                value={state.against}
                onChange={(against) => set({ against })}
                options={[
                  { value: "previous", label: m.metric_against_previous() },
                  { value: "year_before", label: m.metric_against_year() },
                ]}
              />
              {processes.length > 1 && (
                <Select
                  aria-label={m.metric_process()}
                  placeholder={m.metric_all_processes()}
                  data={processes}
                  value={state.process || null}
                  clearable
                  onChange={(v) => set({ process: v ?? "" })}
                />
              )}
            </div>
            {state.table ? (
              <MetricTable items={items} against={state.against} />
            ) : (
              <div className={styles.tiles} ref={tiles}>
                {items.map((item) => (
                  <MetricTile
                    key={`${item.name} ${item.process}`}
                    item={item}
                    against={state.against}
                    scale={scales.get(item) ?? 1}
                    process={processes.length > 1}
                  />
                ))}
                <ReadingAid />
              </div>
            )}
            <RemarkList remarks={list.remarks} />
          </>
        );
      }}
    </Loaded>
  );
}

/** What the metrics say in one sentence: how many changed for sure, and in which direction. */
function headline(items: MetricItem[], against: "previous" | "year_before"): string {
  const known = items.filter((i) => i.state === "known");
  const verdicts = known.map((i) => verdict(i, changeOf(i[against])));
  const better = verdicts.filter((v) => v === "better").length;
  const worse = verdicts.filter((v) => v === "worse").length;
  if (known.length === 0) return m.metric_list_none();
  if (better + worse === 0) return m.metric_list_still({ n: known.length, count: int(known.length) });
  if (worse === 0) return m.metric_list_better({ n: better, better: int(better), count: int(known.length) });
  if (better === 0) return m.metric_list_worse({ n: worse, worse: int(worse), count: int(known.length) });
  return m.metric_list_sentence({ better: int(better), worse: int(worse), count: int(known.length) });
}

function MetricTable({ items, against }: { items: MetricItem[]; against: "previous" | "year_before" }) {
  const navigate = useNavigate();
  const write = (i: MetricItem) => metricScale(i.unit, i.currency, i.latest?.value ?? null);
  const columns: Column<MetricItem>[] = [
    {
      id: "title",
      title: m.metric_name(),
      value: (i) => i.title,
      tone: "name",
      cell: (i) => <AppLink href={metricHref(i)}>{i.title}</AppLink>,
    },
    { id: "process", title: m.metric_process(), value: (i) => i.process || tableTitle(i.table), tone: "quiet" },
    {
      id: "value",
      title: m.metric_value(),
      value: (i) => i.latest?.value ?? null,
      type: "number",
      cell: (i) => (i.latest ? write(i).text(i.latest.value) : m.metric_unknown()),
    },
    {
      id: "period",
      title: m.metric_period(),
      value: (i) => i.latest?.from ?? null,
      type: "date",
      cell: (i) => (i.latest ? month(i.latest.from) : "–"),
    },
    {
      id: "interval",
      title: m.metric_interval(),
      value: (i) => i.latest?.low ?? null,
      type: "number",
      cell: (i) =>
        i.latest?.low != null && i.latest.high !== null
          ? m.kit_range({ low: write(i).bare(i.latest.low), high: write(i).bare(i.latest.high) })
          : "–",
    },
    { id: "n", title: m.metric_n(), value: (i) => i.latest?.n ?? null, type: "integer" },
    {
      id: "change",
      title: against === "previous" ? m.metric_against_previous() : m.metric_against_year(),
      value: (i) => i[against]?.difference ?? null,
      type: "number",
      cell: (i) => {
        const c = write(i).change(i[against]?.difference);
        return `${c.text} ${c.unit}`.trim();
      },
    },
    {
      id: "trend",
      title: m.metric_trend(),
      value: () => null,
      sortable: false,
      width: 120,
      cell: (i) => (
        <div className={styles.mini}>
          <Sparkline points={i.trend ?? []} height={24} label={m.metric_trend_label({ name: i.title })} />
        </div>
      ),
    },
    { id: "owner", title: m.metric_owner(), value: (i) => i.owner || null, tone: "quiet", hidden: true },
    {
      id: "age",
      title: m.metric_age(),
      value: (i) => i.data_age_seconds,
      type: "seconds",
      cell: (i) => age(i.data_age_seconds),
      hidden: true,
    },
  ];
  return (
    <DataTable
      name={m.metric_list_title()}
      columns={columns}
      rows={items}
      rowKey={(i) => `${i.name} ${i.process}`}
      onOpen={(i) => void navigate({ to: metricHref(i) })}
    />
  );
}
