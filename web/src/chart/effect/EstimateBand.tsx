import { niceRange } from "../line/shape";
import { useWidth } from "../useWidth";
import styles from "./effect.module.css";
import { gridLines } from "./shape";

interface Props {
  estimate: number | null;
  low: number | null;
  high: number | null;
  /** A change within ±band does not matter. */
  band?: number;
  planned?: number | null;
  /** Words beside the planned value. */
  plannedName?: string;
  axis: (v: number) => string;
  factor?: number;
  proven: boolean;
  label: string;
  height?: number;
}

/** The estimate with its interval against zero, the band that does not matter and the planned value. */
export function EstimateBand({
  estimate,
  low,
  high,
  band = 0,
  planned,
  plannedName,
  axis,
  factor = 1,
  proven,
  label,
  height = 64,
}: Props) {
  const { ref, width } = useWidth<HTMLDivElement>(320);
  const times = (v: number | null | undefined) => (v === null || v === undefined ? null : v * factor);
  const [e, l, h, p, b] = [times(estimate), times(low), times(high), times(planned), band * factor];
  const [from, to, step] = niceRange([e, l, h, p, 0, -b, b].map((v) => v));
  const x = (v: number) => 12 + ((width - 24) * (v - from)) / (to - from || 1);
  const base = height - 22;
  const name =
    (p ?? 0) > (from + to) / 2
      ? { x: x(p ?? 0) - 8, anchor: "end" as const }
      : { x: x(p ?? 0) + 8, anchor: "start" as const };
  return (
    <div ref={ref} className={styles.plot}>
      <svg width={width} height={height + (p === null ? 0 : 16)} role="img" aria-label={label}>
        {b > 0 && <rect x={x(-b)} width={x(b) - x(-b)} y={2} height={base - 2} className={styles.nothing} />}
        <line x1={x(0)} x2={x(0)} y1={0} y2={base} className={styles.zero} />
        <line x1={0} x2={width} y1={base} y2={base} className={styles.base} />
        {l !== null && h !== null && (
          <rect
            x={x(l)}
            width={Math.max(1, x(h) - x(l))}
            y={base / 2 - 5}
            height={10}
            className={proven ? styles.interval : styles.intervalOpen}
          />
        )}
        {e !== null && (
          <rect
            x={x(e) - 1.5}
            width={3}
            y={base / 2 - 9}
            height={18}
            className={proven ? styles.point : styles.pointOpen}
          />
        )}
        {gridLines(from, to, step).map((v) => (
          <text
            key={v}
            x={x(v)}
            y={base + 16}
            textAnchor={x(v) < 16 ? "start" : x(v) > width - 16 ? "end" : "middle"}
            className={styles.axis}
          >
            {axis(v)}
          </text>
        ))}
        {p !== null && (
          <g>
            <path d={`M${x(p)} ${base + 1}l-5 8h10z`} className={styles.planned} />
            <text x={name.x} y={height + 10} textAnchor={name.anchor} className={styles.note}>
              {plannedName}
            </text>
          </g>
        )}
      </svg>
    </div>
  );
}
