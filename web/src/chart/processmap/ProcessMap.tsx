import {
  type KeyboardEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import { durationShort, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { bounds } from "./bounds";
import { edgeWidth } from "./graph";
import { type Cursor, chosen, move } from "./keys";
import { placeLabels } from "./labels";
import { MapButtons } from "./MapButtons";
import { MapEdge } from "./MapEdge";
import { MapLabels } from "./MapLabels";
import { MapNode, MapRing } from "./MapNode";
import styles from "./processmap.module.css";
import { durationClass } from "./scale";
import {
  type Colouring,
  END,
  edgeId,
  type MapLayout,
  type Rect,
  type Selection,
  type Shown,
  type ShownEdge,
  START,
} from "./schema";
import { edgeSide, spine } from "./spine";
import { textWidth } from "./text";
import { useMapLayout } from "./useMapLayout";
import { fitZoom, LABEL_ZOOM, stepZoom } from "./zoom";

/** What the page beside the map needs to show: the overview and the zoom. */
export interface MapView {
  layout: MapLayout;
  box: Rect;
  /** Visible part in coordinates of the drawing. */
  window: Rect;
  zoom: number;
  /** Edges drawn without their label, since there was no free place or the zoom is small. */
  unlabelled: number;
}

/** What the page can make the map do. */
export interface MapHandle {
  zoom: (direction: 1 | -1) => void;
  fit: () => void;
  centre: (x: number, y: number) => void;
  svg: () => SVGSVGElement | null;
}

/** What a map of one of two periods says in place of counts and medians. */
export interface PeriodWords {
  edge: (edge: ShownEdge) => string;
  /** The longest text that the edge has in either period, so that both maps are placed alike. */
  widest: (edge: ShownEdge) => string;
  activity: (name: string) => string;
  /** Share of the cases, 0 to 1: the thickness of an edge and the bar of an activity. */
  edgeShare: (edge: ShownEdge) => number;
  activityShare: (name: string) => number;
}

interface Props {
  shown: Shown;
  cases: number;
  colouring: Colouring;
  limits: number[];
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onView?: (view: MapView) => void;
  title: string;
  handle?: Ref<MapHandle>;
  words?: PeriodWords;
}

/** Text of an edge: "4.253 · 8 Std.", at the rings only the count. */
export function edgeText(edge: ShownEdge): string {
  return edge.median_seconds === null ? int(edge.count) : `${int(edge.count)} · ${durationShort(edge.median_seconds)}`;
}

const labelWidth = (edge: ShownEdge) => textWidth(edgeText(edge), 12);

/** The directly-follows map of a process; scrolls in its frame, zooms by buttons and keys. */
export function ProcessMap(props: Props) {
  const { shown, cases, colouring, limits, selection, onSelect, onView, title, handle, words } = props;
  const written = words?.edge ?? edgeText;
  const { layout, failed, pending } = useMapLayout(shown, words ? (e) => textWidth(words.widest(e), 12) : labelWidth);
  const frame = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const nodes = useRef(new Map<string, HTMLButtonElement>());
  const [zoom, setZoom] = useState(1);
  const [hover, setHover] = useState<string | null>(null);
  const [cursor, setCursor] = useState<Cursor | null>(null);

  const labels = useMemo(() => {
    if (!layout) return [];
    const s = spine(shown);
    const wishes = layout.edges.map((e) => ({
      edge: e.id,
      text: written(e),
      width: textWidth(written(e), 12),
      height: 16,
      side: edgeSide(e, s) < 0 ? (-1 as const) : (1 as const),
    }));
    const rings = layout.nodes
      .filter((n) => n.id === START || n.id === END)
      .map((n) => ({ x: n.x + n.width, y: n.y, width: textWidth(ringText(n.id, cases), 12) + 12, height: n.height }));
    return placeLabels(wishes, layout.edges, [...layout.nodes, ...rings]);
  }, [layout, shown, cases, written]);
  const box = useMemo(() => (layout ? bounds(layout, labels) : { x: 0, y: 0, width: 1, height: 1 }), [layout, labels]);

  const visible = zoom >= LABEL_ZOOM ? labels.length : Math.ceil(labels.length / 3);
  const report = useCallback(() => {
    const el = frame.current;
    if (!el || !layout || !onView) return;
    onView({
      layout,
      box,
      zoom,
      unlabelled: layout.edges.length - visible,
      window: {
        x: box.x + el.scrollLeft / zoom,
        y: box.y + el.scrollTop / zoom,
        width: el.clientWidth / zoom,
        height: el.clientHeight / zoom,
      },
    });
  }, [layout, box, zoom, visible, onView]);
  useEffect(report, [report]);

  const fitFrame = useCallback(() => {
    const el = frame.current;
    if (el) setZoom(fitZoom(box, { width: el.clientWidth, height: window.innerHeight * 0.8 }));
  }, [box]);
  // A new drawing starts with the start ring in view.
  useEffect(() => {
    const el = frame.current;
    if (!el || !layout) return;
    fitFrame();
    const start = layout.nodes.find((n) => n.id === START);
    requestAnimationFrame(() => {
      if (!start) return;
      const now = fitZoom(box, { width: el.clientWidth, height: window.innerHeight * 0.8 });
      el.scrollTo({ left: (start.x + 16 - box.x) * now - el.clientWidth / 2, top: 0 });
    });
  }, [layout, box, fitFrame]);

  useImperativeHandle(handle, () => ({
    zoom: (direction) => setZoom((z) => stepZoom(z, direction)),
    fit: fitFrame,
    centre: (x, y) => {
      const el = frame.current;
      el?.scrollTo({ left: (x - box.x) * zoom - el.clientWidth / 2, top: (y - box.y) * zoom - el.clientHeight / 2 });
    },
    svg: () => svg.current,
  }));
  usePan(frame);
  useReveal(frame, layout, selection, box, zoom);

  if (failed) return <p className={styles.failed}>{m.process_map_failed()}</p>;
  if (!layout) return <div className={styles.skeleton} aria-busy="true" />;

  const selectedEdge = selection?.kind === "path" ? edgeId(selection.from, selection.to) : null;
  const lit = litParts(hover, layout);
  const most = Math.max(1, ...shown.activities.map((a) => a.count));
  const colour = (e: ShownEdge) => {
    const grade = colouring === "duration" ? durationClass(e.median_seconds, limits) : null;
    return grade ? `var(--lo-duration-${grade})` : "var(--lo-series-5)";
  };
  const select = (next: Selection) => onSelect(JSON.stringify(next) === JSON.stringify(selection) ? null : next);

  const onKey = (event: KeyboardEvent<HTMLButtonElement>, node: string) => {
    const here = cursor?.node === node ? cursor : { node, edge: null };
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      select(chosen(here, shown.edges));
      return;
    }
    if (event.key === "Escape") {
      onSelect(null);
      setCursor({ node, edge: null });
      return;
    }
    const next = move(event.key, here, shown.edges);
    if (!next) return;
    event.preventDefault();
    setCursor(next);
    if (next.node !== node) nodes.current.get(next.node)?.focus();
  };
  const onFrameKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+") setZoom((z) => stepZoom(z, 1));
    else if (event.key === "-") setZoom((z) => stepZoom(z, -1));
    else if (event.key === "0") fitFrame();
  };

  const drawn = shown.activities.flatMap((activity) => {
    const node = layout.nodes.find((n) => n.id === activity.name);
    const onPath = selection?.kind === "path" && (selection.from === activity.name || selection.to === activity.name);
    const selected = onPath || (selection?.kind === "activity" && selection.name === activity.name);
    return node ? [{ node, activity, selected }] : [];
  });
  const pointed = shown.edges.find((e) => e.id === cursor?.edge);
  const edges = [...layout.edges].sort(
    (a, b) => Number(a.id === selectedEdge) - Number(b.id === selectedEdge) || b.count - a.count,
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: + - 0 zoom wherever the focus is inside; there are buttons too
    <div
      className={styles.frame}
      ref={frame}
      onScroll={report}
      onKeyDown={onFrameKey}
      data-pending={pending || undefined}
      role="presentation"
      data-scroll=""
    >
      <div className={styles.sheet}>
        <svg
          ref={svg}
          className={styles.svg}
          width={box.width * zoom}
          height={box.height * zoom}
          viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
          role="img"
          aria-label={title}
          fontFamily="Inter Variable, Inter, sans-serif"
        >
          {edges.map((e) => (
            <MapEdge
              key={e.id}
              edge={words ? { ...e, width: edgeWidth(words.edgeShare(e), 1) } : e}
              colour={colour(e)}
              selected={e.id === selectedEdge}
              pointed={e.id === cursor?.edge}
              dimmed={lit !== null && !lit.has(e.id)}
              onSelect={
                e.from === START || e.to === END ? undefined : () => select({ kind: "path", from: e.from, to: e.to })
              }
              onHover={setHover}
            />
          ))}
          <MapLabels
            labels={labels}
            edges={layout.edges}
            selected={selectedEdge}
            visible={visible}
            dimmed={(id) => lit !== null && !lit.has(id)}
            text={written}
          />
          {drawn.map(({ node, activity, selected }) => (
            <MapNode
              key={node.id}
              node={node}
              count={words ? words.activity(activity.name) : int(activity.count)}
              share={words ? words.activityShare(activity.name) : activity.count / most}
              selected={selected}
              dimmed={lit !== null && !lit.has(node.id)}
            />
          ))}
          {layout.nodes
            .filter((n) => n.id === START || n.id === END)
            .map((n) => (
              <MapRing key={n.id} node={n} label={ringText(n.id, cases)} dimmed={lit !== null && !lit.has(n.id)} />
            ))}
        </svg>
        <MapButtons
          buttons={drawn.map(({ node, activity: a, selected }) => ({
            node,
            label: words
              ? `${a.name}: ${words.activity(a.name)}`
              : m.process_map_node({ name: a.name, count: int(a.count), cases: int(a.cases) }),
            pressed: selected,
          }))}
          box={box}
          zoom={zoom}
          onSelect={(name) => select({ kind: "activity", name })}
          onHover={setHover}
          onFocus={(name) => cursor?.node !== name && setCursor({ node: name, edge: null })}
          onKeyDown={onKey}
          register={(name, el) => void (el ? nodes.current.set(name, el) : nodes.current.delete(name))}
        />
      </div>
      <p className="lo-sr" aria-live="polite">
        {pointed ? m.process_map_pointed({ from: pointed.from, to: pointed.to, text: written(pointed) }) : ""}
      </p>
    </div>
  );
}

function ringText(id: string, cases: number): string {
  return id === START ? m.process_map_start({ count: int(cases) }) : m.process_map_end({ count: int(cases) });
}

/** What stays bright while the pointer is over a node or an edge; null when nothing is hovered. */
function litParts(hover: string | null, layout: MapLayout): Set<string> | null {
  if (hover === null) return null;
  const lit = new Set([hover]);
  for (const e of layout.edges) {
    if (e.id === hover || e.from === hover || e.to === hover) for (const part of [e.id, e.from, e.to]) lit.add(part);
  }
  return lit;
}

/** Scrolls to what is selected when it is not in view, as after the panel has taken part of the width. */
function useReveal(
  frame: React.RefObject<HTMLDivElement | null>,
  layout: MapLayout | null,
  selection: Selection,
  box: Rect,
  zoom: number,
) {
  const names = selection?.kind === "path" ? `${selection.from}\u0001${selection.to}` : selection ? selection.name : "";
  useEffect(() => {
    const el = frame.current;
    if (!el || !layout || !names) return;
    const request = requestAnimationFrame(() => {
      const chosen = layout.nodes.filter((n) => names.split("\u0001").includes(n.id));
      if (chosen.length === 0) return;
      const left = (Math.min(...chosen.map((n) => n.x)) - box.x) * zoom;
      const right = (Math.max(...chosen.map((n) => n.x + n.width)) - box.x) * zoom;
      if (left < el.scrollLeft || right > el.scrollLeft + el.clientWidth)
        el.scrollTo({ left: (left + right - el.clientWidth) / 2, top: el.scrollTop });
    });
    return () => cancelAnimationFrame(request);
  }, [frame, layout, names, box, zoom]);
}

/** Dragging the ground moves the map; a drag under four pixels stays a click. */
function usePan(frame: React.RefObject<HTMLDivElement | null>) {
  useEffect(() => {
    const el = frame.current;
    if (!el) return;
    let from: { x: number; y: number; left: number; top: number } | null = null;
    const down = (e: PointerEvent) => {
      if (e.pointerType === "touch" || e.button !== 0) return;
      if ((e.target as Element).closest("button, [data-hit]")) return;
      from = { x: e.clientX, y: e.clientY, left: el.scrollLeft, top: el.scrollTop };
    };
    const over = (e: PointerEvent) => {
      if (from) el.scrollTo(from.left - e.clientX + from.x, from.top - e.clientY + from.y);
    };
    const up = () => {
      from = null;
    };
    el.addEventListener("pointerdown", down);
    window.addEventListener("pointermove", over);
    window.addEventListener("pointerup", up);
    return () => {
      el.removeEventListener("pointerdown", down);
      window.removeEventListener("pointermove", over);
      window.removeEventListener("pointerup", up);
    };
  });
}
