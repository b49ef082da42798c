import { createContext, type ReactNode, useContext } from "react";
import { createPortal } from "react-dom";

const Slot = createContext<HTMLElement | null>(null);

/** The place in the head of the page for what a tab can do. */
export const TabActionsPlace = Slot.Provider;

/** What the open tab can do, shown in the head of the page: every tab has its actions at the same place. */
export function TabActions({ children }: { children: ReactNode }) {
  const slot = useContext(Slot);
  return slot ? createPortal(children, slot) : null;
}
