import type { ReactElement } from "react";
import type { EffectOne } from "@/api/types/effect";
import { EstimateBand } from "@/chart/effect/EstimateBand";
import { percent } from "@/kit/format";
import { axisNumber, type MetricScale } from "@/page/metric/scale";
import { m } from "@/paraglide/messages";
import classes from "./effect.module.css";
import { bandText, changeText, sizeText } from "./words";

/** The mean effect over the window against zero, the band that does not matter and the plan. */
export function Estimate({ one, scale }: { one: EffectOne; scale: MetricScale }): ReactElement {
  const { effect } = one;
  const proven = one.verdict === "belegt";
  const band = bandText(one, scale, one.band);
  const { text, unit } = scale.change(effect.estimate);
  return (
    <section className={classes.estimate}>
      <h2 className={classes.caption}>{m.effect_mean()}</h2>
      {effect.estimate === null ? (
        <p className={classes.quiet}>{m.effect_mean_none()}</p>
      ) : (
        <>
          <p className={proven ? classes.figure : classes.figureOpen}>
            {text} <small>{unit}</small>
          </p>
          <p className={classes.interval}>
            {effect.low !== null && effect.high !== null
              ? m.effect_interval({ low: scale.bare(effect.low), high: scale.bare(effect.high) })
              : null}
            {effect.relative !== null ? ` · ${effect.relative > 0 ? "+" : ""}${percent(effect.relative, 0)}` : null}
          </p>
          <EstimateBand
            estimate={effect.estimate}
            low={effect.low}
            high={effect.high}
            band={one.band}
            planned={one.expected}
            plannedName={
              one.expected === null ? undefined : m.effect_plan_value({ value: changeText(scale, one.expected) })
            }
            axis={axisNumber}
            factor={scale.factor}
            proven={proven}
            label={m.effect_band_label()}
          />
          {band ? <p className={classes.quiet}>{m.effect_band_note({ band })}</p> : null}
        </>
      )}
      {!proven && effect.smallest_detectable !== null ? (
        <p className={classes.smallest}>{m.effect_smallest({ size: sizeText(scale, effect.smallest_detectable) })}</p>
      ) : null}
    </section>
  );
}
