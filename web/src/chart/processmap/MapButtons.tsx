import type { KeyboardEvent } from "react";
import styles from "./processmap.module.css";
import type { PlacedNode, Rect } from "./schema";

/** What an activity's button does and says. */
export interface NodeButton {
  node: PlacedNode;
  label: string;
  pressed: boolean;
}

interface Props {
  /** In the order in which Tab walks them. */
  buttons: NodeButton[];
  box: Rect;
  zoom: number;
  onSelect: (name: string) => void;
  onHover: (name: string | null) => void;
  onFocus: (name: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLButtonElement>, name: string) => void;
  register: (name: string, element: HTMLButtonElement | null) => void;
}

/** Transparent buttons over the drawn nodes, so that keyboard and screen readers meet ordinary buttons. */
export function MapButtons({ buttons, box, zoom, onSelect, onHover, onFocus, onKeyDown, register }: Props) {
  return buttons.map(({ node, label, pressed }) => (
    <button
      key={node.id}
      ref={(el) => register(node.id, el)}
      type="button"
      className={styles.node}
      aria-label={label}
      aria-pressed={pressed}
      title={node.id}
      data-node={node.id}
      style={{
        left: (node.x - box.x) * zoom,
        top: (node.y - box.y) * zoom,
        width: node.width * zoom,
        height: node.height * zoom,
      }}
      onClick={() => onSelect(node.id)}
      onPointerEnter={() => onHover(node.id)}
      onPointerLeave={() => onHover(null)}
      onFocus={() => onFocus(node.id)}
      onKeyDown={(event) => onKeyDown(event, node.id)}
    />
  ));
}
