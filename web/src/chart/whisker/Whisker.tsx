import { type Change, unsecured, whiskerShape } from "./shape";

/** A change with its interval on the zero line; grey when the interval holds zero. The figures stand beside it. */
export function Whisker({ change, scale, width = 80 }: { change: Change; scale: number; width?: number }) {
  const s = whiskerShape(change, scale, width);
  const colour = unsecured(change) === false ? "var(--lo-ink)" : "var(--lo-ink-3)";
  return (
    <svg width={width} height={24} aria-hidden="true" style={{ display: "block" }}>
      <line x1={0} x2={width} y1={20.5} y2={20.5} stroke="var(--lo-line)" />
      <line x1={s.zero} x2={s.zero} y1={4} y2={20} stroke="var(--lo-ink-3)" />
      {s.low !== null && s.high !== null && (
        <g stroke={colour} strokeWidth={1.5}>
          <line x1={s.low} x2={s.high} y1={11} y2={11} />
          <line x1={s.low} x2={s.low} y1={8} y2={14} />
          <line x1={s.high} x2={s.high} y1={8} y2={14} />
        </g>
      )}
      <circle cx={s.dot} cy={11} r={4} fill={colour} />
    </svg>
  );
}
