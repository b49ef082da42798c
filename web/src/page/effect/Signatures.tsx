import type { ReactElement } from "react";
import type { Closing, ClosingStep, EffectOne } from "@/api/types/effect";
import { AppLink, Section, type Status, StatusMark } from "@/kit";
import { dateTime, int, personName } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./effect.module.css";

const words: Record<string, () => string> = {
  propose: m.effect_step_propose,
  confirm: m.effect_step_confirm,
  sign: m.effect_step_sign,
  refuse: m.effect_step_refuse,
  reopen: m.effect_step_reopen,
};

/** Who did what on the way to the signature, what comes next, and the hash of what was frozen. */
export function Signatures({ one }: { one: EffectOne }): ReactElement {
  const closing = one.closing_view;
  return (
    <Section
      title={m.effect_signatures()}
      actions={closing ? <AppLink href={`/abschluesse/${closing.id}`}>{m.effect_closing_open()}</AppLink> : undefined}
    >
      {closing ? <StepList closing={closing} /> : <p className={classes.quiet}>{m.effect_signatures_none()}</p>}
      {closing?.hash ? (
        <p className={classes.hash}>
          {m.effect_hash({
            hash: `${closing.hash.slice(0, 4)} ${closing.hash.slice(4, 8)} … ${closing.hash.slice(-4)}`,
            snapshot: int(closing.snapshot),
          })}
        </p>
      ) : null}
    </Section>
  );
}

/** The steps of a closing in their order. */
export function StepList({ closing }: { closing: Closing }): ReactElement {
  const mark = (step: ClosingStep): Status =>
    step.step === "refuse" || step.step === "reopen" ? "not_fulfilled" : "fulfilled";
  return (
    <ol className={classes.steps}>
      {closing.steps.map((step) => (
        <li key={step.at + step.step}>
          <StatusMark status={mark(step)} quiet />
          <div>
            <p>{step.name || personName(step.by)}</p>
            <p className={classes.quiet}>
              {(words[step.step] ?? m.effect_step_propose)()}
              {step.note ? `: ${step.note}` : ""}
            </p>
          </div>
          <time dateTime={step.at} className={classes.day}>
            {dateTime(step.at)}
          </time>
        </li>
      ))}
      {closing.next ? (
        <li>
          <StatusMark status={closing.may.includes(closing.next) ? "your_turn" : "open"} quiet />
          <div>
            <p>{(words[closing.next] ?? m.effect_step_propose)()}</p>
            <p className={classes.quiet}>{m.effect_step_open()}</p>
          </div>
        </li>
      ) : null}
    </ol>
  );
}
