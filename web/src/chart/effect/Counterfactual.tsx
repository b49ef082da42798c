import { m } from "@/paraglide/messages";
import { niceRange } from "../line/shape";
import { type Grain, periodName } from "../series";
import { useWidth } from "../useWidth";
import styles from "./effect.module.css";
import { between, gridLines, middle, type PathPoint, rise, strokes, ticks } from "./shape";

interface Props {
  path: PathPoint[];
  grain: Grain;
  /** Index of the first affected period. */
  at: number;
  /** Written at the head of the start line. */
  start: string;
  /** Written at the arrow from what was expected to what was measured; none without an estimate. */
  gap?: string;
  value: (v: number) => string;
  axis: (v: number) => string;
  /** Turns a value into the unit of the axis. */
  factor?: number;
  height?: number;
  label: string;
  proven: boolean;
}

const LEFT = 52;
const TOP = 28;

/** What was measured before and after the start beside what was expected without the initiative. */
export function Counterfactual({
  path,
  grain,
  at,
  start,
  gap,
  value,
  axis,
  factor = 1,
  height = 280,
  label,
  proven,
}: Props) {
  const { ref, width } = useWidth<HTMLDivElement>(720);
  const times = (v: number | null) => (v === null ? null : v * factor);
  const of = (key: "value" | "fitted" | "expected" | "low" | "high") => path.map((p) => times(p[key]));
  const values = of("value");
  const [low, high, step] = niceRange([...values, ...of("expected"), ...of("low"), ...of("high"), ...of("fitted")]);
  const inner = Math.max(1, width - LEFT - 12);
  const x = (i: number) => LEFT + middle(i, path.length, inner);
  const y = (v: number) => TOP + rise(v, low, high, height);
  const days = path.map((p) => p.label);
  const begin = at > 0 && at < path.length ? (x(at - 1) + x(at)) / 2 : null;
  const window = path.flatMap((p, i) => (p.in_window ? [i] : []));
  const [first, last] = [window[0], window[window.length - 1]];
  const half = inner / Math.max(1, path.length) / 2;
  return (
    <div ref={ref} className={styles.plot}>
      <svg width={width} height={TOP + height + 40} role="img" aria-label={label}>
        {first !== undefined && last !== undefined && (
          <rect
            x={x(first) - half}
            width={x(last) - x(first) + 2 * half}
            y={TOP}
            height={height}
            className={styles.window}
          />
        )}
        {gridLines(low, high, step).map((v) => (
          <g key={v}>
            <line x1={LEFT} x2={width - 12} y1={y(v)} y2={y(v)} className={styles.grid} />
            <text x={LEFT - 8} y={y(v) + 4} textAnchor="end" className={styles.axis}>
              {axis(v)}
            </text>
          </g>
        ))}
        <path d={between(of("low"), of("high"), x, y)} className={styles.ribbon} />
        <path d={strokes(of("fitted"), x, y)} className={styles.fitted} />
        <path d={strokes(of("expected"), x, y)} className={styles.expected} />
        <path d={strokes(values, x, y)} className={styles.measured} />
        {path.map((p, i) => {
          const v = values[i];
          if (v === null || v === undefined || p.value === null) return null;
          return (
            <circle
              key={p.label}
              cx={x(i)}
              cy={y(v)}
              r={path.length > 80 ? 1.5 : 3}
              className={p.in_window || i < at ? styles.dot : styles.hollow}
            >
              <title>{`${periodName(p.label, grain)}: ${value(p.value)}`}</title>
            </circle>
          );
        })}
        {begin !== null && (
          <g>
            <line x1={begin} x2={begin} y1={14} y2={TOP + height} className={styles.start} />
            <text
              x={begin > width / 2 ? begin - 8 : begin + 8}
              y={14}
              textAnchor={begin > width / 2 ? "end" : "start"}
              className={styles.startName}
            >
              {start}
            </text>
          </g>
        )}
        <Gap path={path} factor={factor} x={x} y={y} text={gap} proven={proven} />
        {ticks(days, grain, inner).map((t) => (
          <g key={t.i}>
            <text x={x(t.i)} y={TOP + height + 16} textAnchor="middle" className={styles.axis}>
              {t.name}
            </text>
            <text x={x(t.i)} y={TOP + height + 32} textAnchor="middle" className={styles.year}>
              {t.year}
            </text>
          </g>
        ))}
      </svg>
      <p className={styles.key} aria-hidden="true">
        <span className={styles.keyMeasured}>{m.effect_key_measured()}</span>
        <span className={styles.keyExpected}>{m.effect_key_expected()}</span>
      </p>
    </div>
  );
}

interface GapProps {
  path: PathPoint[];
  factor: number;
  x: (i: number) => number;
  y: (v: number) => number;
  text?: string;
  proven: boolean;
}

/** The arrow from what was expected to what was measured, in the middle of the window where both are known. */
function Gap({ path, factor, x, y, text, proven }: GapProps) {
  const known = path.flatMap((p, i) => (p.in_window && p.expected !== null && p.value !== null ? [i] : []));
  const i = known[Math.floor(known.length * 0.7)];
  const p = i === undefined ? undefined : path[i];
  if (i === undefined || !p || p.expected === null || p.value === null || !text) return null;
  const from = y(p.expected * factor);
  const to = y((p.fitted ?? p.value) * factor);
  const tip = to > from ? -6 : 6;
  if (Math.abs(to - from) < 14) return null;
  return (
    <g className={proven ? styles.gap : styles.gapOpen}>
      <line x1={x(i)} x2={x(i)} y1={from} y2={to + tip} />
      <path d={`M${x(i) - 4} ${to + tip}h8l-4 ${-tip}z`} />
      <text x={x(i) - 10} y={(from + to) / 2 + 4} textAnchor="end">
        {text}
      </text>
    </g>
  );
}
