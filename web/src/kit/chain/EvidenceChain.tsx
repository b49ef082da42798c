import { Popover } from "@mantine/core";
import { type KeyboardEvent, type ReactElement, useId, useRef, useState } from "react";
import { m } from "@/paraglide/messages";
import { AppLink } from "../AppLink";
import classes from "./EvidenceChain.module.css";
import { type ChainLink, chainCaption, chainName, ordered, type Step, stateWord, stepName } from "./links";

/**
 * The evidence chain collapsed: one button with a bar per link and the one thing that matters. It unfolds in place.
 * dense is the form for tables: bars only.
 */
export function EvidenceChain({
  links,
  here,
  dense = false,
  caption,
}: {
  links: readonly ChainLink[];
  here?: Step;
  dense?: boolean;
  caption?: string;
}): ReactElement | null {
  const [open, setOpen] = useState(false);
  const id = useId();
  if (links.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc folds the chain whose parts hold the focus
    <div
      className={classes.chain}
      onKeyDown={(event) => {
        if (event.key === "Escape" && open) {
          event.stopPropagation();
          setOpen(false);
        }
      }}
    >
      <button
        type="button"
        className={`${classes.button} lo-print`}
        data-dense={dense || undefined}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={dense ? chainName(links) : `${caption ?? chainCaption(links)}, ${chainName(links)}`}
        onClick={(event) => {
          event.stopPropagation();
          setOpen(!open);
        }}
      >
        <ChainBars links={links} dense={dense} />
        {dense ? null : <span className={classes.caption}>{caption ?? chainCaption(links)}</span>}
      </button>
      {open ? (
        <div id={id}>
          <ExpandedChain links={links} here={here} />
        </div>
      ) : null}
    </div>
  );
}

/** The bars alone, without a button. */
export function ChainBars({ links, dense = false }: { links: readonly ChainLink[]; dense?: boolean }): ReactElement {
  return (
    <span className={classes.bars} data-dense={dense || undefined} aria-hidden="true">
      {ordered(links).map((link) => (
        <span key={link.step} className={classes.bar} data-state={link.state} />
      ))}
    </span>
  );
}

/** The evidence chain unfolded: one column per link, ← → moves, Enter opens; on phones a list. */
export function ExpandedChain({ links, here }: { links: readonly ChainLink[]; here?: Step }): ReactElement {
  const list = ordered(links);
  const root = useRef<HTMLOListElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const stops = [...(root.current?.querySelectorAll<HTMLElement>("[data-link]") ?? [])];
    const next = stops[stops.indexOf(document.activeElement as HTMLElement) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  };
  return (
    <nav aria-label={m.kit_chain()}>
      <ol
        ref={root}
        className={classes.columns}
        style={{ gridTemplateColumns: `repeat(${list.length}, minmax(0, 1fr))` }}
        onKeyDown={move}
      >
        {list.map((link, index) => (
          <li key={link.step} className={classes.column} data-here={link.step === here || undefined}>
            <LinkColumn link={link} index={index} total={list.length} here={link.step === here} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

function LinkColumn({
  link,
  index,
  total,
  here,
}: {
  link: ChainLink;
  index: number;
  total: number;
  here: boolean;
}): ReactElement {
  const [open, setOpen] = useState(false);
  const timer = useRef<number>(undefined);
  const show = (): void => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(true), 150);
  };
  const hide = (): void => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setOpen(false), 120);
  };
  const body = (
    <>
      <span className={classes.bar} data-state={link.state} />
      <span className={classes.name}>{stepName(link.step)}</span>
      <span className={classes.value}>{link.value}</span>
      <span className={classes.detail}>
        {link.detail}
        <span className="lo-sr">{` ${stateWord(link.state)}`}</span>
      </span>
    </>
  );
  const shared = {
    className: classes.link,
    "data-link": true,
    "aria-current": here ? ("step" as const) : undefined,
    onMouseEnter: show,
    onMouseLeave: hide,
    onFocus: show,
    onBlur: hide,
  };
  return (
    <Popover opened={open} position="bottom-start" width={272} offset={4} withinPortal trapFocus={false}>
      <Popover.Target>
        {link.href ? (
          <AppLink href={link.href} {...shared}>
            {body}
          </AppLink>
        ) : (
          <button type="button" {...shared} className={`${classes.link} lo-print`} onClick={() => setOpen(!open)}>
            {body}
          </button>
        )}
      </Popover.Target>
      <Popover.Dropdown onMouseEnter={show} onMouseLeave={hide} className={classes.popover}>
        <span className={classes.popoverHead}>
          <strong>{stepName(link.step)}</strong>
          <span>{m.kit_of({ n: String(index + 1), total: String(total) })}</span>
        </span>
        <span>{link.title ?? link.value}</span>
        <span className={classes.popoverSmall}>
          {[link.version, link.owner, stateWord(link.state)].filter(Boolean).join(" · ")}
        </span>
        {link.formula ? <code className={classes.formula}>{link.formula}</code> : null}
        {link.href ? (
          <span className={classes.popoverSmall}>
            <AppLink href={link.href} tabIndex={-1}>
              {m.kit_open()}
            </AppLink>
            <kbd>← →</kbd>
          </span>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}
