import type { ReactElement } from "react";
import { num } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useHatch } from "../Hatch";
import { useWidth } from "../useWidth";
import styles from "./gantt.module.css";
import { cut, label, scale } from "./layout";
import { dayNumber } from "./time";

export interface LoadRow {
  id: string;
  name: string;
  capacity: number | null;
  quarters: { from: string; to: string; likely: number; max: number; state: string }[];
}

const high = 60;
const plot = 30;

/** What each function is needed by quarter, under the same time line. What exceeds the capacity is hatched and said. */
export function LoadBars({
  title,
  from,
  to,
  rows,
}: {
  title: string;
  from: string;
  to: string;
  rows: readonly LoadRow[];
}): ReactElement {
  const { ref, width } = useWidth<HTMLDivElement>(1120);
  const { defs, fill } = useHatch();
  const x = scale(from, to, width);
  return (
    <div ref={ref} className={styles.frame}>
      <svg
        viewBox={`0 0 ${width} ${rows.length * high}`}
        width={width}
        height={rows.length * high}
        role="img"
        aria-label={title}
        fontFamily="inherit"
        className={styles.loads}
      >
        {defs}
        {rows.map((row, i) => {
          const top = Math.max(row.capacity ?? 0, ...row.quarters.map((q) => q.likely), 1e-9) * 1.05;
          const y = (v: number): number => i * high + 14 + plot - (v / top) * plot;
          return (
            <g key={row.id}>
              <line x1={0} x2={width} y1={i * high + 0.5} y2={i * high + 0.5} stroke="var(--lo-line)" />
              <text x={0} y={i * high + 26} fontSize={14} fill="var(--lo-ink)">
                {cut(row.name, label - 16, 14)}
              </text>
              <text x={0} y={i * high + 42} fontSize={12} fill="var(--lo-ink-3)">
                {row.capacity === null ? m.roadmap_no_capacity() : m.roadmap_capacity({ n: num(row.capacity, 0) })}
              </text>
              {row.quarters.map((q) => (
                <Cell key={q.from} q={q} x={x} y={y} hatch={fill} capacity={row.capacity} />
              ))}
              {row.capacity !== null ? (
                <line x1={label} x2={width} y1={y(row.capacity)} y2={y(row.capacity)} stroke="var(--lo-ink-2)" />
              ) : null}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

function Cell({
  q,
  x,
  y,
  hatch,
  capacity,
}: {
  q: LoadRow["quarters"][number];
  x: (day: number) => number;
  y: (value: number) => number;
  hatch: string;
  capacity: number | null;
}): ReactElement | null {
  if (q.likely <= 0) return null;
  const left = x(dayNumber(q.from)) + 2;
  const wide = Math.max(2, x(dayNumber(q.to)) - left - 2);
  const held = capacity === null ? q.likely : Math.min(q.likely, capacity);
  const over = q.state === "over";
  return (
    <g>
      <rect x={left} width={wide} y={y(held)} height={y(0) - y(held)} fill="var(--lo-series-5)" />
      {over ? (
        <>
          <rect x={left} width={wide} y={y(q.likely)} height={y(held) - y(q.likely)} fill="var(--lo-warn-fill)" />
          <rect x={left} width={wide} y={y(q.likely)} height={y(held) - y(q.likely)} fill={hatch} />
        </>
      ) : null}
      {wide > 30 ? (
        <text
          x={left}
          y={y(0) + 13}
          fontSize={12}
          fontWeight={over ? 600 : 400}
          fill={over ? "var(--lo-warn)" : "var(--lo-ink-2)"}
        >
          {over ? `▲ ${num(q.likely, 0)}` : q.state === "tight" ? `△ ${num(q.likely, 0)}` : num(q.likely, 0)}
        </text>
      ) : null}
    </g>
  );
}
