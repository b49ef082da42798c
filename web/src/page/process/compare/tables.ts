import type { Compared, ComparedEdge, Comparison } from "@/api/types/process_compare";
import type { PlotTable } from "@/chart/plot";
import { durationText, num, percent, signed } from "@/kit/format";
import type { Column } from "@/kit/table/column";
import { m } from "@/paraglide/messages";
import { type Change, changeOf, shareWord, timeWord } from "./words";

/** "0,013", "< 0,001"; a dash where it is unknown. */
export function qText(q: number | null): string {
  if (q === null) return "–";
  return q < 0.001 ? `< ${num(0.001, 3)}` : num(q, 3);
}

/** "+12,3 [4,1; 20,2]" in percentage points. */
export function sharePoints(c: Compared): string {
  if (c.difference === null) return "–";
  const points = (v: number) => signed(v * 100, 1);
  const interval = c.low === null || c.high === null ? "" : ` [${points(c.low)}; ${points(c.high)}]`;
  return points(c.difference) + interval;
}

/** A duration with its sign, minus as a minus. */
export function signedDuration(seconds: number): string {
  const text = durationText(Math.abs(seconds));
  return seconds < 0 ? `−${text}` : seconds > 0 ? `+${text}` : text;
}

/** "−2,1 Tage [−3,0 Tage; −1,2 Tage]". */
export function timeDifference(c: Compared): string {
  if (c.difference === null) return "–";
  const interval = c.low === null || c.high === null ? "" : ` [${signedDuration(c.low)}; ${signedDuration(c.high)}]`;
  return signedDuration(c.difference) + interval;
}

/** "▼ schneller, q < 0,001". */
export function withQ(word: (change: Change) => string, c: Compared): string {
  const change = changeOf(c);
  return change === "unknown"
    ? word(change)
    : `${word(change)}, q ${c.q_value !== null && c.q_value < 0.001 ? "" : "= "}${qText(c.q_value)}`;
}

/** The columns of the table of paths. */
export function edgeColumns(): Column<ComparedEdge>[] {
  return [
    {
      id: "path",
      title: m.process_periods_path(),
      value: (e) => `${e.from} → ${e.to}`,
      tone: "name",
      width: 280,
    },
    { id: "from", title: m.process_periods_from(), value: (e) => e.from, hidden: true },
    { id: "to", title: m.process_periods_to(), value: (e) => e.to, hidden: true },
    { id: "share_a", title: m.process_periods_share_a(), type: "percent", value: (e) => e.share.a },
    { id: "share_b", title: m.process_periods_share_b(), type: "percent", value: (e) => e.share.b },
    {
      id: "share",
      title: m.process_periods_share_difference(),
      type: "number",
      value: (e) => (e.share.difference === null ? null : e.share.difference * 100),
      cell: (e) => sharePoints(e.share),
    },
    { id: "share_word", title: m.process_periods_share_word(), value: (e) => withQ(shareWord, e.share) },
    { id: "time_a", title: m.process_periods_time_a(), type: "seconds", value: (e) => e.time.a },
    { id: "time_b", title: m.process_periods_time_b(), type: "seconds", value: (e) => e.time.b },
    {
      id: "time",
      title: m.process_periods_time_difference(),
      type: "seconds",
      value: (e) => e.time.difference,
      cell: (e) => timeDifference(e.time),
    },
    { id: "time_word", title: m.process_periods_time_word(), value: (e) => withQ(timeWord, e.time) },
  ];
}

/** What differs first, then by cases as the server lists them. */
export function edgeRows(c: Comparison): ComparedEdge[] {
  const rank = (e: ComparedEdge) => Number(e.share.significant || e.time.significant);
  return [...c.edges].sort((x, y) => rank(y) - rank(x));
}

/** Every number of both maps. */
export function mapTable(c: Comparison): PlotTable {
  const interval = (x: Compared) => [x.difference, x.low, x.high, x.q_value];
  return {
    columns: [
      { title: m.process_periods_from(), type: "text" },
      { title: m.process_periods_to(), type: "text" },
      { title: m.process_periods_cases_a(), type: "integer" },
      { title: m.process_periods_cases_b(), type: "integer" },
      { title: m.process_periods_share_a(), type: "percent" },
      { title: m.process_periods_share_b(), type: "percent" },
      { title: m.process_periods_share_difference(), type: "percent" },
      { title: m.process_periods_share_low(), type: "percent" },
      { title: m.process_periods_share_high(), type: "percent" },
      { title: m.process_periods_share_q(), type: "number" },
      { title: m.process_periods_time_a(), type: "seconds" },
      { title: m.process_periods_time_b(), type: "seconds" },
      { title: m.process_periods_time_difference(), type: "seconds" },
      { title: m.process_periods_time_low(), type: "seconds" },
      { title: m.process_periods_time_high(), type: "seconds" },
      { title: m.process_periods_time_q(), type: "number" },
    ],
    rows: [
      ...c.activities.map((a) => [
        a.name,
        "",
        a.cases_a,
        a.cases_b,
        a.share.a,
        a.share.b,
        ...interval(a.share),
        null,
        null,
        null,
        null,
        null,
        null,
      ]),
      ...c.edges.map((e) => [
        e.from,
        e.to,
        e.cases_a,
        e.cases_b,
        e.share.a,
        e.share.b,
        ...interval(e.share),
        e.time.a,
        e.time.b,
        ...interval(e.time),
      ]),
    ],
  };
}

/** How many of how many comparisons differ, for the caption. */
export function casesText(c: Comparison): string {
  return m.process_periods_found({ n: c.significant, of: c.tests, share: percent(0.05, 0) });
}
