import { along, pathData, trimEnd } from "./geometry";
import type { PlacedEdge } from "./schema";

interface Props {
  edge: PlacedEdge;
  colour: string;
  selected: boolean;
  pointed: boolean;
  dimmed: boolean;
  onSelect?: () => void;
  onHover: (id: string | null) => void;
}

/** One edge with its arrow head; the selected one carries a halo in signal. */
export function MapEdge({ edge, colour, selected, pointed, dimmed, onSelect, onHover }: Props) {
  const head = arrowHead(edge);
  const line = pathData(trimEnd(edge.points, head.length));
  const stroke = { fill: "none", strokeLinejoin: "round" as const, strokeLinecap: "butt" as const };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard reaches edges from their nodes, the table lists them
    <g
      opacity={dimmed ? 0.35 : 1}
      onClick={onSelect}
      onPointerEnter={() => onHover(edge.id)}
      onPointerLeave={() => onHover(null)}
      cursor={onSelect ? "pointer" : undefined}
    >
      {(selected || pointed) && (
        <>
          <path d={line} {...stroke} stroke="var(--lo-signal)" strokeWidth={edge.width + 6} />
          <polygon
            points={head.points}
            fill="var(--lo-signal)"
            stroke="var(--lo-signal)"
            strokeWidth={6}
            strokeLinejoin="round"
          />
        </>
      )}
      <path d={line} {...stroke} stroke={colour} strokeWidth={edge.width} />
      <polygon points={head.points} fill={colour} />
      {onSelect && (
        <path d={line} {...stroke} stroke="transparent" strokeWidth={Math.max(16, edge.width + 8)} data-hit="" />
      )}
    </g>
  );
}

/** The triangle at the end of an edge; it grows with the edge. */
function arrowHead(edge: PlacedEdge): { points: string; length: number } {
  const length = 6 + edge.width * 0.35;
  const half = 3.5 + edge.width * 0.75;
  const tip = edge.points[edge.points.length - 1] ?? { x: 0, y: 0 };
  const { dir } = along(edge.points, 1);
  const base = { x: tip.x - dir.x * length, y: tip.y - dir.y * length };
  const corner = (sign: number) =>
    `${(base.x - dir.y * half * sign).toFixed(1)},${(base.y + dir.x * half * sign).toFixed(1)}`;
  return { points: `${tip.x.toFixed(1)},${tip.y.toFixed(1)} ${corner(1)} ${corner(-1)}`, length };
}
