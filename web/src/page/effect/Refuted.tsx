import type { ReactElement } from "react";
import type { EffectOne } from "@/api/types/effect";
import { changeScale } from "@/chart/whisker/shape";
import { Whisker } from "@/chart/whisker/Whisker";
import { Section } from "@/kit";
import type { MetricScale } from "@/page/metric/scale";
import { m } from "@/paraglide/messages";
import classes from "./effect.module.css";
import { changeText } from "./words";

/** What was tried to refute the effect, each with its estimate on one common scale. */
export function Refuted({ one, scale }: { one: EffectOne; scale: MetricScale }): ReactElement | null {
  const { checks } = one.effect;
  if (checks.length === 0) return null;
  const changes = checks.map((check) => ({
    check,
    change:
      check.estimate === null
        ? null
        : {
            value: check.estimate,
            low: check.low,
            high: check.high,
            secured: check.low !== null && check.high !== null && check.low * check.high > 0,
          },
  }));
  const width = changeScale(changes.flatMap((c) => (c.change ? [c.change] : [])));
  return (
    <Section title={m.effect_refuted()}>
      <ul className={classes.checks}>
        {changes.map(({ check, change }) => (
          <li key={check.code}>
            <span>{check.text}</span>
            {change ? (
              <Whisker change={change} scale={width} />
            ) : (
              <span className={classes.quiet}>{m.effect_not_tried()}</span>
            )}
            <strong>{change ? changeText(scale, change.value) : "–"}</strong>
          </li>
        ))}
      </ul>
    </Section>
  );
}
