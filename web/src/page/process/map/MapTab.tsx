import { Button } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Finding } from "@/api/types/finding";
import type { Dfg, Summary } from "@/api/types/process";
import { ChartTable } from "@/chart/ChartTable";
import { mapSvg } from "@/chart/processmap/export";
import { Legend, legendParts } from "@/chart/processmap/Legend";
import { Overview } from "@/chart/processmap/Overview";
import { type MapHandle, type MapView, ProcessMap } from "@/chart/processmap/ProcessMap";
import { durationLimits } from "@/chart/processmap/scale";
import { initialActivities, initialPaths, possiblePaths, shown } from "@/chart/processmap/shown";
import { mapTable } from "@/chart/processmap/table";
import { svgPicture } from "@/chart/svg";
import {
  type ExportGroup,
  type ExportItem,
  ExportMenu,
  fileName,
  Icon,
  IconButton,
  printItem,
  Segments,
  SliderField,
  saveBlob,
  tableItems,
} from "@/kit";
import { int, percent } from "@/kit/format";
import { m } from "@/paraglide/messages";
import styles from "../process.module.css";
import { filterOf, type ProcessState, selectionOf, selectionPatch } from "../state";
import { TabActions } from "../TabActions";
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
  const most = Math.max(1, ...part.edges.map((e) => e.count));
  const legend = legendParts(state.colour, limits, most);
  const drawing = () => {
    const svg = map.current?.svg();
    if (!svg) throw new Error(m.process_map_failed());
    const facts = m.process_map_facts({
      cases: int(dfg.cases),
      activities: int(activities),
      allActivities: int(total),
      paths: int(part.pathsDrawn),
      allPaths: int(possible),
      share: percent(part.share, 0),
    });
    return mapSvg(svg, { title: name, facts, legend });
  };
  const output: ExportGroup[] = [
    ...(state.table || phone ? [] : [{ note: m.process_map_export_picture(), items: pictureItems(name, drawing) }]),
    { note: m.process_map_export_table(), items: tableItems(() => ({ name, ...table, meta: { title: name } })) },
    { items: [printItem()] },
  ];
  const below = useRef<HTMLDivElement>(null);
  const chosenKey = phone && selection ? JSON.stringify(selection) : "";
  useEffect(() => {
    if (chosenKey) below.current?.scrollIntoView({ block: "start" });
  }, [chosenKey]);
  if (phone) {
    return (
      <>
        <TabActions>
          <ExportMenu groups={output} />
        </TabActions>
        <StepList part={part} summary={summary} colouring={state.colour} limits={limits} state={state} set={set} />
        <div ref={below}>{panel}</div>
      </>
    );
  }
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
        {view && !state.table && view.unlabelled > 0 && (
          <p className={styles.small}>{m.process_map_unlabelled({ n: view.unlabelled })}</p>
        )}
        <Legend parts={legend} />
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
      <TabActions>
        <Button
          variant="default"
          leftSection={<Icon name={state.table ? "bars" : "table"} />}
          onClick={() => set({ table: !state.table })}
        >
          {state.table ? m.process_map() : m.process_table()}
        </Button>
        <ExportMenu groups={output} />
      </TabActions>
      <div className={styles.centre}>
        {state.table ? (
          <ChartTable table={table} label={name} />
        ) : (
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
        )}
      </div>
      {panel}
    </div>
  );
}

/** The drawing as vectors and as pixels. */
function pictureItems(name: string, drawing: () => ReturnType<typeof mapSvg>): ExportItem[] {
  const png = async () => {
    const { text, width, height } = drawing();
    saveBlob(await svgPicture(text, width, height), `${fileName(name)}.png`);
  };
  const svg = () => saveBlob(new Blob([drawing().text], { type: "image/svg+xml" }), `${fileName(name)}.svg`);
  return [
    { label: m.process_map_png(), run: png },
    { label: m.process_map_svg(), run: svg },
  ];
}
