import { type RefObject, useEffect } from "react";

/**
 * A step often takes away the very button that was pressed, or shuts it while it works. What stood around it takes the
 * focus then, or the button itself once it is open again, so that the keyboard goes on from there and nothing is read
 * out from the beginning.
 */
export function useKeptFocus(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let around: HTMLElement[] = [];
    let shut: HTMLElement | null = null; // held the focus and is disabled while it works
    const note = (event: FocusEvent): void => {
      around = [];
      shut = null;
      for (let el = event.target as HTMLElement | null; el; el = el.parentElement) around.push(el);
    };
    const leave = (): void =>
      queueMicrotask(() => {
        const [last] = around;
        if (last?.isConnected && !last.matches(":disabled") && last !== document.activeElement) around = [];
      });
    const keep = (): void => {
      const [last] = around;
      if (!last || last.isConnected || document.activeElement !== document.body) return;
      // Whoever knows better, such as a dialog that closes, has had its turn.
      const next = around.find((el) => el.isConnected && main.current?.contains(el)) ?? main.current;
      around = [];
      if (next) take(next);
    };
    const reopen = (): void => {
      if (!shut?.isConnected || document.activeElement !== document.body) return;
      shut.focus({ preventScroll: true });
      shut = null;
    };
    const changed = new MutationObserver(() => {
      const [last] = around;
      if (!last) return;
      if (!last.isConnected) requestAnimationFrame(keep);
      else if (last.matches(":disabled")) shut = last;
      else if (shut === last) requestAnimationFrame(reopen);
    });
    document.addEventListener("focusin", note);
    document.addEventListener("focusout", leave);
    changed.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
    return () => {
      document.removeEventListener("focusin", note);
      document.removeEventListener("focusout", leave);
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
