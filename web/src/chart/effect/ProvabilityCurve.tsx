import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { niceRange } from "../line/shape";
import { useWidth } from "../useWidth";
import styles from "./effect.module.css";
import { gridLines, rise, strokes } from "./shape";

interface Props {
  /** Smallest provable effect, without sign, by periods measured after the start. */
  curve: { after: number; smallest: number }[];
  promised: number | null;
  needed: number | null;
  axis: (v: number) => string;
  factor?: number;
  /** What a period is called, in the plural: "Monate". */
  periods: string;
  label: string;
  height?: number;
}

const LEFT = 52;
const TOP = 14;

/** The smallest effect that could be proven, by how long is measured, beside the promised one. */
export function ProvabilityCurve({ curve, promised, needed, axis, factor = 1, periods, label, height = 160 }: Props) {
  const { ref, width } = useWidth<HTMLDivElement>(420);
  const size = promised === null ? null : Math.abs(promised * factor);
  const values = curve.map((c) => c.smallest * factor);
  const [, high, step] = niceRange([0, size, ...values]);
  const most = Math.max(1, ...curve.map((c) => c.after));
  const least = Math.min(most, ...curve.map((c) => c.after));
  const inner = Math.max(1, width - LEFT - 16);
  const at = (after: number) => LEFT + (inner * (after - least)) / Math.max(1, most - least);
  const y = (v: number) => TOP + rise(v, 0, high, height);
  const every = Math.max(1, Math.ceil(curve.length / Math.max(2, Math.floor(inner / 40))));
  return (
    <div ref={ref} className={styles.plot}>
      <svg width={width} height={TOP + height + 36} role="img" aria-label={label}>
        {gridLines(0, high, step).map((v) => (
          <g key={v}>
            <line x1={LEFT} x2={width - 16} y1={y(v)} y2={y(v)} className={styles.grid} />
            <text x={LEFT - 8} y={y(v) + 4} textAnchor="end" className={styles.axis}>
              {axis(v)}
            </text>
          </g>
        ))}
        {size !== null && (
          <g>
            <line x1={LEFT} x2={width - 16} y1={y(size)} y2={y(size)} className={styles.promised} />
            <text x={width - 16} y={y(size) - 6} textAnchor="end" className={styles.note}>
              {m.effect_promised({ value: axis(size) })}
            </text>
          </g>
        )}
        <path d={strokes(values, (i) => at(curve[i]?.after ?? 0), y)} className={styles.measured} />
        {needed !== null && size !== null && (
          <g>
            <line x1={at(needed)} x2={at(needed)} y1={y(size)} y2={TOP + height} className={styles.drop} />
            <circle cx={at(needed)} cy={y(size)} r={4} className={styles.dot} />
          </g>
        )}
        {curve.map((c, i) =>
          i % every === 0 || i === curve.length - 1 ? (
            <text key={c.after} x={at(c.after)} y={TOP + height + 16} textAnchor="middle" className={styles.axis}>
              {int(c.after)}
            </text>
          ) : null,
        )}
        <text x={width - 16} y={TOP + height + 32} textAnchor="end" className={styles.axis}>
          {m.effect_periods_after({ periods })}
        </text>
      </svg>
    </div>
  );
}
