import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { send } from "@/api";
import type { Initiative, Progress, WorkItem } from "@/api/types/initiative";
import type { KindInfo } from "@/api/types/register";
import { AppLink, Section, StatusMark } from "@/kit";
import { DayBox } from "@/kit/field/DayBox";
import { NumberBox } from "@/kit/field/NumberBox";
import { nameOf, useKinds } from "@/kit/field/names";
import { date, localIso, short } from "@/kit/format";
import { type Act, useAct } from "@/kit/useAct";
import { patchRecord } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import { useOf, useReread } from "./data";
import classes from "./initiative.module.css";
import work from "./work.module.css";
import { neighbour, states } from "./workstate";

/** The work of an initiative as a board: a card moves by mouse, or by the arrows that every card has. */
export function WorkPart({ one, progress }: { one: Initiative; progress: Progress | undefined }): ReactElement | null {
  const kind = useKinds().data?.items.find((found) => found.name === "work_item");
  const items = (useOf("work_item", kind ? one.id : "").data ?? []) as WorkItem[];
  const reread = useReread();
  const act = useAct();
  const [followed, setFollowed] = useState("");
  if (!kind) return null;
  const today = localIso(new Date().toISOString()).slice(0, 10);
  const move = (item: WorkItem, status: string): void => {
    if (item.value.status === status) return;
    setFollowed(item.id);
    const done = status === "done" ? today : undefined;
    void act.run(() => patchRecord("work_item", item.id, item.version, { status, done }).then(reread));
  };
  return (
    <Section
      title={kind.many}
      note={items.length > 0 ? sums(progress) : null}
      actions={
        <AppLink href={`/register/work_item?filter=${encodeURIComponent(`initiative:eq:${one.id}`)}`}>
          {m.initiative_in_register()}
        </AppLink>
      }
    >
      {items.length === 0 ? <p className={classes.quiet}>{m.initiative_work_none()}</p> : null}
      {items.length > 0 ? (
        <div className={work.board}>
          {states.map((state) => (
            <Column
              key={state}
              kind={kind}
              state={state}
              items={items.filter((item) => (item.value.status ?? "open") === state)}
              all={items}
              today={today}
              busy={act.busy}
              followed={followed}
              onMove={move}
            />
          ))}
        </div>
      ) : null}
      {kind.may.includes("create") ? <NewItem one={one} act={act} onDone={reread} /> : null}
      {act.problem ? (
        <p className={classes.problem} role="alert">
          <StatusMark status="missed" quiet />
          {act.problem}
        </p>
      ) : null}
    </Section>
  );
}

/** What the work adds up to in person-days; what nobody has estimated is said. */
function sums(progress: Progress | undefined): string | null {
  const sum = progress?.work;
  if (!sum) return null;
  const days = (value: number | null): string => (value === null ? "–" : short(value, 1));
  return [
    m.initiative_work_done({ n: String(sum.done), total: String(sum.items) }),
    m.initiative_work_effort({ effort: days(sum.effort), settled: days(sum.settled ?? 0), spent: days(sum.spent) }),
    sum.unrated > 0 ? m.initiative_work_unrated({ n: String(sum.unrated) }) : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

function Column({
  kind,
  state,
  items,
  all,
  today,
  busy,
  followed,
  onMove,
}: {
  kind: KindInfo;
  state: string;
  items: WorkItem[];
  all: WorkItem[];
  today: string;
  busy: boolean;
  /** The item moved last; its card keeps the focus in its new column. */
  followed: string;
  onMove: (item: WorkItem, status: string) => void;
}): ReactElement {
  const [over, setOver] = useState(false);
  const option = (value: string): string =>
    kind.fields.find((field) => field.name === "status")?.options?.find((one) => one.value === value)?.title ?? value;
  return (
    <section
      aria-label={option(state)}
      data-over={over || undefined}
      className={work.column}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const item = all.find((one) => one.id === event.dataTransfer.getData("text/plain"));
        if (item?.may.includes("update")) onMove(item, state);
      }}
    >
      <h3>
        {option(state)} <span>{items.length}</span>
      </h3>
      <ul>
        {items.map((item) => (
          <Card
            key={item.id}
            item={item}
            state={state}
            today={today}
            busy={busy}
            followed={item.id === followed}
            option={option}
            onMove={onMove}
          />
        ))}
      </ul>
    </section>
  );
}

function Card({
  item,
  state,
  today,
  busy,
  followed,
  option,
  onMove,
}: {
  item: WorkItem;
  state: string;
  today: string;
  busy: boolean;
  followed: boolean;
  option: (value: string) => string;
  onMove: (item: WorkItem, status: string) => void;
}): ReactElement {
  const { title, owner, due, effort } = item.value;
  const arrows = useRef<HTMLSpanElement>(null);
  const arrived = followed && !busy;
  useEffect(() => {
    if (arrived) arrows.current?.querySelector<HTMLElement>("button:last-child")?.focus();
  }, [arrived]);
  const may = item.may.includes("update");
  const late = state !== "done" && due !== undefined && due < today;
  const step = (to: string | undefined, arrow: string): ReactElement | null =>
    to ? (
      <button
        type="button"
        className={work.arrow}
        disabled={busy}
        aria-label={m.initiative_work_move({ title, state: option(to) })}
        onClick={() => onMove(item, to)}
      >
        {arrow}
      </button>
    ) : null;
  return (
    <li
      draggable={may}
      className={work.card}
      onDragStart={(event) => event.dataTransfer.setData("text/plain", item.id)}
    >
      <AppLink href={`/register/work_item/${item.id}`}>{title}</AppLink>
      <small>
        {[
          owner ? nameOf("person", owner) : m.initiative_work_nobody(),
          due && !late ? date(due) : "",
          effort === undefined ? "" : m.initiative_work_days({ n: short(effort, 1) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </small>
      {late ? <StatusMark status="at_risk" word={m.initiative_work_late({ day: date(due) })} /> : null}
      {may ? (
        <span ref={arrows} className={`${work.arrows} lo-no-print`}>
          {step(neighbour(state, -1), "←")}
          {step(neighbour(state, 1), "→")}
        </span>
      ) : null}
    </li>
  );
}

/** A new item in one line; what else is to say stands in its form. */
function NewItem({ one, act, onDone }: { one: Initiative; act: Act; onDone: () => Promise<void> }): ReactElement {
  const [title, setTitle] = useState("");
  const [due, setDue] = useState<unknown>(undefined);
  const [effort, setEffort] = useState<unknown>(undefined);
  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = { title: title.trim(), initiative: one.id, status: "open", due, effort };
    const done = await act.run(() =>
      send("post", "/records/{kind}", { path: { kind: "work_item" }, body }).then(() => onDone()),
    );
    if (!done) return;
    setTitle("");
    setDue(undefined);
    setEffort(undefined);
  };
  return (
    <form className={`${work.add} lo-no-print`} onSubmit={(event) => void add(event)}>
      <TextInput
        label={m.initiative_work_title()}
        value={title}
        maxLength={200}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <DayBox label={m.initiative_work_due()} value={due} onChange={setDue} />
      <NumberBox
        label={m.initiative_work_estimate()}
        unit={m.initiative_work_unit()}
        value={effort}
        onChange={setEffort}
      />
      <Button type="submit" variant="default" loading={act.busy} disabled={title.trim() === ""}>
        {m.initiative_work_add()}
      </Button>
    </form>
  );
}
