import type { RefObject } from "react";
import type { Cell } from "@/api";
import type { MetricItem } from "@/api/types/metric";
import { picture } from "@/chart/picture";
import { ExportMenu, printItem, tableItems } from "@/kit";
import { type ExportTable, fileName, saveBlob } from "@/kit/download";
import { dateTime, month } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useDataState } from "@/shell/DataAge";
import { changeOf } from "./change";
import { metricScale } from "./scale";

interface Props {
  name: string;
  items: MetricItem[];
  against: "previous" | "year_before";
  /** The tiles on the page; without them there is no picture. */
  area?: RefObject<HTMLElement | null>;
}

/** What the tiles show, to take out: every number of their trends and whiskers as a table, the tiles as a picture, paper. */
export function TileOutput({ name, items, against, area }: Props) {
  const state = useDataState();
  const source = state ? m.shell_data_state({ at: dateTime(state) }) : "";
  const png = async (): Promise<void> => {
    if (area?.current) saveBlob(await picture(area.current, name, source), `${fileName(name)}.png`);
  };
  const table = (): ExportTable => ({ ...tileTable(items, against), name, meta: { title: name, source } });
  return (
    <ExportMenu
      groups={[
        {
          note: m.metric_tiles_output(),
          items: [...tableItems(table), ...(area ? [{ label: m.kit_download_png(), run: png }] : [])],
        },
        { items: [printItem()] },
      ]}
    />
  );
}

/** Every number that the tiles draw: the points of each trend, then the change with its interval. */
export function tileTable(
  items: MetricItem[],
  against: "previous" | "year_before",
): Pick<ExportTable, "columns" | "rows"> {
  const rows: Cell[][] = [];
  for (const item of items) {
    const write = metricScale(item.unit, item.currency, item.latest?.value ?? null);
    const times = (v: number | null) => (v === null ? null : v * write.factor);
    const head = [item.title, item.process];
    for (const p of item.trend ?? [])
      rows.push([
        ...head,
        m.metric_trend(),
        month(p.from),
        times(p.value),
        times(p.low),
        times(p.high),
        write.unit,
        p.n,
        p.complete,
      ]);
    for (const t of item.targets)
      for (const l of t.limits)
        rows.push([...head, t.title, month(l.from), times(l.value), null, null, write.unit, null, null]);
    const change = changeOf(item[against]);
    if (!change || !item.latest) continue;
    rows.push([
      ...head,
      against === "previous" ? m.metric_to_previous() : m.metric_to_year(),
      month(item.latest.from),
      times(change.value),
      times(change.low),
      times(change.high),
      write.change(change.value).unit,
      null,
      null,
    ]);
  }
  return {
    columns: [
      { title: m.metric_name(), type: "text" },
      { title: m.metric_process(), type: "text" },
      { title: m.metric_series(), type: "text" },
      { title: m.metric_period(), type: "text" },
      { title: m.metric_value(), type: "number" },
      { title: m.metric_low(), type: "number" },
      { title: m.metric_high(), type: "number" },
      { title: m.finding_col_unit(), type: "text" },
      { title: m.metric_n(), type: "integer" },
      { title: m.metric_complete(), type: "boolean" },
    ],
    rows,
  };
}
