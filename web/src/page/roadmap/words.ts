import type { RoadmapItem } from "@/api/types/roadmap";
import type { GanttGroup, GanttItem } from "@/chart/gantt/layout";
import { currencySign, date, int, num } from "@/kit/format";
import { m } from "@/paraglide/messages";
import type { RoadmapState } from "./state";

/** An option of a field of the register: its value and what people read. */
export interface Option {
  value: string;
  title: string;
}

export function titleOf(options: readonly Option[], value: string): string {
  return options.find((one) => one.value === value)?.title ?? value;
}

/** The initiatives with a start as bars, by stage or field in the order of the register. */
export function groupsOf(
  items: readonly RoadmapItem[],
  by: RoadmapState["group"],
  options: readonly Option[],
): GanttGroup[] {
  const groups: GanttGroup[] = [];
  for (const option of [...options, { value: "", title: m.roadmap_no_area() }]) {
    const of = items.filter((item) => item.start && (item[by] || "") === option.value);
    if (of.length > 0) groups.push({ title: `${option.title} · ${int(of.length)}`, items: of.map(barOf) });
  }
  return groups;
}

function barOf(item: RoadmapItem): GanttItem {
  const planned = item.deviation?.planned;
  const end = planned?.end ?? planned?.go_live ?? planned?.start;
  return {
    id: item.id,
    title: item.title,
    stage: item.stage,
    start: item.start ?? "",
    goLive: item.go_live,
    end: item.end,
    milestones: (item.milestones ?? []).map((one) => ({ title: one.title, due: one.due, done: one.done !== null })),
    planned: planned?.start && end ? { start: planned.start, end } : null,
    may: item.may,
    more:
      (item.go_live ? m.roadmap_bar_live({ day: date(item.go_live) }) : "") + (item.may ? "" : m.roadmap_bar_fixed()),
  };
}

/** What deviates from the plan, in words; empty when nothing does. */
export function deviations(item: RoadmapItem): string[] {
  const d = item.deviation;
  if (!d) return [];
  const out: string[] = [];
  const days = (what: string, n: number | null): void => {
    if (!n) return;
    const size = { n: Math.abs(n), count: int(Math.abs(n)) };
    out.push(`${what} ${n > 0 ? m.roadmap_dev_later(size) : m.roadmap_dev_earlier(size)}`);
  };
  const amount = (what: string, n: number | null, unit: string): void => {
    if (!n) return;
    const size = { amount: `${num(Math.abs(n), Math.abs(n) % 1 ? 2 : 0)} ${unit}` };
    out.push(`${what} ${n > 0 ? m.roadmap_dev_more(size) : m.roadmap_dev_less(size)}`);
  };
  days(m.roadmap_dev_start(), d.start_days);
  days(m.roadmap_dev_live(), d.go_live_days);
  days(m.roadmap_dev_end(), d.end_days);
  amount(m.roadmap_dev_cost(), d.cost ? Number(d.cost.amount) : null, currencySign(d.cost?.currency ?? "EUR"));
  amount(m.roadmap_dev_benefit(), d.benefit, "T€");
  return out;
}
