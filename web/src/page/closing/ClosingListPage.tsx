import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { useGet } from "@/api";
import type { Closing, ClosingCalendar, ClosingDue, ClosingList } from "@/api/types/effect";
import {
  AppLink,
  type Column,
  DataTable,
  Empty,
  Loaded,
  PageTitle,
  StatusMark,
  Tabs,
  usePageName,
  useSearchState,
} from "@/kit";
import { date, int } from "@/kit/format";
import { useKind } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import classes from "./closing.module.css";
import { ProposeDialog } from "./ProposeDialog";
import { closingListState } from "./state";
import { closingHref, closingTitle, closingValue, dueMark, dueWord, nextWord, statusMark, statusWord } from "./words";

/** What is to be closed, and what was. */
export default function ClosingListPage(): ReactElement {
  usePageName(m.closing_list_title());
  const calendar = useGet("/closings/calendar");
  const list = useGet("/closings");
  return (
    <Loaded query={calendar} height={560}>
      {(due) => (
        <Loaded query={list} height={560}>
          {(closings) => <Page calendar={due} list={closings} />}
        </Loaded>
      )}
    </Loaded>
  );
}

function Page({ calendar, list }: { calendar: ClosingCalendar; list: ClosingList }): ReactElement {
  const [state, set] = useSearchState(closingListState);
  const [proposing, setProposing] = useState<ClosingDue | null>(null);
  const { kind } = useKind("effect_plan");
  const may = kind?.may?.includes("create") ?? false;
  const mine = list.items.filter((one) => one.next !== "" && one.may.includes(one.next)).length;
  return (
    <>
      <PageTitle
        due={mine > 0 ? m.closing_list_mine({ n: mine, count: int(mine) }) : undefined}
        sub={[
          calendar.overdue > 0 && calendar.due > 0
            ? m.closing_list_due({ n: calendar.due, count: int(calendar.due) })
            : "",
          m.closing_list_sub({ signed: int(list.items.filter((one) => one.status === "signed").length) }),
        ].join(" ")}
      >
        {calendar.overdue > 0
          ? m.closing_list_overdue({ n: calendar.overdue, count: int(calendar.overdue) })
          : calendar.due > 0
            ? m.closing_list_due({ n: calendar.due, count: int(calendar.due) })
            : m.closing_list_none()}
      </PageTitle>
      <Tabs
        label={m.closing_list_title()}
        value={state.view}
        onChange={(view) => set({ view })}
        tabs={[
          { value: "calendar", label: m.closing_tab_calendar(), count: calendar.due + calendar.overdue },
          { value: "all", label: m.closing_tab_all(), count: list.items.length },
        ]}
      >
        {state.view === "calendar" ? (
          <CalendarTable items={calendar.items} may={may} onPropose={setProposing} />
        ) : (
          <ClosingTable items={list.items} />
        )}
      </Tabs>
      {proposing ? (
        <ProposeDialog due={proposing} department={list.department} onClose={() => setProposing(null)} />
      ) : null}
    </>
  );
}

function CalendarTable({
  items,
  may,
  onPropose,
}: {
  items: ClosingDue[];
  may: boolean;
  onPropose: (due: ClosingDue) => void;
}): ReactElement {
  const columns: Column<ClosingDue>[] = [
    {
      id: "state",
      title: m.closing_col_state(),
      value: dueWord,
      width: 130,
      cell: (row) => (
        <span className={classes.mark}>
          <StatusMark status={dueMark(row)} quiet /> {dueWord(row)}
        </span>
      ),
    },
    { id: "due", title: m.closing_col_due(), value: (row) => row.due, type: "date", width: 110 },
    { id: "title", title: m.closing_col_what(), value: (row) => row.title, tone: "name" },
    { id: "process", title: m.closing_col_process(), value: (row) => row.process, tone: "quiet", hidden: true },
    { id: "label", title: m.closing_col_period(), value: (row) => row.label },
    { id: "status", title: m.closing_col_status(), value: (row) => statusWord(row.status), wrap: true },
    {
      id: "next",
      title: m.closing_col_next(),
      value: (row) => nextWord(row.next),
      wrap: true,
      cell: (row) => <Next row={row} may={may} onPropose={onPropose} />,
    },
  ];
  return (
    <DataTable
      name={m.closing_tab_calendar()}
      columns={columns}
      rows={items}
      rowKey={(row) => [row.subject, row.metric, row.process, row.plan, row.from].join("|")}
      empty={<Empty title={m.closing_calendar_empty()} text={m.closing_calendar_empty_text()} />}
    />
  );
}

function Next({
  row,
  may,
  onPropose,
}: {
  row: ClosingDue;
  may: boolean;
  onPropose: (due: ClosingDue) => void;
}): ReactElement {
  if (row.closing !== "" && row.next !== "propose")
    return <AppLink href={closingHref(row.closing)}>{nextWord(row.next) || m.closing_open()}</AppLink>;
  if (row.state === "coming") return <span className={classes.quiet}>{m.closing_next_later()}</span>;
  if (!may) return <span className={classes.quiet}>{nextWord("propose")}</span>;
  return (
    <button type="button" className={classes.link} onClick={() => onPropose(row)}>
      {m.closing_propose()}
    </button>
  );
}

function ClosingTable({ items }: { items: Closing[] }): ReactElement {
  const navigate = useNavigate();
  const columns: Column<Closing>[] = [
    {
      id: "status",
      title: m.closing_col_status(),
      value: (row) => statusWord(row.status),
      width: 170,
      cell: (row) => (
        <span className={classes.mark}>
          <StatusMark status={statusMark(row)} quiet /> {statusWord(row.status)}
        </span>
      ),
    },
    {
      id: "title",
      title: m.closing_col_what(),
      value: (row) => closingTitle(row),
      tone: "name",
      cell: (row) => <AppLink href={closingHref(row.id)}>{closingTitle(row)}</AppLink>,
    },
    { id: "label", title: m.closing_col_period(), value: (row) => row.label },
    {
      id: "value",
      title: m.closing_col_value(),
      value: (row) => row.value,
      type: "number",
      cell: (row) => closingValue(row, row.value),
    },
    {
      id: "steps",
      title: m.closing_col_last(),
      value: (row) => row.steps.at(-1)?.at ?? "",
      type: "instant",
      cell: (row) => date(row.steps.at(-1)?.at),
    },
    { id: "who", title: m.closing_col_who(), value: (row) => row.steps.at(-1)?.name || row.steps.at(-1)?.by || "" },
  ];
  return (
    <DataTable
      name={m.closing_tab_all()}
      columns={columns}
      rows={items}
      rowKey={(row) => row.id}
      onOpen={(row) => void navigate({ to: "/abschluesse/$id", params: { id: row.id } })}
      empty={<Empty title={m.closing_empty()} text={m.closing_empty_text()} />}
    />
  );
}
