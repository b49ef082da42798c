import { type RefObject, useEffect } from "react";

/**
 * A step often takes away the very button that was pressed. What stood around it takes the focus then, so that the
 * keyboard goes on from there and nothing is read out from the beginning.
 */
export function useKeptFocus(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let around: HTMLElement[] = [];
    const note = (event: FocusEvent): void => {
      around = [];
      for (let el = event.target as HTMLElement | null; el; el = el.parentElement) around.push(el);
    };
    const keep = (): void => {
      const [last] = around;
      if (!last || last.isConnected || document.activeElement !== document.body) return;
      // Whoever knows better, such as a dialog that closes, has had its turn.
      const next = around.find((el) => el.isConnected && main.current?.contains(el)) ?? main.current;
      around = [];
      if (next) take(next);
    };
    const changed = new MutationObserver(() => {
      if (around[0] && !around[0].isConnected) requestAnimationFrame(keep);
    });
    document.addEventListener("focusin", note);
    changed.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener("focusin", note);
      changed.disconnect();
    };
  }, [main]);
}

/** Focuses a part that the keyboard does not stop at otherwise. */
function take(part: HTMLElement): void {
  if (!part.hasAttribute("tabindex")) {
    part.setAttribute("tabindex", "-1");
    part.addEventListener("blur", () => part.removeAttribute("tabindex"), { once: true });
  }
  part.focus({ preventScroll: true });
}
