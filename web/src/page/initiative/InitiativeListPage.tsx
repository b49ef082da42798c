import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { useGet } from "@/api";
import type { Initiative, ProgressList } from "@/api/types/initiative";
import type { RecordItem } from "@/api/types/register";
import {
  AppLink,
  type Column,
  DataTable,
  Empty,
  Loaded,
  PageTitle,
  Segments,
  StatusMark,
  usePageName,
  useSearchState,
} from "@/kit";
import { nameOf } from "@/kit/field/names";
import { durationText, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { Board } from "./Board";
import { initiativeHref, useInitiatives, useMayBegin, useWords } from "./data";
import classes from "./initiative.module.css";
import { ends, stages } from "./stage";
import { type InitiativeListState, initiativeListState } from "./state";
import { TemplateDialog } from "./TemplateDialog";

type Row = RecordItem & Initiative;

/** All initiatives as a list or a board by stage, with what drifts and the ways to begin one. */
export default function InitiativeListPage(): ReactElement {
  usePageName(m.initiative_list_title());
  const query = useInitiatives();
  const progress = useGet("/initiatives/progress");
  const gates = useGet("/records/{kind}", {
    path: { kind: "gate" },
    query: { filter: ["state:eq:proposed"], limit: 200 },
  });
  const waiting = new Set(gates.data?.items.map((gate) => String(gate.value.initiative)));
  return (
    <Loaded query={query} height={560}>
      {(rows) => <Page rows={rows} progress={progress.data} waiting={waiting} />}
    </Loaded>
  );
}

interface Shown {
  rows: Row[];
  progress: ProgressList | undefined;
  waiting: ReadonlySet<string>;
}

function Page({ rows, progress, waiting }: Shown): ReactElement {
  const [state, set] = useSearchState(initiativeListState);
  const [choosing, setChoosing] = useState(false);
  const navigate = useNavigate();
  const may = useMayBegin();
  const going = rows.filter((row) => !(ends as readonly string[]).includes(row.value.stage));
  const shown = rows.filter((row) => state.show === "all" || going.includes(row) === (state.show === "going"));
  const drifting = progress?.items.filter((item) => item.warnings.length > 0).length ?? 0;
  const begin = may ? (
    <>
      <Button variant="default" onClick={() => setChoosing(true)}>
        {m.initiative_from_template()}
      </Button>
      <Button onClick={() => void navigate({ to: "/register/$kind/new", params: { kind: "initiative" } })}>
        {m.initiative_new()}
      </Button>
    </>
  ) : null;
  return (
    <>
      <PageTitle
        due={waiting.size > 0 ? m.initiative_list_due({ n: waiting.size, count: int(waiting.size) }) : undefined}
        sub={
          drifting > 0 ? m.initiative_list_drifting({ n: drifting, count: int(drifting) }) : m.initiative_list_steady()
        }
        actions={begin}
      >
        {going.length > 0
          ? m.initiative_list_sentence({ n: going.length, count: int(going.length) })
          : m.initiative_list_none()}
      </PageTitle>
      {rows.length === 0 ? (
        <Empty title={m.initiative_empty_title()} text={m.initiative_empty_text()} action={begin} />
      ) : state.view === "board" ? (
        <>
          <Tools state={state} set={set} />
          <Board rows={shown} progress={progress} waiting={waiting} />
        </>
      ) : (
        <Table rows={shown} progress={progress} waiting={waiting} head={<Tools state={state} set={set} />} />
      )}
      <Times />
      {choosing && <TemplateDialog onClose={() => setChoosing(false)} />}
    </>
  );
}

function Tools({
  state,
  set,
}: {
  state: InitiativeListState;
  set: (patch: Partial<InitiativeListState>) => void;
}): ReactElement {
  return (
    <div className={classes.headTools}>
      <Segments
        label={m.initiative_view()}
        value={state.view}
        onChange={(view) => set({ view })}
        options={[
          { value: "list", label: m.initiative_view_list() },
          { value: "board", label: m.initiative_view_board() },
        ]}
      />
      <Segments
        label={m.initiative_show()}
        value={state.show}
        onChange={(show) => set({ show })}
        options={[
          { value: "going", label: m.initiative_show_going() },
          { value: "ended", label: m.initiative_show_ended() },
          { value: "all", label: m.initiative_show_all() },
        ]}
      />
      <AppLink href="/vorhaben/rang">{m.initiative_rank()}</AppLink>
      <AppLink href="/register/initiative">{m.initiative_in_register()}</AppLink>
    </div>
  );
}

function Table({ rows, progress, waiting, head }: Shown & { head: ReactElement }): ReactElement {
  const navigate = useNavigate();
  const words = useWords("stage");
  const warnings = (row: Row): string[] =>
    progress?.items.find((item) => item.initiative === row.id)?.warnings.map((warning) => warning.text) ?? [];
  const columns: Column<Row>[] = [
    {
      id: "title",
      title: m.initiative_col_title(),
      value: (row) => row.value.title,
      tone: "name",
      wrap: true,
      cell: (row) => <AppLink href={initiativeHref(row.id)}>{row.value.title}</AppLink>,
    },
    {
      id: "stage",
      title: m.initiative_col_stage(),
      value: (row) => stages.indexOf(row.value.stage as (typeof stages)[number]),
      type: "text",
      cell: (row) =>
        waiting.has(row.id) ? (
          <StatusMark status="your_turn" word={`${words(row.value.stage)}, ${m.initiative_waits()}`} />
        ) : (
          words(row.value.stage)
        ),
    },
    { id: "since", title: m.initiative_col_since(), value: (row) => row.value.stage_since ?? null, type: "date" },
    { id: "owner", title: m.initiative_col_owner(), value: (row) => nameOf("person", row.value.owner ?? "") },
    { id: "go_live", title: m.initiative_col_live(), value: (row) => row.value.go_live ?? null, type: "date" },
    {
      id: "budget",
      title: m.initiative_budget(),
      value: (row) => (row.value.budget ? Number(row.value.budget.amount) : null),
      type: "money",
    },
    {
      id: "warnings",
      title: m.initiative_col_warnings(),
      value: (row) => warnings(row).join(" "),
      wrap: true,
      cell: (row) =>
        warnings(row).map((text) => (
          <div key={text}>
            <StatusMark status="at_risk" word={text} />
          </div>
        )),
    },
  ];
  return (
    <DataTable
      name={m.initiative_list_title()}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      onOpen={(row) => void navigate({ to: initiativeHref(row.id) })}
      head={head}
      empty={<p className={classes.quiet}>{m.initiative_none_shown()}</p>}
    />
  );
}

/** How long initiatives take, read from their history. */
function Times(): ReactElement | null {
  const times = useGet("/initiatives/stages").data;
  const left = times?.items.filter((item) => item.waiting_seconds !== null && item.left > 0) ?? [];
  if (!times || left.length === 0) return null;
  return (
    <p className={classes.facts}>
      {times.time_to_market_seconds !== null
        ? `${m.initiative_time_to_market({ time: durationText(times.time_to_market_seconds, "d"), n: int(times.live) })} `
        : ""}
      {m.initiative_times({
        list: left.map((item) => `${item.title} ${durationText(item.waiting_seconds, "d")}`).join(", "),
      })}
    </p>
  );
}
