import { Button } from "@mantine/core";
import type { ReactElement } from "react";
import type { Initiative, Milestone } from "@/api/types/initiative";
import { Section, StatusMark } from "@/kit";

import { date, localIso } from "@/kit/format";
import { useAct } from "@/kit/useAct";
import { patchRecord } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import { useReread } from "./data";
import classes from "./initiative.module.css";

/** The dated steps; a click notes that one is reached today, another takes it back. */
export function Milestones({ one }: { one: Initiative }): ReactElement {
  const list = one.value.milestones ?? [];
  const reread = useReread();
  const act = useAct();
  const may = one.may.includes("update");
  const today = localIso(new Date().toISOString()).slice(0, 10);
  const set = (at: number, done: string | undefined): void => {
    const milestones = list.map((step, index) => (index === at ? { ...step, done } : step));
    void act.run(() => patchRecord("initiative", one.id, one.version, { milestones }).then(reread));
  };
  return (
    <Section
      title={m.initiative_milestones()}
      note={
        list.length > 0
          ? m.kit_of({ n: String(list.filter((step) => step.done).length), total: String(list.length) })
          : null
      }
    >
      {list.length === 0 ? (
        <p className={classes.quiet}>{m.initiative_milestones_none()}</p>
      ) : (
        <ol className={classes.rows}>
          {list.map((step, index) => (
            <li key={`${step.title}/${step.due ?? ""}`}>
              <Mark step={step} today={today} />
              <div>
                {step.title}
                <small>
                  {step.done
                    ? m.initiative_reached({ day: date(step.done) })
                    : step.due
                      ? m.initiative_due({ day: date(step.due) })
                      : m.initiative_no_day()}
                </small>
              </div>
              {may ? (
                <Button
                  size="xs"
                  variant="subtle"
                  className="lo-no-print"
                  disabled={act.busy}
                  aria-label={
                    step.done
                      ? m.initiative_undone_of({ title: step.title })
                      : m.initiative_done_of({ title: step.title })
                  }
                  onClick={() => set(index, step.done ? undefined : today)}
                >
                  {step.done ? m.initiative_undone() : m.initiative_done()}
                </Button>
              ) : null}
            </li>
          ))}
        </ol>
      )}
      {act.problem ? (
        <p className={classes.problem} role="alert">
          <StatusMark status="missed" quiet />
          {act.problem}
        </p>
      ) : null}
    </Section>
  );
}

function Mark({ step, today }: { step: Milestone; today: string }): ReactElement {
  if (step.done) return <StatusMark status="fulfilled" word={m.initiative_check_met()} quiet />;
  if (step.due && step.due < today) return <StatusMark status="at_risk" word={m.initiative_overdue()} quiet />;
  return <StatusMark status="open" quiet />;
}
