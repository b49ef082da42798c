import type { ReactElement } from "react";
import type { Initiative, ProgressList } from "@/api/types/initiative";
import type { RecordItem } from "@/api/types/register";
import { AppLink, StatusMark } from "@/kit";
import { nameOf } from "@/kit/field/names";
import { date } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { initiativeHref, useWords } from "./data";
import classes from "./initiative.module.css";
import { ends, stages } from "./stage";

/** Initiatives in the columns of their stages. They move by gates, so that nothing here can be dragged. */
export function Board({
  rows,
  progress,
  waiting,
}: {
  rows: (RecordItem & Initiative)[];
  progress: ProgressList | undefined;
  waiting: ReadonlySet<string>;
}): ReactElement {
  const words = useWords("stage");
  const columns = stages.filter(
    (stage) => !(ends as readonly string[]).includes(stage) || rows.some((row) => row.value.stage === stage),
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reachable by keyboard
    <section className={classes.board} tabIndex={0} aria-label={m.initiative_view_board()}>
      {columns.map((stage) => {
        const here = rows.filter((row) => row.value.stage === stage);
        return (
          <div key={stage} className={classes.column}>
            <h2>
              {words(stage)} <span>{here.length}</span>
            </h2>
            <ul>
              {here.map((row) => (
                <li key={row.id}>
                  <AppLink href={initiativeHref(row.id)}>{row.value.title}</AppLink>
                  <small>
                    {[
                      row.value.owner ? nameOf("person", row.value.owner) : "",
                      row.value.stage_since ? m.initiative_since({ day: date(row.value.stage_since) }) : "",
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </small>
                  {waiting.has(row.id) ? <StatusMark status="your_turn" word={m.initiative_gate_waits()} /> : null}
                  {progress?.items
                    .find((item) => item.initiative === row.id)
                    ?.warnings.map((warning) => (
                      <StatusMark key={warning.text} status="at_risk" word={warning.text} />
                    ))}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
