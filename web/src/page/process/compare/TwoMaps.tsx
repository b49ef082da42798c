import { useMemo, useState } from "react";
import type { Comparison } from "@/api/types/process_compare";
import { Plot } from "@/chart/Plot";
import { ProcessMap } from "@/chart/processmap/ProcessMap";
import type { MapData, Selection } from "@/chart/processmap/schema";
import { initialPaths } from "@/chart/processmap/shown";
import { SliderField } from "@/kit";
import { date, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { dayBefore } from "../filter/chips";
import styles from "./compare.module.css";
import { casesText, mapTable } from "./tables";
import { mapWords, type Side, sharedPart } from "./words";

/** Activities that both maps begin with: half the width holds fewer than a whole page. */
const FIRST_ACTIVITIES = 7;

/** The map of each period, drawn alike, so that the eye compares the same places. */
export function TwoMaps({ dfg, c, title }: { dfg: MapData; c: Comparison; title: string }) {
  const total = dfg.activities.length;
  const [activities, setActivities] = useState(Math.min(total, FIRST_ACTIVITIES));
  const [selection, select] = useState<Selection>(null);
  const part = useMemo(() => sharedPart(dfg, c, activities, initialPaths(dfg, activities)), [dfg, c, activities]);
  const words = useMemo(() => ({ a: mapWords(c, "a"), b: mapWords(c, "b") }), [c]);
  const sides: { side: Side; period: string }[] = [
    { side: "a", period: m.process_periods_before() },
    { side: "b", period: m.process_periods_after() },
  ];
  return (
    <Plot
      name={m.process_periods_map_name({ process: title })}
      title={m.process_periods_map_title()}
      caption={casesText(c)}
      legend={m.process_periods_legend()}
      table={mapTable(c)}
    >
      <div className={`${styles.slider} lo-no-print`}>
        <SliderField label={m.process_map_activities()} value={activities} max={total} onChange={setActivities} />
      </div>
      <div className={styles.maps}>
        {sides.map(({ side, period }) => (
          <section key={side} aria-label={period}>
            <h4 className={styles.mapHead}>
              {m.process_periods_map_head({ period, from: date(c[side].from), to: date(dayBefore(c[side].to)) })}{" "}
              <small>{m.process_periods_map_cases({ n: int(c[side].cases) })}</small>
            </h4>
            <ProcessMap
              title={m.process_periods_map_side({ process: title, period, cases: int(c[side].cases) })}
              shown={part}
              cases={c[side].cases}
              colouring="count"
              limits={[]}
              selection={selection}
              onSelect={select}
              words={words[side]}
            />
          </section>
        ))}
      </div>
    </Plot>
  );
}
