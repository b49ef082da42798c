import type { KeyboardEvent, ReactElement, ReactNode } from "react";
import { useId, useRef } from "react";
import { int } from "./format";
import classes from "./Tabs.module.css";

export interface TabItem<V extends string> {
  value: V;
  label: string;
  count?: number | null;
}

/** Tabs over a signal line; the arrows move, the panel is the child. aside stands at the right end of the line. */
export function Tabs<V extends string>({
  label,
  value,
  tabs,
  onChange,
  aside,
  children,
}: {
  label: string;
  value: V;
  tabs: readonly TabItem<V>[];
  onChange: (value: V) => void;
  aside?: ReactNode;
  children: ReactNode;
}): ReactElement {
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const index = tabs.findIndex((tab) => tab.value === value);
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -index, End: tabs.length - 1 - index }[event.key];
    if (step === undefined) return;
    const next = (index + step + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (!tab) return;
    event.preventDefault();
    onChange(tab.value);
    bar.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  return (
    <>
      <div className={`${classes.row} lo-no-print`}>
        <div ref={bar} className={classes.tabs} role="tablist" aria-label={label} onKeyDown={move}>
          {tabs.map((tab) => (
            <button
              key={tab.value}
              type="button"
              role="tab"
              id={`${id}-${tab.value}`}
              aria-selected={tab.value === value}
              aria-controls={`${id}-panel`}
              tabIndex={tab.value === value ? 0 : -1}
              className={classes.tab}
              onClick={() => onChange(tab.value)}
            >
              {tab.label}
              {tab.count === undefined || tab.count === null ? null : (
                <span className={classes.count}>{int(tab.count)}</span>
              )}
            </button>
          ))}
        </div>
        {aside ? <div className={classes.aside}>{aside}</div> : null}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`}>
        {children}
      </div>
    </>
  );
}
