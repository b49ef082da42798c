import { Button } from "@mantine/core";
import { useState } from "react";
import { get, useGet } from "@/api";
import type { CaseItem } from "@/api/types/process_detail";
import {
  type Column,
  DataTable,
  type ExportGroup,
  ExportMenu,
  type ExportTable,
  Loaded,
  printItem,
  RemarkList,
  Segments,
  Tag,
  tableItems,
} from "@/kit";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { filterOf, type ProcessState } from "../state";
import { TabActions } from "../TabActions";
import { CaseDrawer } from "./CaseDrawer";
import styles from "./cases.module.css";

interface Props {
  process: string;
  title: string;
  state: ProcessState;
  set: (patch: Partial<ProcessState>) => void;
  total: number;
}

const PAGE = 200;
/** Cases in one answer of the server, and in one file. */
const CHUNK = 10_000;
const MOST = 100_000;
const ORDER = { longest: "-duration_seconds", shortest: "duration_seconds", newest: "-last_time" };

/** The cases of the selection; one of them open beside the table. */
export function CasesTab({ process, title, state, set }: Props) {
  const [limit, setLimit] = useState(PAGE);
  const query = useGet("/processes/{process}/cases", {
    path: { process },
    query: { ...filterOf(state), sort: ORDER[state.sort], limit, offset: 0 },
  });
  const all = (total: number) =>
    allCases(m.process_cases_of({ process: title }), Math.min(total, MOST), (offset) =>
      get("/processes/{process}/cases", {
        path: { process },
        query: { ...filterOf(state), sort: ORDER[state.sort], limit: CHUNK, offset },
      }),
    );
  const output = (shown: ExportGroup, total: number, loaded: number): ExportGroup[] => [
    shown,
    ...(total > loaded
      ? [{ note: m.process_cases_export_all({ n: Math.min(total, MOST) }), items: tableItems(() => all(total)) }]
      : []),
    { items: [printItem()] },
  ];
  return (
    <div className={styles.split} data-open={state.open ? true : undefined}>
      <Loaded query={query} height={560} loadingText={m.process_cases_loading()}>
        {(data) => (
          <div className={styles.list}>
            <DataTable
              name={m.process_cases_of({ process: title })}
              columns={columnsOf(data.fields)}
              rows={data.items}
              rowKey={(c) => c.case_id}
              dense
              openKey={state.open || null}
              onOpen={(c) => set({ open: c.case_id })}
              onEscape={() => set({ open: "" })}
              output={(shown) => (
                <TabActions>
                  <ExportMenu groups={output(shown, data.total, data.items.length)} />
                </TabActions>
              )}
              head={
                <Segments
                  label={m.process_cases_sort()}
                  value={state.sort}
                  onChange={(sort) => set({ sort })}
                  options={[
                    { value: "longest", label: m.process_cases_longest() },
                    { value: "shortest", label: m.process_cases_shortest() },
                    { value: "newest", label: m.process_cases_newest() },
                  ]}
                />
              }
              foot={
                data.total > data.items.length ? (
                  <span>
                    {m.process_cases_rest({ shown: int(data.items.length), total: int(data.total) })}{" "}
                    {data.items.length < 1000 && (
                      <Button variant="subtle" size="xs" onClick={() => setLimit(limit + PAGE)}>
                        {m.process_cases_more()}
                      </Button>
                    )}
                  </span>
                ) : undefined
              }
            />
            <RemarkList remarks={data.remarks} />
          </div>
        )}
      </Loaded>
      {state.open && <CaseDrawer process={process} id={state.open} onClose={() => set({ open: "" })} />}
    </div>
  );
}

/** The cases of a selection as a table for files, read piece by piece. */
async function allCases(
  name: string,
  total: number,
  read: (offset: number) => Promise<{ fields: string[]; items: CaseItem[] }>,
): Promise<ExportTable> {
  const items: CaseItem[] = [];
  let fields: string[] = [];
  while (items.length < total) {
    const piece = await read(items.length);
    if (piece.items.length === 0) break;
    fields = piece.fields;
    items.push(...piece.items);
  }
  const columns = columnsOf(fields);
  return {
    name,
    columns: columns.map((c) => ({ title: c.title, type: c.type ?? "text" })),
    rows: items.slice(0, total).map((item) => columns.map((c) => c.value(item))),
    meta: { title: name },
  };
}

function columnsOf(attributes: string[]): Column<CaseItem>[] {
  return [
    { id: "case", title: m.process_case(), value: (c) => c.case_id, tone: "name" },
    ...attributes.map(
      (name, i): Column<CaseItem> => ({
        id: `a_${name}`,
        title: name,
        value: (c) => c.attributes?.[name] ?? null,
        hidden: i >= 2,
        tone: "quiet",
      }),
    ),
    { id: "first", title: m.process_case_first(), value: (c) => c.first_time, type: "instant" },
    { id: "last", title: m.process_case_last(), value: (c) => c.last_time, type: "instant" },
    { id: "duration", title: m.process_case_duration(), value: (c) => c.duration_seconds, type: "seconds" },
    { id: "events", title: m.process_events(), value: (c) => c.events, type: "integer" },
    { id: "last_activity", title: m.process_case_last_activity(), value: (c) => c.last_activity, tone: "quiet" },
    {
      id: "state",
      title: m.process_case_state(),
      value: (c) => (c.completed === null ? null : c.completed ? m.process_case_completed() : m.process_case_open()),
      cell: (c) =>
        c.completed === null ? (
          "–"
        ) : (
          <Tag status={c.completed ? "fulfilled" : "open"}>
            {c.completed ? m.process_case_completed() : m.process_case_open()}
          </Tag>
        ),
    },
    { id: "rework", title: m.process_case_rework(), value: (c) => c.rework, type: "boolean", hidden: true },
  ];
}
