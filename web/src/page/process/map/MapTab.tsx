import { useEffect, useMemo, useRef, useState } from "react";
import type { Finding } from "@/api/types/finding";
import type { Dfg, Summary } from "@/api/types/process";
import { ChartTable } from "@/chart/ChartTable";
import { picture } from "@/chart/picture";
import { Legend } from "@/chart/processmap/Legend";
import { Overview } from "@/chart/processmap/Overview";
import { type MapHandle, type MapView, ProcessMap } from "@/chart/processmap/ProcessMap";
import { durationLimits } from "@/chart/processmap/scale";
import { initialActivities, initialPaths, possiblePaths, shown } from "@/chart/processmap/shown";
import { mapTable } from "@/chart/processmap/table";
import { exportTable, fileName, IconButton, Segments, SliderField, saveBlob } from "@/kit";
import { int, percent } from "@/kit/format";
import { m } from "@/paraglide/messages";
import styles from "../process.module.css";
import { filterOf, type ProcessState, selectionOf, selectionPatch } from "../state";
import { Panel } from "./Panel";
import { StepList } from "./StepList";

interface Props {
  process: string;
  title: string;
  dfg: Dfg;
  summary: Summary;
  state: ProcessState;
  set: (patch: Partial<ProcessState>, options?: { replace?: boolean }) => void;
  findings: Finding[];
  phone: boolean;
}

/** The map with its controls at the left and what is selected at the right; on phones a list of steps. */
export function MapTab({ process, title, dfg, summary, state, set, findings, phone }: Props) {
  const total = dfg.activities.length;
  const activities = Math.min(total, state.activities || initialActivities(total));
  const possible = useMemo(() => possiblePaths(dfg, activities), [dfg, activities]);
  const paths = Math.min(possible, state.paths || initialPaths(dfg, activities));
  const part = useMemo(() => shown(dfg, activities, paths), [dfg, activities, paths]);
  const limits = useMemo(() => durationLimits(part.edges.map((e) => e.median_seconds)), [part]);
  const [view, setView] = useState<MapView | null>(null);
  const map = useRef<MapHandle>(null);
  const centre = useRef<HTMLDivElement>(null);
  const selection = selectionOf(state);
  const table = useMemo(() => mapTable(dfg), [dfg]);
  const name = m.process_map_name({ process: title });
  const panel = selection && (
    <Panel
      process={process}
      filter={filterOf(state)}
      selection={selection}
      dfg={dfg}
      findings={findings}
      onClose={() => set(selectionPatch(null))}
      onFilter={set}
    />
  );
  const below = useRef<HTMLDivElement>(null);
  const chosenKey = phone && selection ? JSON.stringify(selection) : "";
  useEffect(() => {
    if (chosenKey) below.current?.scrollIntoView({ block: "start" });
  }, [chosenKey]);
  if (phone) {
    return (
      <>
        <StepList part={part} summary={summary} colouring={state.colour} limits={limits} state={state} set={set} />
        <div ref={below}>{panel}</div>
      </>
    );
  }
  const most = Math.max(1, ...part.edges.map((e) => e.count));
  return (
    <div className={styles.map} data-panel={panel ? "open" : "none"}>
      <div className={styles.side}>
        <div className={`${styles.controls} lo-no-print`}>
          <Segments
            label={m.process_map_colour()}
            showLabel
            value={state.colour}
            onChange={(colour) => set({ colour })}
            options={[
              { value: "count", label: m.process_map_colour_count() },
              { value: "duration", label: m.process_map_colour_duration() },
            ]}
          />
          <SliderField
            label={m.process_map_activities()}
            value={activities}
            max={total}
            onChange={(n) => set({ activities: n, paths: 0 }, { replace: true })}
          />
          <SliderField
            label={m.process_map_paths()}
            value={part.pathsDrawn}
            max={possible}
            onChange={(n) => set({ paths: n }, { replace: true })}
          />
        </div>
        {part.share !== null && (
          <p className={styles.behaviour} aria-live="polite">
            {m.process_map_share_before()} <strong>{percent(part.share, 0)}</strong> {m.process_map_share_after()}
          </p>
        )}
        <Legend colouring={state.colour} limits={limits} most={most} />
        <div className="lo-no-print">
          <p className={styles.small}>{m.process_map_overview()}</p>
          {view && <Overview view={view} onCentre={(x, y) => map.current?.centre(x, y)} />}
          <div className={styles.zoom}>
            <IconButton name="plus" label={m.process_map_zoom_in()} onClick={() => map.current?.zoom(1)} />
            <IconButton name="minus" label={m.process_map_zoom_out()} onClick={() => map.current?.zoom(-1)} />
            <IconButton name="fit" label={m.process_map_zoom_fit()} onClick={() => map.current?.fit()} />
            <span className={styles.small}>{view ? percent(view.zoom, 0) : ""}</span>
          </div>
        </div>
      </div>
      <div className={styles.centre}>
        <div className={`${styles.tools} lo-no-print`}>
          <IconButton
            name={state.table ? "bars" : "table"}
            label={state.table ? m.kit_show_chart() : m.kit_show_table()}
            pressed={state.table}
            onClick={() => set({ table: !state.table })}
          />
          {!state.table && (
            <IconButton
              name="image"
              label={m.kit_download_png()}
              onClick={() =>
                centre.current &&
                void picture(centre.current, name, "").then((b) => saveBlob(b, `${fileName(name)}.png`))
              }
            />
          )}
          <IconButton
            name="download"
            label={m.kit_download_csv()}
            onClick={() => void exportTable({ name, ...table, meta: { title: name } }, "csv")}
          />
        </div>
        {state.table ? (
          <ChartTable table={table} label={name} />
        ) : (
          <div ref={centre}>
            <ProcessMap
              handle={map}
              title={m.process_map_described({
                process: title,
                activities: int(activities),
                paths: int(part.pathsDrawn),
              })}
              shown={part}
              cases={dfg.cases}
              colouring={state.colour}
              limits={limits}
              selection={selection}
              onSelect={(s) => set(selectionPatch(s))}
              onView={setView}
            />
          </div>
        )}
      </div>
      {panel}
    </div>
  );
}
