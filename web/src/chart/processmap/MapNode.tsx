import { END, type PlacedNode, START } from "./schema";

interface Props {
  node: PlacedNode;
  count: string;
  /** Share of the most frequent activity, 0 to 1, drawn as the bar at the foot. */
  share: number;
  selected: boolean;
  dimmed: boolean;
}

/** One activity: name, count and a bar for its share. It is operated by the button above it. */
export function MapNode(props: Props) {
  const { node, selected } = props;
  const foot = node.height - 7;
  const bar = node.width - 20;
  return (
    <g opacity={props.dimmed ? 0.35 : 1} transform={`translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`}>
      <rect
        width={node.width}
        height={node.height}
        rx={4}
        fill="var(--lo-surface)"
        stroke={selected ? "var(--lo-signal)" : "var(--lo-control)"}
        strokeWidth={selected ? 2 : 1}
      />
      {node.lines.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one name
        <text key={i} x={10} y={17 + 16 * i} fontSize={13} fontWeight={600} fill="var(--lo-ink)">
          {line}
        </text>
      ))}
      <text x={10} y={node.height - 12} fontSize={12} fill="var(--lo-ink-2)">
        {props.count}
      </text>
      <rect x={10} y={foot} width={bar} height={2} fill="var(--lo-line)" />
      <rect x={10} y={foot} width={Math.max(1, bar * props.share)} height={2} fill="var(--lo-blue)" />
    </g>
  );
}

/** Start ring with a triangle, end ring with a square, both with their count beside them. */
export function MapRing({ node, label, dimmed }: { node: PlacedNode; label: string; dimmed: boolean }) {
  const r = node.width / 2;
  const [cx, cy] = [node.x + r, node.y + r];
  return (
    <g opacity={dimmed ? 0.35 : 1}>
      <circle cx={cx} cy={cy} r={r - 2} fill="var(--lo-surface)" stroke="var(--lo-ink-2)" strokeWidth={1.75} />
      {node.id === START && (
        <polygon points={`${cx - 4},${cy - 5.5} ${cx - 4},${cy + 5.5} ${cx + 6},${cy}`} fill="var(--lo-ink-2)" />
      )}
      {node.id === END && <rect x={cx - 4.5} y={cy - 4.5} width={9} height={9} fill="var(--lo-ink-2)" />}
      <text x={node.x + node.width + 10} y={cy + 4} fontSize={12} fill="var(--lo-ink-2)">
        {label}
      </text>
    </g>
  );
}
