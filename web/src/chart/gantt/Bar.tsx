import { type KeyboardEvent, type PointerEvent, type ReactElement, useRef } from "react";
import { date } from "@/kit/format";
import { m } from "@/paraglide/messages";
import styles from "./gantt.module.css";
import { bar, barTop, type GanttItem, lastDay } from "./layout";
import { dayNumber, isoDay } from "./time";

/** How a stage looks: outline and fill tell it in print, the colour on the screen. */
export function stageLook(stage: string, hatch: string): Record<string, string | number> {
  switch (stage) {
    case "idea":
      return { fill: "var(--lo-surface)", stroke: "var(--lo-control)", strokeDasharray: "4 3" };
    case "case":
      return { fill: "var(--lo-surface)", stroke: "var(--lo-blue)" };
    case "mvp":
      return { fill: hatch, stroke: "var(--lo-blue)" };
    case "pilot":
      return { fill: "var(--lo-blue-tint)", stroke: "var(--lo-blue)", strokeWidth: 2 };
    case "scale":
      return { fill: "var(--lo-blue)", stroke: "var(--lo-blue)" };
    case "live":
      return { fill: "var(--lo-ok)", stroke: "var(--lo-ok)" };
    case "closed":
      return { fill: "var(--lo-series-5)", stroke: "var(--lo-series-5)" };
    default:
      return { fill: "none", stroke: "var(--lo-none)", strokeDasharray: "1.5 2.5" };
  }
}

interface Props {
  item: GanttItem;
  y: number;
  x: (day: number) => number;
  /** Days that the bar is held away from where it stands. */
  shift: number;
  /** Pixels of a day, for the mouse. */
  step: number;
  hatch: string;
  stage: string;
  onNudge: (months: number) => void;
  onDrag: (days: number, done: boolean) => void;
  onOpen: () => void;
  onNext: (step: number) => void;
}

/** The bar of one initiative, moved by mouse and keyboard. */
export function Bar(props: Props): ReactElement {
  const { item, y, x, shift, hatch } = props;
  const grip = useDrag(props);
  const [first, last] = [dayNumber(item.start) + shift, dayNumber(lastDay(item)) + shift];
  const [left, right] = [x(first), Math.max(x(last + 1), x(first) + 4)];
  const top = y + barTop;
  const live = item.goLive ? dayNumber(item.goLive) + shift : null;
  const words = m.roadmap_bar({
    title: item.title,
    stage: props.stage,
    from: date(isoDay(first)),
    to: date(isoDay(last)),
    more: item.more,
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button cannot stand in a drawing
    <g
      role="button"
      tabIndex={0}
      aria-label={words}
      data-bar={item.id}
      className={styles.bar}
      data-may={item.may || undefined}
      onKeyDown={(event) => keys(event, props)}
      {...grip}
    >
      <title>{words}</title>
      <rect x={left - 2} y={y + 2} width={right - left + 4} height={32} fill="transparent" />
      <rect
        className={styles.ring}
        x={left - 3}
        y={top - 3}
        width={right - left + 6}
        height={bar + 6}
        rx={5}
        fill="none"
      />
      <rect
        x={left}
        y={top}
        width={right - left}
        height={bar}
        rx={3}
        strokeWidth={1.5}
        {...stageLook(item.stage, hatch)}
      />
      {item.planned ? (
        <rect
          x={x(dayNumber(item.planned.start))}
          y={top + bar + 4}
          width={Math.max(3, x(dayNumber(item.planned.end) + 1) - x(dayNumber(item.planned.start)))}
          height={3}
          fill="var(--lo-ink-3)"
        />
      ) : null}
      {live !== null && live >= first && live <= last + 1 ? (
        <rect x={x(live) - 1.5} y={top - 3} width={3} height={bar + 6} fill="var(--lo-signal)" />
      ) : null}
      {item.milestones.map((mark) => {
        const at = x(dayNumber(mark.due) + (mark.done ? 0 : shift));
        const middle = top + bar / 2;
        return (
          <path
            key={mark.title + mark.due}
            d={`M${at} ${middle - 5}l5 5-5 5-5-5Z`}
            fill={mark.done ? "var(--lo-ink)" : "var(--lo-paper)"}
            stroke="var(--lo-ink)"
            strokeWidth={1.5}
          >
            <title>{`${mark.title}, ${date(mark.due)}`}</title>
          </path>
        );
      })}
      {shift !== 0 ? (
        <text x={left} y={top - 4} fontSize={12} fontWeight={600} fill="var(--lo-signal)">
          {date(isoDay(first))}
        </text>
      ) : null}
    </g>
  );
}

function keys(event: KeyboardEvent, { item, onNudge, onOpen, onNext }: Props): void {
  const months = event.shiftKey ? 3 : 1;
  const steps: Record<string, () => void> = {
    ArrowLeft: () => item.may && onNudge(-months),
    ArrowRight: () => item.may && onNudge(months),
    ArrowUp: () => onNext(-1),
    ArrowDown: () => onNext(1),
    Enter: onOpen,
    " ": onOpen,
  };
  const step = steps[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  step();
}

/** Dragging sideways moves; a click without moving opens. */
function useDrag({ item, step, onDrag, onOpen }: Props) {
  const from = useRef<{ x: number; days: number } | null>(null);
  const days = (event: PointerEvent): number => Math.round((event.clientX - (from.current?.x ?? 0)) / step);
  return {
    onPointerDown: (event: PointerEvent<SVGGElement>) => {
      if (event.button !== 0) return;
      from.current = { x: event.clientX, days: 0 };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<SVGGElement>) => {
      if (!from.current || !item.may) return;
      const now = days(event);
      if (now === from.current.days) return;
      from.current.days = now;
      onDrag(now, false);
    },
    onPointerUp: () => {
      const moved = from.current?.days;
      from.current = null;
      if (moved === 0) onOpen();
      else if (moved !== undefined) onDrag(moved, true);
    },
    onPointerCancel: () => {
      if (from.current) onDrag(0, false);
      from.current = null;
    },
  };
}
