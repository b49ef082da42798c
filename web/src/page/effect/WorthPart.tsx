import type { ReactElement } from "react";
import type { EffectOne } from "@/api/types/effect";
import { Section } from "@/kit";
import type { MetricScale } from "@/page/metric/scale";
import { m } from "@/paraglide/messages";
import classes from "./effect.module.css";
import { className, ownUnit, worthText } from "./words";

/** What the effect is worth a year: low, middle and high in its class alone. */
export function WorthPart({ one, scale }: { one: EffectOne; scale: MetricScale }): ReactElement {
  const { worth, value_per_unit: price } = one;
  const title = m.effect_worth_title({ benefit: className(worth.class) });
  if (worth.middle === null)
    return (
      <Section title={title}>
        <p className={classes.quiet}>{price ? m.effect_worth_none() : m.effect_worth_unpriced()}</p>
      </Section>
    );
  return (
    <Section title={title}>
      <dl className={classes.worth}>
        {(
          [
            ["low", m.effect_low()],
            ["middle", m.effect_middle()],
            ["high", m.effect_high()],
          ] as const
        ).map(([key, word]) => (
          <div key={key} data-middle={key === "middle" || undefined}>
            <dd>{worthText(worth[key], worth.unit)}</dd>
            <dt>{word}</dt>
          </div>
        ))}
      </dl>
      {price && !ownUnit(worth.unit) ? (
        <p className={classes.quiet}>
          {m.effect_worth_price({
            likely: worthText(price.likely / scale.factor, price.unit),
            min: worthText(price.min / scale.factor, price.unit),
            max: worthText(price.max / scale.factor, price.unit),
            unit: scale.change(1).unit || m.effect_unit_one(),
          })}
        </p>
      ) : null}
      <p className={classes.quiet}>{m.effect_worth_note()}</p>
    </Section>
  );
}
