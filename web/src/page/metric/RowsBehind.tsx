import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useGet } from "@/api";
import type { Cell } from "@/api/types/base";
import type { MetricPoint } from "@/api/types/metric";
import type { MetricDetail, MetricRows } from "@/api/types/metric_detail";
import { periodName } from "@/chart/series";
import { AppLink, type Column, type ColumnType, DataTable, Loaded, RemarkList, Section, searchFor } from "@/kit";
import { int, short } from "@/kit/format";
import { fieldLabel } from "@/page/data/fields";
import { processHref } from "@/page/process/ProcessListPage";
import { processState } from "@/page/process/state";
import { m } from "@/paraglide/messages";
import type { MetricScale } from "./scale";
import type { MetricState } from "./state";
import { unitType } from "./tables";

interface Props {
  d: MetricDetail;
  state: MetricState;
  set: (patch: Partial<MetricState>) => void;
  point: MetricPoint;
  points: MetricPoint[];
  write: MetricScale;
}

interface Row {
  key: string;
  cells: Cell[];
}

/** Exactly the rows behind one point, down to file and line. */
export function RowsBehind({ d, state, set, point, points, write }: Props) {
  const [limit, setLimit] = useState(20);
  const query = useGet("/metrics/{name}/rows", {
    path: { name: d.name },
    query: { process: state.process || d.process, from: point.from, to: point.to, filter: state.filter, limit },
  });
  const choices = points
    .filter((p) => p.value !== null)
    .map((p) => ({ value: p.from, label: periodName(p.from, state.by) }));
  return (
    <Section
      title={m.metric_rows_title({ period: periodName(point.from, state.by) })}
      sub={
        query.data
          ? `${m.metric_rows_sub({ n: query.data.total, count: int(query.data.total) })}, ${int(query.data.things)} ${d.counted}`
          : undefined
      }
      actions={
        <Select
          aria-label={m.metric_rows_period()}
          data={choices.reverse()}
          value={point.from}
          onChange={(v) => set({ point: v ?? "" })}
          searchable
          w={180}
        />
      }
      id="rows"
    >
      <Loaded query={query} height={280}>
        {(data) => (
          <>
            <DataTable<Row>
              name={m.metric_rows_name({ name: d.title, period: periodName(point.from, state.by) })}
              columns={inOrder(columnsOf(data, d))}
              rows={data.rows.map((cells, i) => ({ key: String(i), cells }))}
              rowKey={(r) => r.key}
              dense
              meta={{ source: m.metric_rows_check({ value: write.text(data.sum) }) }}
              foot={
                <span>
                  {data.sum !== null && `${m.metric_rows_check({ value: write.text(data.sum) })} `}
                  {data.total > data.rows.length && (
                    <>
                      {m.process_cases_rest({ shown: int(data.rows.length), total: int(data.total) })}{" "}
                      {limit < 10_000 && (
                        <Button variant="subtle" size="xs" onClick={() => setLimit(Math.min(10_000, limit * 10))}>
                          {m.process_cases_more()}
                        </Button>
                      )}
                    </>
                  )}
                </span>
              }
            />
            <RemarkList remarks={data.remarks} />
          </>
        )}
      </Loaded>
    </Section>
  );
}

const TYPES: Record<string, ColumnType> = {
  integer: "integer",
  double: "number",
  decimal: "number",
  boolean: "boolean",
  time: "instant",
  date: "date",
};

/** What the row is, its figure and where it stands in its file come first; the other columns of the file follow. */
const FIRST = ["_thing", "case_id", "order_id", "ticket_id", "_value", "time", "_file", "_row", "_line", "_counts"];

function inOrder(columns: Column<Row>[]): Column<Row>[] {
  const place = (c: Column<Row>): number => (FIRST.includes(c.id) ? FIRST.indexOf(c.id) : FIRST.length);
  return [...columns].sort((a, b) => place(a) - place(b));
}

function columnsOf(data: MetricRows, d: MetricDetail): Column<Row>[] {
  return data.columns.map((c, i) => {
    const column: Column<Row> = {
      id: c.name,
      title: columnTitle(c.name, d.table),
      value: (r) => r.cells[i] ?? null,
      type:
        c.name === "_value"
          ? valueType(data, d)
          : c.name.startsWith("_row") || c.name === "_line"
            ? "integer"
            : c.name.endsWith("_seconds")
              ? "seconds"
              : (TYPES[c.type] ?? "text"),
      hidden: hiddenAtFirst(c.name, i),
    };
    if (column.type === "number" && c.name !== "_value") {
      // A source row is shown as it was read, with all its decimals.
      column.cell = (r) => (r.cells[i] === null ? "–" : short(Number(r.cells[i]), 6));
    }
    if (c.name === "case_id" && d.process) {
      column.cell = (r) => (
        <AppLink
          href={`${processHref(d.process)}${searchFor(processState, { tab: "cases", open: String(r.cells[i]) })}`}
        >
          {String(r.cells[i] ?? "")}
        </AppLink>
      );
    }
    return column;
  });
}

function valueType(data: MetricRows, d: MetricDetail): ColumnType {
  return data.unit === "share" ? "number" : unitType(d.unit);
}

/** Internal helpers of the fact tables start hidden. */
function hiddenAtFirst(name: string, index: number): boolean {
  if (name.startsWith("_")) return !["_value", "_counts", "_file", "_row", "_line"].includes(name);
  return ["activity_set", "variant", "rules"].includes(name) || index > 11;
}

/** Titles of the columns that Lotse adds and of the fields of a table; those of the company keep their name. */
export function columnTitle(name: string, table: string): string {
  switch (name) {
    case "_thing":
      return m.metric_col_thing();
    case "_value":
      return m.metric_col_value();
    case "_counts":
      return m.metric_col_counts();
    case "_file":
      return m.metric_col_file();
    case "_row":
    case "_line":
      return m.metric_col_line();
    case "_load":
      return m.metric_col_load();
    case "case_id":
      return m.process_case();
    case "activity":
      return m.process_activity();
    case "time":
      return m.metric_col_time();
    case "events":
      return m.process_events();
    case "activities":
      return m.process_activities();
    case "first_time":
      return m.process_case_first();
    case "last_time":
      return m.process_case_last();
    case "duration_seconds":
      return m.process_case_duration();
    case "rework":
      return m.process_case_rework();
    case "manual_steps":
      return m.metric_col_manual();
    case "first_activity":
      return m.metric_col_first_activity();
    case "last_activity":
      return m.process_case_last_activity();
    case "completed":
      return m.process_case_completed();
    default:
      return fieldLabel(table, name);
  }
}
