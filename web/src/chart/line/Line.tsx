import { useComputedColorScheme } from "@mantine/core";
import type { EChartsType } from "echarts/core";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { int } from "@/kit/format";
import { type Scheme, tokenValue } from "@/kit/theme/tokens";
import { m } from "@/paraglide/messages";
import type { Band } from "../band";
import { type Grain, periodName, type SeriesPoint } from "../series";
import { useWidth } from "../useWidth";
import styles from "./line.module.css";
import { type LineTheme, lineOption } from "./option";
import { lineShape, type SignedPoint, type StartMark } from "./shape";
import { lineWord } from "./words";

interface Props {
  points: SeriesPoint[];
  grain: Grain;
  /** Values of the same periods a year or a period before; drawn dashed in grey. */
  reference?: (number | null)[];
  referenceName?: string;
  /** Targets of the same periods; the first one has its good side tinted. */
  bands?: Band[];
  /** Signed values, drawn as hollow diamonds. */
  signed?: SignedPoint[];
  /** Where something went live. */
  starts?: readonly StartMark[];
  value: (v: number) => string;
  /** The number alone, in the unit of the axis. */
  axis: (v: number) => string;
  /** Turns a value into the unit of the axis. */
  factor?: number;
  picked: number | null;
  onPick: (index: number) => void;
  label: string;
  height?: number;
}

const none: readonly StartMark[] = [];

/** The line of a metric with its ribbon; a click or Enter picks the period whose rows are shown. */
export function Line({
  points,
  grain,
  reference,
  referenceName,
  bands,
  signed,
  starts = none,
  value,
  axis,
  factor = 1,
  picked,
  onPick,
  label,
  height = 320,
}: Props) {
  const { ref, width } = useWidth<HTMLDivElement>(720);
  const plot = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const [ready, setReady] = useState(false);
  const [at, setAt] = useState<number | null>(null);
  const scheme = useComputedColorScheme("light") as Scheme;
  const shape = useMemo(
    () => lineShape(points, grain, reference, factor, bands, signed),
    [points, grain, reference, factor, bands, signed],
  );
  const pick = useRef(onPick);
  pick.current = onPick;

  useEffect(() => {
    let gone = false;
    void import("./echarts").then(({ start }) => {
      if (gone || !plot.current) return;
      const made = start(plot.current);
      made.getZr().on("click", (event) => {
        const place = made.convertFromPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY]);
        const index = Math.round(place?.[0] ?? -1);
        if (index >= 0) pick.current(index);
      });
      chart.current = made;
      setReady(true);
    });
    return () => {
      gone = true;
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const made = chart.current;
    if (!ready || !made) return;
    made.resize({ width, height });
    const tooltip = (i: number) => {
      const p = points[i];
      if (!p) return "";
      const lines = [periodName(p.from, grain), p.value === null ? m.metric_chart_unknown() : value(p.value)];
      if (p.low !== null && p.high !== null)
        lines.push(m.metric_chart_interval({ low: axis(p.low * factor), high: axis(p.high * factor) }));
      if (p.n !== null) lines.push(`n = ${int(p.n)}`);
      const before = reference?.[i];
      if (before !== null && before !== undefined && referenceName) lines.push(`${referenceName}: ${value(before)}`);
      for (const band of bands ?? []) {
        const limit = band.limits[i];
        if (limit !== null && limit !== undefined) lines.push(`${lineWord(band.line)}: ${value(limit)}`);
      }
      for (const one of signed ?? []) if (one.at === i) lines.push(m.metric_chart_signed({ value: value(one.value) }));
      if (!p.complete)
        lines.push(points.slice(0, i).some((q) => q.complete) ? m.metric_chart_incomplete() : m.metric_chart_begun());
      return lines.join("\n");
    };
    made.setOption(
      lineOption(shape, theme(scheme), {
        value,
        axis,
        tooltip,
        picked: at ?? picked,
        signal: tokenValue("signal", scheme),
        starts,
        width,
        motion: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
      }),
      { notMerge: true },
    );
  }, [
    ready,
    shape,
    scheme,
    width,
    height,
    points,
    grain,
    reference,
    referenceName,
    bands,
    signed,
    starts,
    value,
    axis,
    factor,
    picked,
    at,
  ]);

  const onKey = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step) {
      event.preventDefault();
      const from = at ?? picked ?? shape.last;
      setAt(Math.max(0, Math.min(points.length - 1, from + step)));
    } else if (event.key === "Enter" && at !== null) {
      onPick(at);
      setAt(null);
    }
  };
  const spoken = at === null ? undefined : points[at];
  return (
    <div ref={ref} className={styles.wrap} style={{ height }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of a picture and its keys; the table view says the same */}
      <div
        ref={plot}
        className={styles.plot}
        style={{ width, height }}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows walk the periods
        tabIndex={0}
        aria-label={label}
        onKeyDown={onKey}
        onBlur={() => setAt(null)}
      />
      <p className="lo-sr" aria-live="polite">
        {spoken
          ? `${periodName(spoken.from, grain)}: ${spoken.value === null ? m.metric_chart_unknown() : value(spoken.value)}`
          : ""}
      </p>
    </div>
  );
}

function theme(scheme: Scheme): LineTheme {
  return {
    ink: tokenValue("ink", scheme),
    ink3: tokenValue("ink-3", scheme),
    line: tokenValue("line", scheme),
    lineStrong: tokenValue("line-strong", scheme),
    paper: tokenValue("paper", scheme),
    surface: tokenValue("surface", scheme),
    warn: tokenValue("warn", scheme),
    ok: tokenValue("ok", scheme),
    okTint: tokenValue("ok-tint", scheme),
    series: tokenValue("series-1", scheme),
    dark: scheme === "dark",
    hatch: { image: hatch(tokenValue("ink-3", scheme)), repeat: "repeat" },
  };
}

/** A seamless tile of the 45° hatch: 5 px apart, 1.2 px thick, ink-3 at 45 %. */
function hatch(colour: string): HTMLCanvasElement {
  const tile = document.createElement("canvas");
  const size = 7;
  tile.width = size;
  tile.height = size;
  const ctx = tile.getContext("2d");
  if (!ctx) return tile;
  ctx.strokeStyle = colour;
  ctx.globalAlpha = 0.45;
  ctx.lineWidth = 1.2;
  for (const shift of [-size, 0, size]) {
    ctx.beginPath();
    ctx.moveTo(shift - 1, size + 1);
    ctx.lineTo(shift + size + 1, -1);
    ctx.stroke();
  }
  return tile;
}
