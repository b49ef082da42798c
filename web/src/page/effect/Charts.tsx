import { VisuallyHidden } from "@mantine/core";
import type { ReactElement } from "react";
import type { EffectOne } from "@/api/types/effect";
import type { Grain } from "@/api/types/metric";
import { Counterfactual } from "@/chart/effect/Counterfactual";
import { PlaceboStrip } from "@/chart/effect/PlaceboStrip";
import type { PathPoint } from "@/chart/effect/shape";
import { Plot } from "@/chart/Plot";
import { Section } from "@/kit";
import { date } from "@/kit/format";
import type { MetricScale } from "@/page/metric/scale";
import { axisNumber } from "@/page/metric/scale";
import { m } from "@/paraglide/messages";
import classes from "./effect.module.css";
import { changeText, periodsWord, rhoText } from "./words";

interface Props {
  one: EffectOne;
  scale: MetricScale;
}

/** The series beside what was expected without the initiative, and the placebo dates on the same time axis. */
export function EffectCharts({ one, scale }: Props): ReactElement {
  const from = new Map(one.rows.map((row) => [row.label, row.from]));
  const path: PathPoint[] = one.effect.path.map((p) => ({ ...p, label: from.get(p.label) ?? p.label }));
  const at = path.findIndex((p) => p.label >= one.first_affected);
  const start = at < 0 ? path.length : at;
  const grain = one.grain as Grain;
  const proven = one.verdict === "belegt";
  if (path.length === 0) return <p className={classes.quiet}>{m.effect_no_series()}</p>;
  return (
    <>
      <VisuallyHidden component="h2">{one.metric_title}</VisuallyHidden>
      <Plot
        name={m.effect_chart_name({ metric: one.metric_title, initiative: one.initiative_title })}
        title={scale.unit ? m.effect_chart_title({ metric: one.metric_title, unit: scale.unit }) : one.metric_title}
        caption={caption(one)}
        source={m.effect_source({ plan: one.title })}
        table={pathTable(path, scale)}
      >
        <Counterfactual
          path={path}
          grain={grain}
          at={start}
          start={m.effect_start({ day: date(one.first_affected) })}
          gap={one.estimate === null ? undefined : changeText(scale, one.estimate)}
          value={scale.text}
          axis={axisNumber}
          factor={scale.factor}
          proven={proven}
          label={m.effect_chart_label({ metric: one.metric_title })}
        />
      </Plot>
      <Placebo one={one} path={path} at={start} from={from} />
    </>
  );
}

function caption(one: EffectOne): string {
  const fit = one.effect.model;
  if (!fit) return m.effect_caption_short({ n: String(one.rows.length), periods: periodsWord(one.grain) });
  const words = m.effect_caption({
    before: String(fit.before),
    after: String(fit.after),
    periods: periodsWord(one.grain),
  });
  return fit.rho === null ? words : `${words} · ${rhoText(fit.rho)}`;
}

function pathTable(path: PathPoint[], scale: MetricScale) {
  const times = (v: number | null) => (v === null ? null : v * scale.factor);
  const unit = scale.unit ? ` (${scale.unit})` : "";
  return {
    columns: [
      { title: m.effect_table_period(), type: "date" as const },
      { title: m.effect_key_measured() + unit, type: "number" as const },
      { title: m.effect_table_fitted() + unit, type: "number" as const },
      { title: m.effect_table_expected() + unit, type: "number" as const },
      { title: m.effect_table_low() + unit, type: "number" as const },
      { title: m.effect_table_high() + unit, type: "number" as const },
    ],
    rows: path.map((p) => [p.label, times(p.value), times(p.fitted), times(p.expected), times(p.low), times(p.high)]),
  };
}

interface PlaceboProps {
  one: EffectOne;
  path: PathPoint[];
  at: number;
  from: Map<string, string>;
}

function Placebo({ one, path, at, from }: PlaceboProps): ReactElement | null {
  const placebo = one.effect.placebo;
  if (!placebo || placebo.points.length === 0) return null;
  const points = placebo.points.map((p) => ({ label: from.get(p.label) ?? p.label, t: p.t }));
  return (
    <Section>
      <Plot
        name={m.effect_placebo_title()}
        title={m.effect_placebo_title()}
        caption={m.effect_placebo_caption()}
        source={m.effect_source({ plan: one.title })}
        table={{
          columns: [
            { title: m.effect_placebo_date(), type: "date" },
            { title: m.effect_placebo_strength(), type: "number" },
          ],
          rows: [...points.map((p) => [p.label, p.t]), [one.first_affected, placebo.t]],
        }}
      >
        <PlaceboStrip
          points={points}
          days={path.map((p) => p.label)}
          at={at}
          t={placebo.t}
          grain={one.grain as Grain}
          label={m.effect_placebo_label({
            count: String(placebo.dates),
            exceeding: String(placebo.exceeding),
          })}
        />
      </Plot>
    </Section>
  );
}
