import { useEffect, useMemo, useState } from "react";
import { layoutMap } from "./layout";
import type { MapLayout, Shown, ShownEdge } from "./schema";

/** The layout of what is shown, computed in a worker; the last one stays until the next is there. */
export function useMapLayout(shown: Shown, labelWidth: (edge: ShownEdge) => number) {
  const key = useMemo(
    () => [...shown.activities.map((a) => a.name), ...shown.edges.map((e) => `${e.id}\u0002${e.count}`)].join("\u0003"),
    [shown],
  );
  const [state, setState] = useState<{ key: string; layout: MapLayout | null; failed: boolean }>({
    key: "",
    layout: null,
    failed: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for shown; label widths follow from it
  useEffect(() => {
    let current = true;
    layoutMap(shown, labelWidth)
      .then((layout) => current && setState({ key, layout, failed: false }))
      .catch(() => current && setState({ key, layout: null, failed: true }));
    return () => {
      current = false;
    };
  }, [key]);
  return { layout: state.layout, failed: state.failed, pending: state.key !== key };
}
