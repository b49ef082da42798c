import { useLayoutEffect, useRef, useState } from "react";

/** What an element offers its content, in pixels. */
function inner(el: HTMLElement): number {
  const style = getComputedStyle(el);
  return Math.round(
    el.clientWidth - (Number.parseFloat(style.paddingLeft) || 0) - (Number.parseFloat(style.paddingRight) || 0),
  );
}

/**
 * Width of an element in pixels, followed as it changes. It is measured before anything is painted, so that no drawing
 * stands beyond the edge of a phone for a moment; the fallback is for where nothing can be measured.
 */
export function useWidth<T extends HTMLElement>(fallback: number) {
  const ref = useRef<T>(null);
  const [width, setWidth] = useState(fallback);
  useLayoutEffect(() => {
    const el = ref.current;
    if (!el || typeof ResizeObserver === "undefined") return;
    const first = inner(el);
    if (first > 0) setWidth(first);
    const observer = new ResizeObserver(([entry]) => {
      const next = Math.round(entry?.contentRect.width ?? 0);
      if (next > 0) setWidth(next);
    });
    observer.observe(el);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
