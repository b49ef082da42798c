import type { ReactElement } from "react";
import type { Roadmap, RoadmapItem } from "@/api/types/roadmap";
import { quarters } from "@/chart/gantt/time";
import { date, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { within } from "./Loads";
import classes from "./roadmap.module.css";
import { type Option, titleOf } from "./words";

/** The roadmap on a phone: what begins, goes live and ends in each quarter. */
export function PhoneList({
  r,
  stages,
  onOpen,
}: {
  r: Roadmap;
  stages: readonly Option[];
  onOpen: (id: string) => void;
}): ReactElement {
  const items = r.items ?? [];
  return (
    <>
      {quarters(r.from, r.to).map((q) => {
        const here = items.flatMap((item) => eventsOf(item, q.from, q.to));
        if (here.length === 0) return null;
        here.sort((a, b) => a.day.localeCompare(b.day));
        return (
          <section key={`${q.year}-${q.n}`} className={classes.quarter}>
            <h2 className={classes.heading}>{m.roadmap_quarter_of({ n: String(q.n), year: String(q.year) })}</h2>
            <ul className={classes.list}>
              {here.map((one) => (
                <li key={one.item.id + one.what + one.day}>
                  <button type="button" className={classes.entry} onClick={() => onOpen(one.item.id)}>
                    <strong>{one.item.title}</strong>
                    <span>
                      {one.what} {date(one.day)} · {titleOf(stages, one.item.stage)}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {r.outside > 0 ? (
        <p className={classes.note}>{m.roadmap_outside({ n: r.outside, count: int(r.outside) })}</p>
      ) : null}
    </>
  );
}

function eventsOf(item: RoadmapItem, from: number, to: number): { item: RoadmapItem; what: string; day: string }[] {
  const all: [string, string | null][] = [
    [m.roadmap_phone_start(), item.start],
    [m.roadmap_phone_live(), item.go_live],
    [m.roadmap_phone_end(), item.end],
    ...(item.milestones ?? []).map((one): [string, string] => [one.title, one.due]),
  ];
  return all.flatMap(([what, day]) => (day && within(day, from, to) ? [{ item, what, day }] : []));
}
