import { type ReactElement, useCallback, useRef } from "react";
import { date } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useHatch } from "../Hatch";
import { useWidth } from "../useWidth";
import { Bar } from "./Bar";
import styles from "./gantt.module.css";
import {
  bar,
  barTop,
  cut,
  type GanttGroup,
  type GanttLink,
  groupRow,
  label,
  lastDay,
  rows,
  scale,
  wire,
} from "./layout";
import { dayNumber, quarters } from "./time";

interface Props {
  title: string;
  from: string;
  to: string;
  today: string;
  groups: readonly GanttGroup[];
  links: readonly GanttLink[];
  holidays: readonly { day: string; name: string }[];
  stageTitle: (stage: string) => string;
  /** The bar that is held away from its place, and by how many days. */
  shift: { id: string; days: number } | null;
  onNudge: (id: string, months: number) => void;
  onDrag: (id: string, days: number, done: boolean) => void;
  onOpen: (id: string) => void;
}

/** Bars of initiatives on a time line of quarters, with what they wait for. */
export function Gantt(props: Props): ReactElement {
  const { from, to, groups } = props;
  const { ref, width } = useWidth<HTMLDivElement>(1120);
  const { defs, fill } = useHatch();
  const drawing = useRef<SVGSVGElement>(null);
  const { heads, bars, height } = rows(groups);
  const x = scale(from, to, width);
  const step = (width - label) / (dayNumber(to) - dayNumber(from));
  const next = useCallback((id: string, by: number) => {
    const all = [...(drawing.current?.querySelectorAll<SVGGElement>("[data-bar]") ?? [])];
    all[all.findIndex((one) => one.dataset.bar === id) + by]?.focus();
  }, []);
  return (
    <div ref={ref} className={styles.frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing with bars that can be operated is no fieldset */}
      <svg
        ref={drawing}
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="group"
        aria-label={props.title}
        fontFamily="inherit"
        className={styles.drawing}
      >
        {defs}
        <Days {...props} x={x} height={height} width={width} />
        {heads.map((one) => (
          <g key={one.title}>
            <line x1={0} x2={width} y1={one.y + 0.5} y2={one.y + 0.5} stroke="var(--lo-line-strong)" />
            <text x={0} y={one.y + groupRow - 8} fontSize={12} fontWeight={600} fill="var(--lo-ink-2)">
              {one.title}
            </text>
          </g>
        ))}
        {bars.map(({ item, y }) => (
          <text key={item.id} x={0} y={y + barTop + bar - 2} fontSize={14} fill="var(--lo-ink)">
            <title>{item.title}</title>
            {cut(item.title, label - 16, 14)}
          </text>
        ))}
        <Wires {...props} x={x} />
        {bars.map(({ item, y }) => (
          <Bar
            key={item.id}
            item={item}
            y={y}
            x={x}
            step={step}
            hatch={fill}
            stage={props.stageTitle(item.stage)}
            shift={props.shift?.id === item.id ? props.shift.days : 0}
            onNudge={(months) => props.onNudge(item.id, months)}
            onDrag={(days, done) => props.onDrag(item.id, days, done)}
            onOpen={() => props.onOpen(item.id)}
            onNext={(by) => next(item.id, by)}
          />
        ))}
      </svg>
    </div>
  );
}

/** Years, quarters, holidays and today behind the bars. */
function Days({
  from,
  to,
  today,
  holidays,
  x,
  height,
  width,
}: Props & { x: (day: number) => number; height: number; width: number }): ReactElement {
  const all = quarters(from, to);
  const narrow = all.length > 0 && (width - label) / all.length < 44;
  const now = dayNumber(today);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of lines takes no focus
    <g aria-hidden="true">
      {holidays.map((one) => (
        <line
          key={one.day}
          x1={x(dayNumber(one.day) + 0.5)}
          x2={x(dayNumber(one.day) + 0.5)}
          y1={40}
          y2={height}
          stroke="var(--lo-line)"
        >
          <title>{`${one.name}, ${date(one.day)}`}</title>
        </line>
      ))}
      {all.map((q) => (
        <g key={`${q.year}-${q.n}`}>
          <line
            x1={x(q.from)}
            x2={x(q.from)}
            y1={q.n === 1 ? 2 : 24}
            y2={height}
            stroke={q.n === 1 ? "var(--lo-line-strong)" : "var(--lo-line)"}
          />
          {q.n === 1 || q === all[0] ? (
            <text x={x(q.from) + 4} y={14} fontSize={12} fontWeight={600} fill="var(--lo-ink-2)">
              {q.year}
            </text>
          ) : null}
          <text x={x(q.from) + 4} y={34} fontSize={12} fill="var(--lo-ink-3)">
            {narrow ? q.n : m.roadmap_quarter({ n: String(q.n) })}
          </text>
        </g>
      ))}
      {now >= dayNumber(from) && now < dayNumber(to) ? (
        <g>
          <line
            x1={x(now)}
            x2={x(now)}
            y1={18}
            y2={height}
            stroke="var(--lo-ink-2)"
            strokeWidth={1.5}
            strokeDasharray="5 3"
          />
          <text x={x(now) - 4} y={14} fontSize={12} textAnchor="end" fill="var(--lo-ink-2)">
            {m.roadmap_today()}
          </text>
        </g>
      ) : null}
    </g>
  );
}

/** The lines of the dependencies; a broken one is dashed, thick and red. */
function Wires({ links, groups, shift, x }: Props & { x: (day: number) => number }): ReactElement {
  const { bars } = rows(groups);
  const at = new Map(bars.map((one) => [one.item.id, one]));
  const held = (id: string): number => (shift?.id === id ? shift.days : 0);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of lines takes no focus
    <g aria-hidden="true">
      {links.map((link) => {
        const [later, first] = [at.get(link.from), at.get(link.to)];
        if (!later || !first) return null;
        const colour = link.broken ? "var(--lo-bad)" : "var(--lo-ink-3)";
        const y1 = first.y + barTop + bar / 2;
        const y2 = later.y + barTop + bar / 2;
        const x1 = x(dayNumber(lastDay(first.item)) + 1 + held(link.to));
        const x2 = x(dayNumber(later.item.start) + held(link.from));
        if (link.sort === "excludes") {
          const left = Math.min(x(dayNumber(first.item.start)), x2) - 8;
          return (
            <path
              key={link.id}
              d={`M${left + 6} ${y1}H${left}V${y2}H${left + 6}`}
              fill="none"
              stroke={colour}
              strokeWidth={1.5}
              strokeDasharray="1.5 2.5"
            />
          );
        }
        return (
          <g key={link.id}>
            <path
              d={wire(x1, y1, x2, y2)}
              fill="none"
              stroke={colour}
              strokeWidth={link.broken ? 2 : 1.25}
              strokeDasharray={link.broken ? "5 3" : undefined}
            />
            <path d={`M${x2} ${y2}l-5-3.5v7Z`} fill={colour} />
          </g>
        );
      })}
    </g>
  );
}
