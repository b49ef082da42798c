import { m } from "@/paraglide/messages";
import type { PlotTable } from "../plot";
import type { MapData } from "./schema";

/** All that the map can show, as a table: activities first, then paths, both by count. */
export function mapTable(data: MapData): PlotTable {
  const start = new Map(data.starts.map((s) => [s.name, s.count]));
  const end = new Map(data.ends.map((s) => [s.name, s.count]));
  return {
    columns: [
      { title: m.process_table_from(), type: "text" },
      { title: m.process_table_to(), type: "text" },
      { title: m.process_table_count(), type: "integer" },
      { title: m.process_table_median(), type: "seconds" },
      { title: m.process_table_starts(), type: "integer" },
      { title: m.process_table_ends(), type: "integer" },
    ],
    rows: [
      ...[...data.activities]
        .sort((a, b) => b.count - a.count)
        .map((a) => [a.name, null, a.count, null, start.get(a.name) ?? 0, end.get(a.name) ?? 0]),
      ...[...data.edges]
        .sort((a, b) => b.count - a.count)
        .map((e) => [e.from, e.to, e.count, e.median_seconds, null, null]),
    ],
  };
}
