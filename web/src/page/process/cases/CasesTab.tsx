import { Button } from "@mantine/core";
import { useState } from "react";
import { useGet } from "@/api";
import type { CaseItem } from "@/api/types/process_detail";
import { type Column, DataTable, Loaded, RemarkList, Segments, Tag } from "@/kit";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { filterOf, type ProcessState } from "../state";
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
const ORDER = { longest: "-duration_seconds", shortest: "duration_seconds", newest: "-last_time" };

/** The cases of the selection; one of them open beside the table. */
export function CasesTab({ process, title, state, set }: Props) {
  const [limit, setLimit] = useState(PAGE);
  const query = useGet("/processes/{process}/cases", {
    path: { process },
    query: { ...filterOf(state), sort: ORDER[state.sort], limit, offset: 0 },
  });
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
