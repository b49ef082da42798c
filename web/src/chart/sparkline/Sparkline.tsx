import { type Band, dashes } from "../band";
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
  /** Targets of the same periods; the first one has its good side tinted. */
  bands?: Band[];
}

/** The trend of 24 complete months and the running one. */
export function Sparkline({ points, height = 60, label, scale, bands = [] }: Props) {
  const { ref, width } = useWidth<HTMLDivElement>(240);
  const { defs, fill } = useHatch();
  const shape = sparkShape(points, width, height, scale, bands);
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
        <BandLines bands={bands} shapes={shape.bands} />
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

/** Targets behind a small line. */
export function BandLines({ bands, shapes }: { bands: Band[]; shapes: { area: string; line: string }[] }) {
  return (
    <>
      {shapes.map((shape, i) => (
        <g key={bands[i]?.name ?? i}>
          {i === 0 && <path d={shape.area} fill="var(--lo-ok-tint)" />}
          <path
            d={shape.line}
            fill="none"
            stroke="var(--lo-ok)"
            strokeWidth={1}
            strokeDasharray={dashes[bands[i]?.line ?? "plan"]?.join(" ")}
          />
        </g>
      ))}
    </>
  );
}
