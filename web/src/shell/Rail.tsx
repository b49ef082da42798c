import { Tooltip } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useGet } from "@/api";
import { AppLink, Flag, Icon, StatusMark } from "@/kit";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { entryOf, type PageEntry, type StepEntry } from "./pages";
import classes from "./Rail.module.css";
import { useRights, useSession } from "./session";
import { useRegisters } from "./useRegisters";

/** The count of new findings, the only thing in the rail that asks somebody to act. */
function useNewFindings(): number {
  const { facts } = useRights();
  const query = useGet("/findings", { query: { state: "new" } }, { enabled: facts, staleTime: 60_000, retry: false });
  return query.data?.total ?? 0;
}

/** The rail: Lage, then the steps as way points on one thin line, filled where you are. */
export function Rail(): ReactElement {
  const path = useLocation({ select: (location) => location.pathname });
  const { session } = useSession();
  const { kinds, route } = useRegisters();
  const { step: here, page: herePage } = entryOf(path, kinds);
  const findings = useNewFindings();
  return (
    <nav className={`${classes.rail} lo-no-print`} aria-label={m.shell_navigation()}>
      <AppLink href="/" className={classes.brand}>
        <Flag size={16} />
        <span className={classes.wide}>Lotse</span>
      </AppLink>
      <Tooltip label={m.shell_start()} position="right">
        <AppLink href="/" className={classes.start} aria-current={path === "/" ? "page" : undefined}>
          <Icon name="compass" />
          <span className={classes.wide}>{m.shell_start()}</span>
        </AppLink>
      </Tooltip>
      <ol className={classes.route}>
        {route.map((step) => (
          <RailStep key={step.id} step={step} here={here?.id === step.id} page={herePage} findings={findings} />
        ))}
      </ol>
      <div className={`${classes.foot} ${classes.wide}`}>
        <span>{session?.instance.name}</span>
        {session?.instance.demo ? <span>{m.shell_demo_note()}</span> : null}
      </div>
    </nav>
  );
}

function RailStep({
  step,
  here,
  page,
  findings,
}: {
  step: StepEntry;
  here: boolean;
  page?: PageEntry;
  findings: number;
}): ReactElement {
  return (
    <li className={classes.step} data-here={here || undefined}>
      <span className={classes.stepHead}>
        <span className={classes.point} aria-hidden="true" />
        <span className={classes.wide}>{step.label()}</span>
      </span>
      <ul>
        {step.pages.map((one) => {
          const count = one.counts === "new_findings" ? findings : 0;
          return (
            <li key={one.href}>
              <Tooltip label={`${step.label()}: ${one.label()}`} position="right">
                <AppLink
                  href={one.href}
                  className={classes.page}
                  aria-current={page?.href === one.href ? "page" : undefined}
                >
                  <span className={classes.wide}>{one.label()}</span>
                  <span className={classes.narrow} aria-hidden="true">
                    {one.label().slice(0, 2)}
                  </span>
                  {count > 0 ? (
                    <span className={classes.count}>
                      {int(count)}
                      <span className="lo-sr"> {m.shell_new()}</span>
                    </span>
                  ) : null}
                </AppLink>
              </Tooltip>
            </li>
          );
        })}
      </ul>
    </li>
  );
}

/** The bar at the foot of a phone: Lage and the steps. */
export function PhoneBar(): ReactElement {
  const path = useLocation({ select: (location) => location.pathname });
  const { kinds, route } = useRegisters();
  const { step: here } = entryOf(path, kinds);
  const findings = useNewFindings();
  return (
    <nav className={`${classes.bar} lo-no-print`} aria-label={m.shell_navigation()}>
      <AppLink href="/" aria-current={path === "/" ? "page" : undefined}>
        <Icon name="compass" size={20} />
        {m.shell_start()}
      </AppLink>
      {route.map((step) => (
        <AppLink
          key={step.id}
          href={step.pages[0]?.href ?? "/"}
          aria-current={here?.id === step.id ? "true" : undefined}
        >
          <span className={classes.barIcon}>
            <Icon name={step.icon} size={20} />
            {step.id === "decide" && findings > 0 ? (
              <span className={classes.barMark}>
                <StatusMark status="your_turn" quiet size={10} />
              </span>
            ) : null}
          </span>
          {step.label()}
        </AppLink>
      ))}
    </nav>
  );
}
