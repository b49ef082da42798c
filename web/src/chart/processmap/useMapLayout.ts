import { useEffect, useMemo, useState } from "react";
import { layoutMap } from "./layout";
import type { MapLayout, Shown, ShownEdge } from "./schema";

/** Drawings of this visit: who comes back to a map or from its table finds it drawn. */
const known = new Map<string, MapLayout>();
const mostKnown = 20;

function remember(key: string, layout: MapLayout) {
  known.delete(key);
  known.set(key, layout);
  const oldest = known.keys().next();
  if (known.size > mostKnown && !oldest.done) known.delete(oldest.value);
}

/** The layout of what is shown, computed in a worker; the last one stays until the next is there. */
export function useMapLayout(shown: Shown, labelWidth: (edge: ShownEdge) => number) {
  const key = useMemo(
    () =>
      [
        ...shown.activities.map((a) => a.name),
        ...shown.edges.map((e) => `${e.id}\u0002${e.count}\u0002${labelWidth(e)}`),
      ].join("\u0003"),
    [shown, labelWidth],
  );
  const [state, setState] = useState<{ key: string; layout: MapLayout | null; failed: boolean }>(() => ({
    key: known.has(key) ? key : "",
    layout: known.get(key) ?? null,
    failed: false,
  }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for shown and for the widths of its labels
  useEffect(() => {
    const before = known.get(key);
    if (before) {
      setState({ key, layout: before, failed: false });
      return;
    }
    let current = true;
    layoutMap(shown, labelWidth)
      .then((layout) => {
        remember(key, layout);
        if (current) setState({ key, layout, failed: false });
      })
      .catch(() => current && setState({ key, layout: null, failed: true }));
    return () => {
      current = false;
    };
  }, [key]);
  return { layout: state.layout, failed: state.failed, pending: state.key !== key };
}
