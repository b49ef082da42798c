import { type Band, dashes } from "../band";
import type { LineShape, StartMark } from "./shape";
import { labelStep } from "./shape";

/** Colours of the current scheme, read from the CSS variables. */
export interface LineTheme {
  ink: string;
  ink3: string;
  line: string;
  lineStrong: string;
  paper: string;
  surface: string;
  warn: string;
  ok: string;
  okTint: string;
  series: string;
  dark: boolean;
  hatch: unknown;
}

export interface LineTexts {
  value: (v: number) => string;
  axis: (v: number) => string;
  tooltip: (index: number) => string;
  picked: number | null;
  signal: string;
  /** Where something went live. */
  starts: readonly StartMark[];
  width: number;
  motion: boolean;
}

/** The ECharts option of the line with ribbon, dashed reference and hatched incomplete periods. */
export function lineOption(shape: LineShape, theme: LineTheme, texts: LineTexts): Record<string, unknown> {
  const font = { fontFamily: "Inter Variable", fontSize: 12, color: theme.ink3 };
  const every = labelStep(shape.labels.length, texts.width);
  const base = { type: "line", symbol: "none", animation: true, emphasis: { disabled: true }, silent: true };
  const areas = shape.incomplete.map((i) => [{ xAxis: i - 0.5 }, { xAxis: i + 0.5 }]);
  return {
    animationDuration: 0,
    animationDurationUpdate: texts.motion ? 200 : 0,
    textStyle: font,
    grid: {
      left: 8,
      right: 16,
      top: 16 + 16 * Math.min(texts.starts.length, ROWS),
      bottom: 8,
      outerBoundsMode: "same",
      outerBoundsContain: "axisLabel",
    },
    tooltip: {
      trigger: "axis",
      renderMode: "richText",
      backgroundColor: theme.surface,
      borderColor: theme.lineStrong,
      borderWidth: 1,
      padding: [8, 12],
      textStyle: { ...font, color: theme.ink },
      axisPointer: { type: "line", lineStyle: { color: theme.lineStrong, type: "solid" } },
      formatter: (p: { dataIndex: number }[] | { dataIndex: number }) =>
        texts.tooltip((Array.isArray(p) ? p[0] : p)?.dataIndex ?? 0),
    },
    xAxis: {
      type: "value",
      min: -0.5,
      max: shape.labels.length - 0.5,
      // Ticks start at the border, so half steps meet the whole numbers.
      interval: 0.5,
      show: true,
      axisLine: { lineStyle: { color: theme.lineStrong }, onZero: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...font,
        margin: 10,
        lineHeight: 17,
        rich: { year: { ...font, fontWeight: 600, color: theme.ink, lineHeight: 17 } },
        formatter: (v: number) => axisText(shape, v, every),
      },
    },
    yAxis: {
      type: "value",
      min: shape.min,
      max: shape.max,
      interval: shape.step,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: theme.line } },
      axisLabel: { ...font, formatter: (v: number) => texts.axis(v) },
    },
    series: [
      ...shape.bands.flatMap((band, i) => bandSeries(band, i === 0, theme, font)),
      ...texts.starts.map((start, i) => startSeries(start, i, shape, texts, font)),
      {
        ...base,
        data: pairs(shape.low),
        stack: "ribbon",
        lineStyle: { opacity: 0 },
        areaStyle: { opacity: 0 },
        stackStrategy: "all",
      },
      {
        ...base,
        data: pairs(shape.band),
        stack: "ribbon",
        stackStrategy: "all",
        lineStyle: { opacity: 0 },
        areaStyle: { color: theme.series, opacity: theme.dark ? 0.22 : 0.16 },
      },
      { ...base, data: pairs(shape.reference), lineStyle: { color: theme.ink3, width: 1.25, type: [4, 4] } },
      { ...base, data: pairs(shape.dashed), lineStyle: { color: theme.series, width: 2, type: [2, 3] } },
      {
        ...base,
        data: pairs(shape.solid),
        lineStyle: { color: theme.series, width: 2, join: "round" },
        markArea: { silent: true, itemStyle: { color: theme.hatch }, data: areas },
      },
      {
        ...base,
        data: pairs(shape.solid).filter(([i], k, all) => alone(all, k) && i !== shape.last),
        symbol: "circle",
        symbolSize: 5,
        lineStyle: { opacity: 0 },
        itemStyle: { color: theme.series },
      },
      {
        ...base,
        data: shape.last < 0 ? [] : [[shape.last, shape.solid[shape.last]]],
        symbol: "circle",
        symbolSize: 9,
        itemStyle: { color: theme.series, borderColor: theme.paper, borderWidth: 1.5 },
      },
      {
        ...base,
        data: shape.signed.map((s) => [s.at, s.value]),
        symbol: "diamond",
        symbolSize: 11,
        z: 5,
        lineStyle: { opacity: 0 },
        itemStyle: { color: theme.paper, borderColor: theme.warn, borderWidth: 1.75 },
      },
      {
        ...base,
        data: texts.picked === null ? [] : [[texts.picked, shape.solid[texts.picked] ?? shape.dashed[texts.picked]]],
        symbol: "rect",
        symbolSize: 9,
        itemStyle: { color: texts.signal, borderColor: theme.paper, borderWidth: 1.5 },
      },
    ],
  };
}

/** How many labels of starts stand above one another. */
const ROWS = 3;

/** A start: a vertical line in signal with its label above the plot, on the side where there is room. */
function startSeries(start: StartMark, i: number, shape: LineShape, texts: LineTexts, font: object) {
  const right = start.at < shape.labels.length / 2;
  return {
    type: "line",
    silent: true,
    emphasis: { disabled: true },
    z: 4,
    data: [
      { value: [start.at, shape.min], symbol: "none" },
      {
        value: [start.at, shape.max],
        symbol: "rect",
        symbolSize: 1,
        itemStyle: { color: texts.signal },
        label: {
          show: true,
          formatter: start.label,
          position: right ? "right" : "left",
          offset: [right ? 4 : -4, -9 - 16 * (i % ROWS)],
          width: Math.max(80, texts.width / 2 - 24),
          overflow: "truncate",
          ...font,
          fontWeight: 600,
          color: texts.signal,
        },
      },
    ],
    lineStyle: { color: texts.signal, width: 1.75 },
  };
}

/** A target: its limit as a thin line in steps of one period, its good side tinted, its name on that side. */
function bandSeries(band: Band, tinted: boolean, theme: LineTheme, font: object): Record<string, unknown>[] {
  const data = band.limits.flatMap((v, i): [number, number | null][] => [
    [i - 0.5, v],
    [i + 0.5, v],
  ]);
  const first = band.limits.findIndex((v) => v !== null);
  const quiet = { type: "line", animation: true, emphasis: { disabled: true }, silent: true };
  return [
    {
      ...quiet,
      symbol: "none",
      data,
      z: 1,
      lineStyle: { color: theme.ok, width: 1, type: dashes[band.line] ?? "solid" },
      areaStyle:
        tinted && band.direction !== ""
          ? { color: theme.okTint, opacity: 1, origin: band.direction === "up" ? "end" : "start" }
          : undefined,
    },
    {
      ...quiet,
      data: [[first - 0.5, band.limits[first]]],
      z: 4,
      symbol: "circle",
      symbolSize: 1,
      itemStyle: { color: theme.ok },
      label: {
        show: true,
        formatter: band.name,
        position: "right",
        offset: [4, band.direction === "up" ? -9 : 11],
        ...font,
        fontWeight: 600,
        color: theme.ok,
      },
    },
  ];
}

/** Name of every few periods, and below it the year where the axis enters it. */
export function axisText(shape: LineShape, v: number, every: number): string {
  const label = shape.labels[v];
  if (!label || !Number.isInteger(v)) return "";
  const turn = shape.labels.findIndex((l, i) => i > 0 && l.year !== "");
  const offset = turn < 0 ? 0 : turn % every;
  if (v % every !== offset) return "";
  const since = shape.labels
    .slice(Math.max(0, v - every + 1), v + 1)
    .reverse()
    .find((l) => l.year !== "");
  const first = v - every < 0 ? shape.labels[0]?.year : undefined;
  const year = since?.year || (first && v === offset ? first : "");
  return year ? `${label.name}\n{year|${year}}` : label.name;
}

function pairs(values: (number | null)[]): [number, number | null][] {
  return values.map((v, i) => [i, v]);
}

/** A known value between two unknown ones has no line; it is drawn as a small dot. */
function alone(all: [number, number | null][], k: number): boolean {
  return all[k]?.[1] !== null && (all[k - 1]?.[1] ?? null) === null && (all[k + 1]?.[1] ?? null) === null;
}
