import { Button } from "@mantine/core";
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import { useGet } from "@/api";
import { getBlob } from "@/api/client";
import type { KindInfo } from "@/api/types/register";
import type { Roadmap, RoadmapItem } from "@/api/types/roadmap";
import { ChartTable } from "@/chart/ChartTable";
import { Gantt } from "@/chart/gantt/Gantt";
import { picture } from "@/chart/picture";
import {
  AppLink,
  ChartFrame,
  Empty,
  ExportMenu,
  Failed,
  fileName,
  Icon,
  Loading,
  PageTitle,
  printItem,
  RemarkList,
  Section,
  Segments,
  StatusMark,
  saveBlob,
  tableItems,
} from "@/kit";
import { useKinds } from "@/kit/field/names";
import { date, int } from "@/kit/format";
import { useSearchState } from "@/kit/useSearchState";
import { usePhone } from "@/page/process/usePhone";
import { m } from "@/paraglide/messages";
import { DoneLine } from "./DoneLine";
import { Legend } from "./Legend";
import { FunctionLoads, YearBudgets } from "./Loads";
import { MoveDialog } from "./MoveDialog";
import { PhoneList } from "./PhoneList";
import { PlanDialog } from "./PlanDialog";
import { RoadmapFilter } from "./RoadmapFilter";
import classes from "./roadmap.module.css";
import { type RoadmapState, roadmapState, spanOf } from "./state";
import { itemTable, loadTable } from "./tables";
import { type Moves, useMoves } from "./useMoves";
import { deviations, groupsOf, type Option, titleOf } from "./words";

const none: Option[] = [];

/** The roadmap: initiatives by quarter, what stands against them, and what they need. */
export default function RoadmapPage(): ReactElement {
  const [state, set] = useSearchState(roadmapState);
  const span = spanOf(state, new Date());
  const query = useGet("/roadmap", { query: { ...span, filter: state.filter } });
  const kinds = useKinds();
  const initiative = kinds.data?.items.find((one) => one.name === "initiative");
  const options = (name: string): Option[] => initiative?.fields.find((one) => one.name === name)?.options ?? none;
  const plan = kinds.data?.items.find((one) => one.name === "plan");
  const moves = useMoves();
  if (query.error && !query.data) return <Failed error={query.error} onRetry={() => void query.refetch()} page />;
  if (!query.data || !kinds.data) return <Loading height={640} text={m.roadmap_loading()} />;
  if ((query.data.items ?? []).length === 0 && query.data.outside === 0 && state.filter.length === 0) {
    const may = initiative?.may.includes("create");
    return (
      <Empty
        page
        title={m.roadmap_empty()}
        text={m.roadmap_empty_text()}
        action={
          may ? (
            <Button component={AppLink} href="/register/initiative/new">
              {m.roadmap_empty_action()}
            </Button>
          ) : undefined
        }
      />
    );
  }
  return (
    <Shown
      r={query.data}
      state={state}
      set={set}
      kind={initiative}
      stages={options("stage")}
      areas={options("area")}
      mayPlan={plan?.may.includes("create") ?? false}
      moves={moves}
    />
  );
}

interface Props {
  r: Roadmap;
  state: RoadmapState;
  set: (patch: Partial<RoadmapState>) => void;
  kind: KindInfo | undefined;
  stages: Option[];
  areas: Option[];
  mayPlan: boolean;
  moves: Moves;
}

function Shown({ r, state, set, kind, stages, areas, mayPlan, moves }: Props): ReactElement {
  const phone = usePhone();
  const area = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState("");
  const [freezing, setFreezing] = useState(false);
  const [frozen, setFrozen] = useState("");
  const items = r.items ?? [];
  const opened = items.find((item) => item.id === open);
  const conflicts = r.conflicts ?? [];
  const table = useMemo(() => itemTable(r, stages, areas), [r, stages, areas]);
  const name = m.roadmap_title();
  const source = m.roadmap_chart_source({ day: date(r.today) });
  useKeptFocus(r);
  const png = async (): Promise<void> => {
    if (area.current) saveBlob(await picture(area.current, name, source), `${fileName(name)}.png`);
  };
  const calendar = async (): Promise<void> => {
    const blob = await getBlob("/roadmap/calendar", { query: { from: r.from, to: r.to, filter: state.filter } });
    saveBlob(blob, `${fileName(name)}.ics`);
  };
  const total = items.length;
  return (
    <div className={classes.page}>
      <PageTitle
        due={
          conflicts.length > 0
            ? m.roadmap_sentence_conflicts({ n: conflicts.length, count: int(conflicts.length) })
            : undefined
        }
        actions={
          <>
            <ExportMenu
              groups={[
                {
                  note: m.roadmap_export_note(),
                  items: [
                    ...tableItems(() => ({ ...table, name, meta: { title: name, source } })),
                    ...(phone || total === 0 ? [] : [{ label: m.kit_download_png(), run: png }]),
                    { label: m.roadmap_export_calendar(), run: calendar },
                  ],
                },
                {
                  note: m.roadmap_export_load(),
                  items: tableItems(() => ({
                    ...loadTable(r),
                    name: m.roadmap_load(),
                    meta: { title: m.roadmap_load(), source },
                  })),
                },
                { items: [printItem()] },
              ]}
            />
            {mayPlan ? (
              <Button variant="default" onClick={() => setFreezing(true)}>
                {m.roadmap_plan_freeze()}
              </Button>
            ) : null}
            <Button component={AppLink} href="/fahrplan/vorschlag">
              {m.roadmap_to_proposal()}
            </Button>
          </>
        }
      >
        {(conflicts.length > 0 ? m.roadmap_sentence : m.roadmap_sentence_clean)({ n: total, count: int(total) })}
      </PageTitle>
      <Tools state={state} set={set} phone={phone} />
      {kind ? (
        <div className={classes.filter}>
          <RoadmapFilter kind={kind} filter={state.filter} onChange={(filter) => set({ filter })} />
        </div>
      ) : null}
      <DoneLine moves={moves} />
      <h2 className="lo-sr">{m.roadmap_title()}</h2>
      {frozen ? (
        <p role="status" className={classes.note}>
          {m.roadmap_plan_frozen()} <AppLink href={`/register/plan/${frozen}`}>{m.roadmap_plan_open()}</AppLink>
        </p>
      ) : null}
      {total === 0 && state.filter.length > 0 ? (
        <Empty
          icon="filter"
          title={m.roadmap_filter_empty()}
          text={
            r.outside > 0 ? m.roadmap_outside({ n: r.outside, count: int(r.outside) }) : m.roadmap_filter_empty_text()
          }
          action={<Button onClick={() => set({ filter: [] })}>{m.process_filter_clear()}</Button>}
        />
      ) : phone ? (
        <PhoneList r={r} stages={stages} onOpen={setOpen} />
      ) : (
        <ChartFrame
          title={m.roadmap_chart()}
          caption={m.roadmap_chart_caption({ from: date(r.from), to: date(lastOf(r.to)) })}
          source={source}
          legend={<Legend stages={stages} used={items.map((item) => item.stage)} plan={r.plan !== null} />}
          table={<ChartTable table={table} label={m.roadmap_chart()} />}
        >
          <div ref={area}>
            <Gantt
              title={m.roadmap_chart()}
              from={r.from}
              to={r.to}
              today={r.today}
              groups={groupsOf(items, state.group, state.group === "stage" ? stages : areas)}
              links={r.links ?? []}
              holidays={r.holidays ?? []}
              stageTitle={(stage) => titleOf(stages, stage)}
              shift={moves.shift}
              onNudge={(id, months) => withItem(items, id, (item) => moves.nudge(item, months))}
              onDrag={(id, days, last) => withItem(items, id, (item) => moves.drag(item, days, last))}
              onOpen={setOpen}
            />
          </div>
        </ChartFrame>
      )}
      <Undated items={items} onOpen={setOpen} />
      <Conflicts r={r} />
      <FunctionLoads r={r} phone={phone} />
      <YearBudgets r={r} />
      <Deviations r={r} />
      <Remarks r={r} />
      {opened ? <MoveDialog key={opened.id} item={opened} moves={moves} onClose={() => setOpen("")} /> : null}
      {freezing ? <PlanDialog today={r.today} onDone={setFrozen} onClose={() => setFreezing(false)} /> : null}
    </div>
  );
}

function withItem(items: RoadmapItem[], id: string, run: (item: RoadmapItem) => void): void {
  const item = items.find((one) => one.id === id);
  if (item) run(item);
}

function lastOf(to: string): string {
  return new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
}

/** A bar that was moved by keyboard keeps the focus when the order of the bars changes. */
function useKeptFocus(r: Roadmap): void {
  const had = useRef("");
  useEffect(() => {
    const note = (event: FocusEvent): void => {
      had.current = (event.target as HTMLElement | SVGElement | null)?.dataset?.bar ?? "";
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the bars stand anew with every answer
  useEffect(() => {
    if (!had.current || document.activeElement !== document.body) return;
    document.querySelector<SVGGElement>(`[data-bar="${CSS.escape(had.current)}"]`)?.focus();
  }, [r]);
}

/** What is shown: grouping, years, and the way to other years. */
function Tools({ state, set, phone }: Pick<Props, "state" | "set"> & { phone: boolean }): ReactElement {
  return (
    <div className={`${classes.tools} lo-no-print`}>
      {phone ? null : (
        <Segments
          label={m.roadmap_group_by()}
          value={state.group}
          options={[
            { value: "stage", label: m.roadmap_by_stage() },
            { value: "area", label: m.roadmap_by_area() },
          ]}
          onChange={(group) => set({ group })}
        />
      )}
      <Segments
        label={m.roadmap_years()}
        value={state.years}
        options={(["1", "2", "3", "5"] as const).map((value) => ({
          value,
          label: m.roadmap_years_n({ n: Number(value) }),
        }))}
        onChange={(years) => set({ years })}
      />
      <span className={classes.ways}>
        <Button
          variant="default"
          aria-label={m.roadmap_earlier()}
          title={m.roadmap_earlier()}
          onClick={() => set({ away: state.away - 1 })}
        >
          <Icon name="back" />
        </Button>
        <Button
          variant="default"
          aria-label={m.roadmap_later()}
          title={m.roadmap_later()}
          onClick={() => set({ away: state.away + 1 })}
        >
          <Icon name="right" />
        </Button>
      </span>
    </div>
  );
}

function Undated({ items, onOpen }: { items: RoadmapItem[]; onOpen: (id: string) => void }): ReactElement | null {
  const undated = items.filter((item) => !item.start);
  if (undated.length === 0) return null;
  return (
    <Section title={`${m.roadmap_undated()} · ${int(undated.length)}`}>
      <p className={classes.note}>{m.roadmap_undated_text()}</p>
      <ul className={classes.list}>
        {undated.map((item) => (
          <li key={item.id}>
            <AppLink href={`/register/initiative/${item.id}`}>{item.title}</AppLink>
            {item.may ? (
              <Button
                variant="default"
                size="xs"
                aria-label={`${m.roadmap_set_dates()}: ${item.title}`}
                onClick={() => onOpen(item.id)}
              >
                {m.roadmap_set_dates()}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Conflicts({ r }: { r: Roadmap }): ReactElement {
  const list = r.conflicts ?? [];
  return (
    <Section title={`${m.roadmap_conflicts()} · ${int(list.length)}`}>
      {list.length === 0 ? (
        <p className={classes.mark}>
          <StatusMark status="fulfilled" quiet />
          {m.roadmap_conflicts_none()}
        </p>
      ) : (
        <ul className={classes.marks} aria-label={m.roadmap_conflicts()}>
          {list.map((one) => (
            <li key={one.kind + one.text} className={classes.mark}>
              <StatusMark status="missed" quiet />
              {one.text}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Deviations({ r }: { r: Roadmap }): ReactElement | null {
  if (!r.plan) return null;
  const list = (r.items ?? []).map((item) => ({ item, words: deviations(item) })).filter((one) => one.words.length > 0);
  const missing = r.plan.missing ?? [];
  return (
    <Section
      title={m.roadmap_plan({ title: r.plan.title })}
      note={<AppLink href={`/register/plan/${r.plan.id}`}>{m.roadmap_plan_of({ day: date(r.plan.day) })}</AppLink>}
    >
      {list.length === 0 && missing.length === 0 ? <p className={classes.note}>{m.roadmap_plan_same()}</p> : null}
      <ul className={classes.marks}>
        {list.map(({ item, words }) => (
          <li key={item.id} className={classes.mark}>
            <StatusMark status="at_risk" quiet />
            <span>
              <strong>{item.title}</strong>: {words.join(", ")}
            </span>
          </li>
        ))}
      </ul>
      {missing.length > 0 ? (
        <p className={classes.note}>{m.roadmap_plan_missing({ titles: missing.map((one) => one.title).join(", ") })}</p>
      ) : null}
    </Section>
  );
}

function Remarks({ r }: { r: Roadmap }): ReactElement {
  const days = (r.items ?? []).flatMap((item) =>
    (item.remarks ?? []).map((remark) => ({ ...remark, text: `${item.title}: ${remark.text}` })),
  );
  return (
    <>
      <RemarkList remarks={r.remarks} />
      {days.length > 0 ? (
        <details className={classes.days}>
          <summary>{`${m.roadmap_remarks_days()} · ${int(days.length)}`}</summary>
          <RemarkList remarks={days} />
        </details>
      ) : null}
    </>
  );
}
