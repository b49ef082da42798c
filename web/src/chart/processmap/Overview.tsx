import type { PointerEvent } from "react";
import type { MapView } from "./ProcessMap";

/** The whole map in small; the frame is the visible part, a click moves there. Keyboards move the map itself. */
export function Overview({ view, onCentre }: { view: MapView; onCentre: (x: number, y: number) => void }) {
  const { box, layout } = view;
  const width = 104;
  const height = Math.min(180, Math.max(60, (width * box.height) / box.width));
  const scale = Math.min(width / box.width, height / box.height);
  const dx = (width - box.width * scale) / 2;
  const dy = (height - box.height * scale) / 2;
  const x = (v: number) => dx + (v - box.x) * scale;
  const y = (v: number) => dy + (v - box.y) * scale;
  const clip = {
    left: Math.max(0.5, x(view.window.x)),
    top: Math.max(0.5, y(view.window.y)),
    right: Math.min(width - 0.5, x(view.window.x + view.window.width)),
    bottom: Math.min(height - 0.5, y(view.window.y + view.window.height)),
  };
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    const at = event.currentTarget.getBoundingClientRect();
    onCentre(box.x + (event.clientX - at.left - dx) / scale, box.y + (event.clientY - at.top - dy) / scale);
  };
  return (
    <svg width={width} height={height} aria-hidden="true" onPointerDown={go} onPointerMove={go} cursor="move">
      <rect
        x={0.5}
        y={0.5}
        width={width - 1}
        height={height - 1}
        fill="var(--lo-paper)"
        stroke="var(--lo-line-strong)"
      />
      {layout.nodes.map((n) => (
        <rect
          key={n.id}
          x={x(n.x)}
          y={y(n.y)}
          width={n.width * scale}
          height={Math.max(2, n.height * scale)}
          fill="var(--lo-series-5)"
        />
      ))}
      <rect
        x={clip.left}
        y={clip.top}
        width={Math.max(4, clip.right - clip.left)}
        height={Math.max(4, clip.bottom - clip.top)}
        fill="none"
        stroke="var(--lo-signal)"
        strokeWidth={1.5}
      />
    </svg>
  );
}
