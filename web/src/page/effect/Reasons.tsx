import type { ReactElement } from "react";
import type { EffectOne } from "@/api/types/effect";
import { Section, type Status, StatusMark, Tag } from "@/kit";
import { m } from "@/paraglide/messages";
import classes from "./effect.module.css";
import { verdictStatus, verdictWord } from "./words";

/** The verdict with every condition that it rests on. */
export function Reasons({ one }: { one: EffectOne }): ReactElement | null {
  const { reasons } = one.effect;
  if (reasons.length === 0) return null;
  const met = reasons.filter((reason) => reason.met === true).length;
  const mark = (value: boolean | null): Status => (value === null ? "open" : value ? "fulfilled" : "not_fulfilled");
  return (
    <Section
      title={m.effect_verdict({ verdict: verdictWord(one.verdict) })}
      note={
        <Tag status={verdictStatus(one.verdict)}>
          {m.effect_reasons_met({ met: String(met), all: String(reasons.length) })}
        </Tag>
      }
    >
      <ul className={classes.reasons}>
        {reasons.map((reason) => (
          <li key={reason.code}>
            <StatusMark status={mark(reason.met)} quiet />
            <div>
              <p>{reason.text}</p>
              {reason.note ? <p className={classes.quiet}>{reason.note}</p> : null}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
