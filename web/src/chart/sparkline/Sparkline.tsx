import { useHatch } from "../Hatch";
import type { SeriesPoint } from "../series";
import { useWidth } from "../useWidth";
import { sparkShape } from "./shape";

interface Props {
  points: SeriesPoint[];
  height?: number;
  /** What the line shows, for screen readers; the figures stand beside it. */
  label: string;
  /** Fixed axis shared with others. */
  scale?: [number, number];
}

/** The trend of 24 complete months and the running one. */
export function Sparkline({ points, height = 60, label, scale }: Props) {
  const { ref, width } = useWidth<HTMLDivElement>(240);
  const { defs, fill } = useHatch();
  const shape = sparkShape(points, width, height, scale);
  return (
    <div ref={ref} style={{ height, minWidth: 0 }}>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={label}
        // On paper the tile is narrower than the screen on which it was measured.
        style={{ display: "block", maxWidth: "100%" }}
      >
        {defs}
        {shape.hatch.map((h) => (
          <rect key={h.x} x={h.x} y={0} width={h.width} height={height} fill={fill} />
        ))}
        <path
          d={shape.line}
          fill="none"
          stroke="var(--lo-series-1)"
          strokeWidth={1.75}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
        <path d={shape.running} fill="none" stroke="var(--lo-series-1)" strokeWidth={1.75} strokeDasharray="2 3" />
        {shape.dot && (
          <circle
            cx={shape.dot.x}
            cy={shape.dot.y}
            r={4}
            fill="var(--lo-series-1)"
            stroke="var(--lo-paper)"
            strokeWidth={1.5}
          />
        )}
      </svg>
    </div>
  );
}
