import { onEdge, type PlacedLabel } from "./labels";
import type { PlacedEdge } from "./schema";
import { textWidth } from "./text";

interface Props {
  /** Placed labels, most frequent first. */
  labels: PlacedLabel[];
  edges: PlacedEdge[];
  selected: string | null;
  /** How many of the labels are drawn. */
  visible: number;
  dimmed: (id: string) => boolean;
  text: (edge: PlacedEdge) => string;
}

/** Labels beside their edges; that of the selected edge sits on it as a filled pill. */
export function MapLabels({ labels, edges, selected, visible, dimmed, text }: Props) {
  const edge = edges.find((e) => e.id === selected);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: text in SVG takes no focus; nodes and table say the same
    <g aria-hidden="true" pointerEvents="none">
      {labels.slice(0, visible).map((l) =>
        l.edge === selected ? null : (
          <text
            key={l.edge}
            x={l.x + l.width / 2}
            y={l.y + 12}
            fontSize={12}
            textAnchor="middle"
            fill="var(--lo-ink)"
            opacity={dimmed(l.edge) ? 0.35 : 1}
          >
            {l.text}
          </text>
        ),
      )}
      {edge && <Pill edge={edge} text={text(edge)} near={labels.find((l) => l.edge === selected)} />}
    </g>
  );
}

function Pill({ edge, text, near }: { edge: PlacedEdge; text: string; near?: PlacedLabel }) {
  const at = onEdge(edge.points, near);
  const width = textWidth(text, 12) + 14;
  return (
    <g>
      <rect x={at.x - width / 2} y={at.y - 11} width={width} height={22} rx={4} fill="var(--lo-signal)" />
      <text x={at.x} y={at.y + 4} fontSize={12} fontWeight={600} textAnchor="middle" fill="var(--lo-on-signal)">
        {text}
      </text>
    </g>
  );
}
