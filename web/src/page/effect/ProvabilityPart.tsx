import type { ReactElement } from "react";
import type { Provable } from "@/api/types/effect";
import { ProvabilityCurve } from "@/chart/effect/ProvabilityCurve";
import { Plot } from "@/chart/Plot";
import { RemarkList } from "@/kit";
import { int } from "@/kit/format";
import { axisNumber } from "@/page/metric/scale";
import { m } from "@/paraglide/messages";
import classes from "./effect.module.css";
import { effectScale, periodsWord, planned, plannedWhy } from "./words";

/** "Can we prove it?": one sentence, the curve behind it, and what would help. */
export function ProvabilityPart({ answer }: { answer: Provable }): ReactElement {
  const { provability: p } = answer;
  const values = answer.history.flatMap((one) => (one.value === null ? [] : [Math.abs(one.value)]));
  const typical = values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : null;
  const scale = effectScale(answer, typical);
  const periods = periodsWord(answer.grain);
  return (
    <>
      <p className={classes.sentence}>{p.sentence}</p>
      {p.curve.length > 0 ? (
        <Plot
          name={m.effect_provable_chart({ metric: answer.title })}
          title={m.effect_provable_chart({ metric: answer.title })}
          caption={m.effect_provable_caption({ before: int(p.before), periods })}
          source={m.effect_provable_source()}
          table={{
            columns: [
              { title: m.effect_periods_after({ periods }), type: "integer" },
              { title: m.effect_provable_smallest() + (scale.unit ? ` (${scale.unit})` : ""), type: "number" },
            ],
            rows: p.curve.map((one) => [one.after, one.smallest * scale.factor]),
          }}
        >
          <ProvabilityCurve
            curve={p.curve}
            promised={p.promised}
            needed={p.needed}
            axis={axisNumber}
            factor={scale.factor}
            periods={periods}
            label={m.effect_provable_label({ sentence: p.sentence })}
          />
        </Plot>
      ) : null}
      {answer.class ? (
        <p className={classes.quiet}>
          {m.effect_provable_class({ planned: planned(answer.class), why: plannedWhy(answer.class_reason) })}
        </p>
      ) : null}
      {p.helps.length > 0 ? (
        <>
          <h3 className={classes.helpsTitle}>{m.effect_provable_helps()}</h3>
          <ul className={classes.helps}>
            {p.helps.map((help) => (
              <li key={help.code}>{help.text}</li>
            ))}
          </ul>
        </>
      ) : null}
      <RemarkList remarks={[...answer.remarks, ...p.remarks]} />
    </>
  );
}
