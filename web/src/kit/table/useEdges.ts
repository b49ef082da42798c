import { type RefObject, useEffect } from "react";

/**
 * Says at a box that scrolls sideways whether columns are hidden at its edges, as data-before and data-after, so that
 * the style sheet can show it.
 */
export function useEdges(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = (): void => {
      const hidden = element.scrollWidth - element.clientWidth;
      element.toggleAttribute("data-scrolls", hidden > 1);
      element.toggleAttribute("data-before", element.scrollLeft > 1);
      element.toggleAttribute("data-after", hidden - element.scrollLeft > 1);
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
    return () => {
      element.removeEventListener("scroll", look);
      sizes.disconnect();
    };
  }, [box]);
}
