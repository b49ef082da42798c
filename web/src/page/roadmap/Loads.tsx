import { Button } from "@mantine/core";
import { type ReactElement, useRef } from "react";
import type { Roadmap, YearLoad } from "@/api/types/roadmap";
import { ChartTable } from "@/chart/ChartTable";
import { LoadBars } from "@/chart/gantt/LoadBars";
import { dayNumber, isoDay, quarterOf } from "@/chart/gantt/time";
import { AppLink, ChartFrame, Empty, Section, StatusMark } from "@/kit";
import { currencySign, date, num } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./roadmap.module.css";
import { loadState, loadTable } from "./tables";

/** Load of the functions by quarter; on phones as a list of what is not free. */
export function FunctionLoads({ r, phone }: { r: Roadmap; phone: boolean }): ReactElement {
  const area = useRef<HTMLDivElement>(null);
  const rows = (r.functions ?? []).map((f) => ({
    id: f.id,
    name: f.name,
    capacity: f.capacity,
    quarters: (f.quarters ?? []).map((q) => ({
      from: q.from,
      to: isoDay(quarterOf(q.from).to),
      likely: q.need.likely,
      max: q.need.max,
      state: q.state,
    })),
  }));
  if (rows.length === 0) {
    return (
      <Section title={m.roadmap_load()}>
        <Empty
          title={m.roadmap_load_none()}
          text={m.roadmap_load_none_text()}
          action={
            <Button component={AppLink} href="/register/demand" variant="default">
              {m.roadmap_load_none_action()}
            </Button>
          }
        />
      </Section>
    );
  }
  const table = loadTable(r);
  return (
    <Section>
      {phone ? (
        <>
          <h2 className={classes.heading}>{m.roadmap_load()}</h2>
          <PhoneLoads r={r} />
        </>
      ) : (
        <ChartFrame
          title={m.roadmap_load()}
          caption={m.roadmap_load_caption()}
          table={<ChartTable table={table} label={m.roadmap_load()} />}
          source={m.roadmap_chart_source({ day: date(r.today) })}
        >
          <div ref={area}>
            <LoadBars title={m.roadmap_load()} from={r.from} to={r.to} rows={rows} />
          </div>
        </ChartFrame>
      )}
    </Section>
  );
}

function PhoneLoads({ r }: { r: Roadmap }): ReactElement {
  return (
    <ul className={classes.list}>
      {(r.functions ?? []).flatMap((f) =>
        (f.quarters ?? [])
          .filter((q) => q.need.likely > 0)
          .map((q) => (
            <li key={f.id + q.from}>
              <span>
                <StatusMark status={markOf(q.state)} quiet word={loadState(q.state)} /> {f.name}, {q.label}
              </span>
              <span className={classes.number}>
                {num(q.need.likely, 0)}
                {f.capacity === null ? "" : ` / ${num(f.capacity, 0)}`} · {loadState(q.state)}
              </span>
            </li>
          )),
      )}
    </ul>
  );
}

function markOf(state: string) {
  return state === "over" ? "missed" : state === "tight" ? "at_risk" : state === "free" ? "on_course" : "open";
}

/** What is planned by year and currency against the frame. */
export function YearBudgets({ r }: { r: Roadmap }): ReactElement {
  const years = r.budgets ?? [];
  const top = Math.max(1, ...years.map((one) => Math.max(Number(one.planned.amount), Number(one.frame?.amount ?? 0))));
  return (
    <Section
      title={m.roadmap_budget()}
      note={<AppLink href="/register/budget_frame">{m.roadmap_budget_frame_add()}</AppLink>}
    >
      {years.length === 0 ? (
        <p className={classes.note}>{m.roadmap_budget_none()}</p>
      ) : (
        <ul className={classes.years}>
          {years.map((one) => (
            <Year key={`${one.year} ${one.planned.currency}`} one={one} top={top} />
          ))}
        </ul>
      )}
      {years.length > 0 ? <p className={classes.note}>{m.roadmap_budget_caption()}</p> : null}
    </Section>
  );
}

function Year({ one, top }: { one: YearLoad; top: number }): ReactElement {
  const planned = Number(one.planned.amount);
  const frame = one.frame ? Number(one.frame.amount) : null;
  const words = (amount: number): string => `${num(amount, 0)} ${currencySign(one.planned.currency)}`;
  return (
    <li>
      <strong>{one.year}</strong>
      <span className={classes.track} aria-hidden="true">
        <span
          className={classes.fill}
          data-over={one.over || undefined}
          style={{ width: `${(planned / top) * 100}%` }}
        />
        {frame === null ? null : <span className={classes.tick} style={{ left: `${(frame / top) * 100}%` }} />}
      </span>
      <span className={classes.number}>
        {frame === null
          ? m.roadmap_budget_no_frame({ planned: words(planned) })
          : m.roadmap_budget_of({ planned: words(planned), frame: words(frame) })}
      </span>
      <span>
        {frame === null ? null : (
          <>
            <StatusMark status={one.over ? "missed" : "on_course"} quiet />{" "}
            {one.over ? m.roadmap_over() : m.roadmap_within()}
          </>
        )}
      </span>
    </li>
  );
}

/** The days of a roadmap that lie in a quarter, for lists. */
export function within(day: string | null, from: number, to: number): boolean {
  return day !== null && dayNumber(day) >= from && dayNumber(day) < to;
}
