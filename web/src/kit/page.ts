import { useEffect, useSyncExternalStore } from "react";

// The name of the page that is shown: last crumb, window title and print header. A page sets it, the shell reads it.

let current = "";
const listeners = new Set<() => void>();

function publish(name: string): void {
  current = name;
  for (const listener of listeners) listener();
}

/** Names the page: `usePageName("Auftrag bis Zahlung")`. Pages whose crumb is fixed need not call it. */
export function usePageName(name: string | undefined): void {
  useEffect(() => {
    if (!name) return;
    publish(name);
    return () => publish("");
  }, [name]);
}

/** The name set by the page that is shown, empty when it set none. */
export function useCurrentPageName(): string {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
