import type { ReactElement } from "react";
import type { EffectOne } from "@/api/types/effect";
import { AppLink, Facts } from "@/kit";
import { date, dateTime, personName } from "@/kit/format";
import type { MetricScale } from "@/page/metric/scale";
import { m } from "@/paraglide/messages";
import { bandText, changeText, periodsWord, planned } from "./words";

/** What the plan fixed before anybody saw the result. */
export function PlanFacts({ one, scale }: { one: EffectOne; scale: MetricScale }): ReactElement {
  const model =
    one.planned_model === "step"
      ? m.effect_model_step()
      : one.planned_model === "slope"
        ? m.effect_model_slope()
        : m.effect_model_trend();
  const scales: Record<string, () => string> = {
    plain: m.effect_scale_plain,
    log: m.effect_scale_log,
    log_rate: m.effect_scale_log_rate,
    logit: m.effect_scale_logit,
  };
  return (
    <Facts
      grid
      items={[
        { label: m.effect_fact_expected(), value: one.expected === null ? "–" : changeText(scale, one.expected) },
        {
          label: m.effect_fact_band(),
          value: bandText(one, scale, one.band) || m.effect_fact_band_none(),
        },
        { label: m.effect_fact_start(), value: date(one.first_affected) },
        { label: m.effect_fact_window(), value: `${one.periods_after} ${periodsWord(one.grain)}` },
        { label: m.effect_fact_model(), value: model },
        { label: m.effect_fact_scale(), value: (scales[one.planned_scale] ?? m.effect_scale_plain)() },
        { label: m.effect_fact_definition(), value: one.definition_version ? String(one.definition_version) : "–" },
        ...(one.follows
          ? [
              {
                label: m.effect_fact_follows(),
                value: <AppLink href={`/wirkung/${one.follows.id}`}>{one.follows.title}</AppLink>,
              },
            ]
          : []),
        { label: m.effect_fact_class(), value: planned(one.class) },
        {
          label: m.effect_fact_signed(),
          value:
            one.signed_at && one.signed_by
              ? `${personName(one.signed_by)}, ${dateTime(one.signed_at)}`
              : m.effect_fact_unsigned(),
        },
        { label: m.effect_fact_last(), value: one.last_fact ? dateTime(one.last_fact) : "–" },
        { label: m.effect_fact_primary(), value: one.primary ? m.effect_yes() : m.effect_secondary() },
      ]}
    />
  );
}
