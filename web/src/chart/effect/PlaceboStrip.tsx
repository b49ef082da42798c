import { num } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { niceRange } from "../line/shape";
import { type Grain, periodName } from "../series";
import { useWidth } from "../useWidth";
import styles from "./effect.module.css";
import { gridLines, middle, type PlaceboPoint, rise, ticks } from "./shape";

interface Props {
  points: PlaceboPoint[];
  /** First days of all periods of the chart above, so that both share an axis. */
  days: string[];
  at: number;
  /** Strength at the true date. */
  t: number | null;
  grain: Grain;
  label: string;
}

const LEFT = 52;
const TOP = 12;
const HEIGHT = 104;

/** How strongly a date before the true one would have shown: circles; the true date is a square. */
export function PlaceboStrip({ points, days, at, t, grain, label }: Props) {
  const { ref, width } = useWidth<HTMLDivElement>(720);
  const inner = Math.max(1, width - LEFT - 12);
  const x = (i: number) => LEFT + middle(i, days.length, inner);
  const [, high, step] = niceRange([0, t, ...points.map((p) => p.t)]);
  const y = (v: number) => TOP + rise(v, 0, high, HEIGHT);
  const strongest = Math.max(0, ...points.map((p) => p.t));
  const first = points[0];
  const index = new Map(days.map((d, i) => [d, i]));
  return (
    <div ref={ref} className={styles.plot}>
      <svg width={width} height={TOP + HEIGHT + 40} role="img" aria-label={label}>
        {gridLines(0, high, step).map((v) => (
          <g key={v}>
            <line x1={LEFT} x2={width - 12} y1={y(v)} y2={y(v)} className={styles.grid} />
            <text x={LEFT - 8} y={y(v) + 4} textAnchor="end" className={styles.axis}>
              {num(v, step < 1 ? 1 : 0)}
            </text>
          </g>
        ))}
        {t !== null && <line x1={LEFT} x2={width - 12} y1={y(t)} y2={y(t)} className={styles.truth} />}
        {points.map((p) => {
          const i = index.get(p.label);
          if (i === undefined) return null;
          return (
            <g key={p.label}>
              <line x1={x(i)} x2={x(i)} y1={y(0)} y2={y(p.t)} className={styles.stem} />
              <circle cx={x(i)} cy={y(p.t)} r={4} className={styles.placebo}>
                <title>{`${periodName(p.label, grain)}: ${num(p.t, 1)}`}</title>
              </circle>
            </g>
          );
        })}
        {first && (
          <text x={x(index.get(first.label) ?? 0)} y={Math.max(12, y(strongest) - 12)} className={styles.note}>
            {m.effect_placebo_count({ n: points.length, count: points.length, strongest: num(strongest, 1) })}
          </text>
        )}
        {t !== null && at < days.length && (
          <g>
            <line x1={x(at)} x2={x(at)} y1={y(0)} y2={y(t)} className={styles.start} />
            <rect x={x(at) - 5} y={y(t) - 5} width={10} height={10} className={styles.true} />
            <text
              x={x(at) > width / 2 ? x(at) - 12 : x(at) + 12}
              y={Math.max(11, y(t) - 8)}
              textAnchor={x(at) > width / 2 ? "end" : "start"}
              className={styles.startName}
            >
              {m.effect_placebo_true({ t: num(t, 1) })}
            </text>
          </g>
        )}
        {ticks(days, grain, inner).map((k) => (
          <g key={k.i}>
            <text x={x(k.i)} y={TOP + HEIGHT + 16} textAnchor="middle" className={styles.axis}>
              {k.name}
            </text>
            <text x={x(k.i)} y={TOP + HEIGHT + 32} textAnchor="middle" className={styles.year}>
              {k.year}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
