import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useGet } from "@/api";
import type { MetricDetail } from "@/api/types/metric_detail";
import { Plot } from "@/chart/Plot";
import { extent, lastComplete } from "@/chart/series";
import { align, byWeight, SmallMultiples } from "@/chart/smallmultiples/SmallMultiples";
import { Loaded, RemarkList, Section } from "@/kit";
import { int, percent } from "@/kit/format";
import { m } from "@/paraglide/messages";
import type { MetricScale } from "./scale";
import type { MetricState } from "./state";
import { splitTable } from "./tables";
import { bands } from "./target";
import { WINDOW } from "./window";

const FIRST = 8;

interface Props {
  d: MetricDetail;
  state: MetricState;
  set: (patch: Partial<MetricState>) => void;
  write: MetricScale;
}

/** The metric by the values of one column, as small lines on one axis. */
export function Split({ d, state, set, write }: Props) {
  const dims = [...(d.dims ?? [])].sort((a, b) => Number(b.usual) - Number(a.usual));
  if (dims.length === 0) return null;
  return (
    <div className={state.dim ? undefined : "lo-no-print"}>
      <Section
        title={m.metric_split()}
        actions={
          <Select
            aria-label={m.metric_split()}
            placeholder={m.metric_split_choose()}
            data={dims.map((x) => x.name)}
            value={state.dim || null}
            clearable
            searchable
            onChange={(v) => set({ dim: v ?? "", value: "" })}
          />
        }
      >
        {state.dim ? (
          <Panels d={d} state={state} set={set} write={write} />
        ) : (
          <p className="lo-no-print">{m.metric_split_hint()}</p>
        )}
      </Section>
    </div>
  );
}

function Panels({ d, state, set, write }: Props) {
  const [all, setAll] = useState(false);
  const query = useGet("/metrics/{name}/query", {
    path: { name: d.name },
    query: {
      process: state.process || d.process,
      by: state.by,
      from: state.from,
      to: state.to,
      filter: state.filter,
      dim: state.dim,
    },
  });
  return (
    <Loaded query={query} height={200}>
      {(answer) => {
        const groups = byWeight(answer.points.map((p) => ({ ...p, dim: p.dim ?? "" })));
        const shown = groups.slice(0, all ? 48 : FIRST);
        const aligned = align(shown).map((list) => list.slice(-WINDOW[answer.by]));
        const total = groups.reduce((sum, g) => sum + g.n, 0);
        const panels = shown.map((g, i) => {
          const points = aligned[i] ?? [];
          const last = points[lastComplete(points)];
          const value = write.value(last?.value);
          return {
            name: g.name || m.process_filter_empty(),
            points,
            share: total > 0 ? percent(g.n / total, 0) : "",
            text: value.text,
            unit: value.unit,
            bands: bands(answer.targets, points, write),
          };
        });
        const [low, high] = extent(
          panels.flatMap((p) => [...p.points.map((x) => x.value), ...p.bands.flatMap((b) => b.limits)]),
        );
        return (
          <>
            <Plot
              name={m.metric_split_name({ name: d.title, dim: state.dim })}
              title={m.metric_split_by({ dim: state.dim })}
              caption={m.metric_split_caption({
                low: write.bare(low),
                high: write.bare(high),
                unit: write.unit,
              })}
              table={splitTable(
                answer.points,
                answer.by,
                state.dim,
                answer.unit,
                bands(answer.targets, answer.points, write),
              )}
            >
              <SmallMultiples
                panels={panels}
                onSelect={(name) => {
                  const value = name === m.process_filter_empty() ? "" : name;
                  set({ filter: [...new Set([...state.filter, `${state.dim}=${value}`])] });
                }}
              />
            </Plot>
            {groups.length > FIRST && !all && (
              <Button variant="subtle" size="xs" onClick={() => setAll(true)}>
                {m.metric_split_more({ n: int(groups.length - FIRST) })}
              </Button>
            )}
            <RemarkList remarks={answer.remarks} />
          </>
        );
      }}
    </Loaded>
  );
}
