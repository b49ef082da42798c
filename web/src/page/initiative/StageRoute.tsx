import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { Initiative } from "@/api/types/initiative";
import { Tag } from "@/kit";
import { date } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useWords } from "./data";
import classes from "./route.module.css";
import { entries, gateNumber, type StopState, stopState, way } from "./stage";

/** The way from idea to live: stops as circles, gates as double strokes, the next gate in signal. */
export function StageRoute({ one }: { one: Initiative }): ReactElement {
  const words = useWords("stage");
  const history = useGet("/records/{kind}/{id}/history", { path: { kind: "initiative", id: one.id } });
  const ahead = useGet("/initiatives/{id}/gate", { path: { id: one.id } });
  const { stage, stage_since, go_live } = one.value;
  const days = entries(history.data);
  const titles = new Set(days.keys());
  const entered = new Set<string>(way.filter((stop) => titles.has(words(stop))));
  const next = ahead.data?.to && (way as readonly string[]).includes(ahead.data.to) ? ahead.data.to : "";
  const ended = stage === "closed" || stage === "stopped";
  const below = (stop: string, state: StopState): string => {
    if (state === "here" && stage_since) return m.initiative_since({ day: date(stage_since) });
    const day = days.get(words(stop));
    if (state === "passed") return day || m.initiative_passed_over();
    return stop === "live" && go_live ? m.initiative_planned({ day: date(go_live) }) : "";
  };
  return (
    <div className={classes.frame}>
      <ol className={classes.route} aria-label={m.initiative_route()}>
        {way.map((stop) => {
          const state = ended && stage === "stopped" && !entered.has(stop) ? "ahead" : stopState(stop, stage, entered);
          const skipped = state === "ahead" && isBefore(stop, stage);
          const gate = stop === next ? "next" : state === "ahead" && !skipped ? "ahead" : "passed";
          return (
            <li
              key={stop}
              className={classes.stop}
              data-state={skipped ? "skipped" : state}
              aria-current={state === "here" ? "step" : undefined}
            >
              {stop !== "idea" && (
                <span className={classes.gate} data-gate={gate}>
                  {gate === "next" && (
                    <span className={classes.gateName}>
                      {m.initiative_gate_n({ n: String(gateNumber(stop)) })}
                      {ahead.data?.open ? `: ${m.initiative_waits()}` : ""}
                    </span>
                  )}
                </span>
              )}
              <span className={classes.dot} aria-hidden="true" />
              <span className={classes.name}>{words(stop)}</span>
              <span className={classes.day}>{skipped ? m.initiative_passed_over() : below(stop, state)}</span>
              <span className="lo-sr">{stateWords(skipped ? "skipped" : state)}</span>
            </li>
          );
        })}
      </ol>
      {ended && (
        <p className={classes.end}>
          <Tag tone={stage === "closed" ? "ok" : "none"}>{words(stage)}</Tag>{" "}
          {stage_since ? m.initiative_since({ day: date(stage_since) }) : ""}
        </p>
      )}
    </div>
  );
}

function isBefore(stop: string, stage: string): boolean {
  const list = way as readonly string[];
  return list.includes(stage) && list.indexOf(stop) < list.indexOf(stage);
}

function stateWords(state: StopState | "skipped"): string {
  switch (state) {
    case "passed":
      return m.initiative_stop_passed();
    case "here":
      return m.initiative_stop_here();
    case "skipped":
      return m.initiative_passed_over();
    default:
      return m.initiative_stop_ahead();
  }
}
