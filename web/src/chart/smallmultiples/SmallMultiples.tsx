import type { Band } from "../band";
import { useHatch } from "../Hatch";
import { extent, lastComplete, type SeriesPoint } from "../series";
import { BandLines } from "../sparkline/Sparkline";
import { sparkShape } from "../sparkline/shape";
import { useWidth } from "../useWidth";
import styles from "./smallmultiples.module.css";

/** One value of a dimension with its points. */
export interface Panel {
  name: string;
  points: SeriesPoint[];
  /** Share of the last complete period's n, as text. */
  share: string;
  /** Last complete value: number and unit. */
  text: string;
  unit: string;
  /** Targets of the metric on the periods of the points. */
  bands?: Band[];
}

/** Sorts the values of a dimension by the n of their last complete period, largest first. */
export function byWeight(
  points: (SeriesPoint & { dim: string })[],
): { name: string; points: SeriesPoint[]; n: number }[] {
  const groups = new Map<string, SeriesPoint[]>();
  for (const p of points) groups.set(p.dim, [...(groups.get(p.dim) ?? []), p]);
  return [...groups]
    .map(([name, list]) => ({ name, points: list, n: list[lastComplete(list)]?.n ?? 0 }))
    .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
}

/** Fills periods a value has no rows in, so that all panels share one axis of time. */
export function align(panels: { name: string; points: SeriesPoint[] }[]): SeriesPoint[][] {
  const periods = new Map<string, SeriesPoint>();
  for (const p of panels) for (const point of p.points) if (!periods.has(point.from)) periods.set(point.from, point);
  const all = [...periods.values()].sort((a, b) => (a.from < b.from ? -1 : 1));
  return panels.map((panel) => {
    const own = new Map(panel.points.map((p) => [p.from, p]));
    return all.map((p) => own.get(p.from) ?? { ...p, value: null, low: null, high: null, n: null });
  });
}

/** Small lines on one axis; in each panel its own value in blue, the others in grey. */
export function SmallMultiples({ panels, onSelect }: { panels: Panel[]; onSelect?: (name: string) => void }) {
  const scale = extent(
    panels.flatMap((p) => [...p.points.map((x) => x.value), ...(p.bands ?? []).flatMap((b) => b.limits)]),
  );
  return (
    <div className={styles.grid}>
      {panels.map((panel, i) => (
        <div key={panel.name}>
          <div className={styles.head}>
            <span>
              {onSelect ? (
                <button type="button" className={`${styles.name} lo-print`} onClick={() => onSelect(panel.name)}>
                  {panel.name}
                </button>
              ) : (
                <strong>{panel.name}</strong>
              )}
              <small>{panel.share}</small>
            </span>
            <span className={styles.value}>
              {panel.text} <small>{panel.unit}</small>
            </span>
          </div>
          <PanelPlot own={i} panels={panels} scale={scale} label={`${panel.name}: ${panel.text} ${panel.unit}`} />
        </div>
      ))}
    </div>
  );
}

function PanelPlot({
  own,
  panels,
  scale,
  label,
}: {
  own: number;
  panels: Panel[];
  scale: [number, number];
  label: string;
}) {
  const { ref, width } = useWidth<HTMLDivElement>(180);
  const { defs, fill } = useHatch();
  const height = 84;
  const shape = sparkShape(panels[own]?.points ?? [], width, height, scale, panels[own]?.bands);
  return (
    <div ref={ref}>
      <svg width={width} height={height} role="img" aria-label={label} style={{ display: "block" }}>
        {defs}
        <BandLines bands={panels[own]?.bands ?? []} shapes={shape.bands} />
        {shape.hatch.map((h) => (
          <rect key={h.x} x={h.x} width={h.width} height={height} fill={fill} />
        ))}
        {panels.map((p, i) =>
          i === own ? null : (
            <path
              key={p.name}
              d={sparkShape(p.points, width, height, scale).line}
              fill="none"
              stroke="var(--lo-line-strong)"
              strokeWidth={1}
            />
          ),
        )}
        <path d={shape.line} fill="none" stroke="var(--lo-series-1)" strokeWidth={2} strokeLinejoin="round" />
        <path d={shape.running} fill="none" stroke="var(--lo-series-1)" strokeWidth={2} strokeDasharray="2 3" />
        <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--lo-line-strong)" />
      </svg>
    </div>
  );
}
