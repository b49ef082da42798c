import type { Comparison, MixPart } from "@/api/types/process_compare";
import { Plot } from "@/chart/Plot";
import { changeScale } from "@/chart/whisker/shape";
import { Whisker } from "@/chart/whisker/Whisker";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import styles from "./compare.module.css";
import { signedDuration } from "./tables";

/** How the change of the mean lead time comes about: other cases, and the same cases faster or slower. */
export function MixPlot({ mix, title }: { mix: NonNullable<Comparison["mix"]>; title: string }) {
  const rows = [
    { name: m.process_periods_mix_total(), part: mix.total },
    { name: m.process_periods_mix_mix(), part: mix.mix },
    { name: m.process_periods_mix_within(), part: mix.within },
  ];
  const change = (p: MixPart) => ({ value: p.seconds, low: p.low, high: p.high });
  const scale = changeScale(rows.map((r) => change(r.part)));
  return (
    <Plot
      name={m.process_periods_mix_name({ process: title })}
      title={m.process_periods_mix_title()}
      caption={m.process_periods_mix_caption({ n: int(mix.variants) })}
      table={{
        columns: [
          { title: m.process_periods_mix_part(), type: "text" },
          { title: m.process_periods_mix_value(), type: "seconds" },
          { title: m.process_periods_mix_low(), type: "seconds" },
          { title: m.process_periods_mix_high(), type: "seconds" },
        ],
        rows: rows.map((r) => [r.name, r.part.seconds, r.part.low, r.part.high]),
      }}
    >
      <ul className={styles.mix}>
        {rows.map((r) => (
          <li key={r.name}>
            <span>{r.name}</span>
            <Whisker change={change(r.part)} scale={scale} width={120} />
            <span className={styles.number}>
              {signedDuration(r.part.seconds)}{" "}
              <small>
                [{signedDuration(r.part.low)}; {signedDuration(r.part.high)}]
              </small>
            </span>
            <span>{partWord(r.part)}</span>
          </li>
        ))}
      </ul>
    </Plot>
  );
}

function partWord(p: MixPart): string {
  if (p.low > 0) return m.process_periods_mix_state_up();
  if (p.high < 0) return m.process_periods_mix_state_down();
  return m.process_periods_same();
}
