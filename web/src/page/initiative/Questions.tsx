import type { ReactElement } from "react";
import type { Initiative } from "@/api/types/initiative";
import { Section, StatusMark } from "@/kit";
import { m } from "@/paraglide/messages";
import classes from "./initiative.module.css";

/** What has to be answered; answers are written in the form. */
export function Questions({ one }: { one: Initiative }): ReactElement | null {
  const list = one.value.questions ?? [];
  if (list.length === 0) return null;
  return (
    <Section title={m.initiative_questions()}>
      <ul className={classes.rows}>
        {list.map((item) => (
          <li key={item.question}>
            <StatusMark
              status={item.answer ? "fulfilled" : "open"}
              word={item.answer ? m.initiative_answered() : m.initiative_check_open()}
              quiet
            />
            <div>
              {item.question}
              {item.answer ? <small>{item.answer}</small> : null}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
