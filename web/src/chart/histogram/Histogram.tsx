import { durationText, durationUnit, int, num, unitWord } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useWidth } from "../useWidth";
import { type Bin, bars, position } from "./shape";

interface Props {
  bins: Bin[];
  /** Marked with a line when known. */
  median: number | null;
  height?: number;
  label: string;
}

const PER = { s: 1, min: 60, h: 3600, d: 86400 };

/** Durations as bars; axis in one unit, the median as a line. */
export function Histogram({ bins, median, height = 72, label }: Props) {
  const { ref, width } = useWidth<HTMLDivElement>(280);
  const drawn = bars(bins, width);
  const last = bins[bins.length - 1];
  const unit = durationUnit(last ? (last.to ?? last.from) : 0);
  const top = 18;
  const line = median === null ? null : position(median, bins, width);
  const every = Math.max(1, Math.ceil(bins.length / Math.max(2, Math.floor(width / 64))));
  const ends = bins.map((b) => b.from / PER[unit]);
  const decimals = ends.every((v) => Math.abs(v - Math.round(v)) < 0.02) ? 0 : 1;
  return (
    <div ref={ref}>
      <svg width={width} height={top + height + 20} role="img" aria-label={label} style={{ display: "block" }}>
        {drawn.map((b) => (
          <rect
            key={b.bin.from}
            x={b.x}
            y={top + height - b.share * height}
            width={b.width}
            height={b.share * height}
            fill="var(--lo-series-1)"
            fillOpacity={0.85}
          >
            <title>
              {m.process_histogram_bar({
                from: durationText(b.bin.from),
                to: durationText(b.bin.to),
                count: int(b.bin.count),
              })}
            </title>
          </rect>
        ))}
        <line x1={0} x2={width} y1={top + height + 0.5} y2={top + height + 0.5} stroke="var(--lo-line-strong)" />
        {line !== null && (
          <g>
            <line x1={line} x2={line} y1={4} y2={top + height} stroke="var(--lo-ink)" strokeWidth={2} />
            <text
              x={line > width - 90 ? line - 4 : line + 4}
              y={13}
              fontSize={12}
              textAnchor={line > width - 90 ? "end" : "start"}
              fill="var(--lo-ink)"
            >
              {m.process_histogram_median({ value: durationText(median) })}
            </text>
          </g>
        )}
        {drawn.map((b, i) =>
          i % every === 0 ? (
            <text
              key={b.bin.from}
              x={b.x}
              y={top + height + 15}
              fontSize={12}
              fill="var(--lo-ink-3)"
              textAnchor={i === 0 ? "start" : "middle"}
            >
              {num(b.bin.from / PER[unit], decimals)}
              {i + every >= drawn.length ? ` ${unitWord(unit)}` : ""}
            </text>
          ) : null,
        )}
      </svg>
    </div>
  );
}
