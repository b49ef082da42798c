import { Button, Textarea } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { send } from "@/api";
import type { Gate, Initiative } from "@/api/types/initiative";
import { Section, StatusMark } from "@/kit";
import { dateTime, personName } from "@/kit/format";
import { useAct } from "@/kit/useAct";
import { m } from "@/paraglide/messages";
import { useReread, useWords } from "./data";
import classes from "./initiative.module.css";
import { gateNumber } from "./stage";

/** A gate that waits: what was answered, and the decision of another person with its reason. */
export function GateDecision({ one, gate, decide }: { one: Initiative; gate: Gate; decide: boolean }): ReactElement {
  const words = useWords("stage");
  const number = gateNumber(gate.value.to);
  return (
    <Section
      first
      title={
        number > 0
          ? m.initiative_gate_title({ n: String(number), stage: words(gate.value.to) })
          : m.initiative_gate_end({ stage: words(gate.value.to) })
      }
      note={m.initiative_waits()}
    >
      <p className={classes.small}>
        {m.initiative_proposed_by({ who: personName(gate.created_by), at: dateTime(gate.created_at) })}
      </p>
      <ul className={classes.checks}>
        {gate.value.answers.map((answer) => (
          <li key={answer.code} data-ok={answer.met !== "no" || undefined}>
            <StatusMark
              status={answer.met === "no" ? "open" : "fulfilled"}
              word={answer.met === "no" ? m.initiative_check_open() : m.initiative_check_met()}
              quiet
            />
            <div className={classes.check}>
              <span className={classes.checkName}>{answer.title}</span>
              <span className={classes.small}>
                {answer.met === "not_needed" ? `${m.initiative_met_void()}. ` : ""}
                {answer.evidence}
              </span>
            </div>
          </li>
        ))}
      </ul>
      {gate.value.note ? <p className={classes.said}>{gate.value.note}</p> : null}
      <Judge one={one} gate={gate} decide={decide} />
    </Section>
  );
}

function Judge({ one, gate, decide }: { one: Initiative; gate: Gate; decide: boolean }): ReactElement | null {
  const reread = useReread();
  const act = useAct();
  const [note, setNote] = useState("");
  const judge = (step: "approve" | "refuse" | "withdraw") => (): void =>
    void act.run(() =>
      send("post", "/gates/{id}/judge", {
        path: { id: gate.id },
        ifMatch: gate.version,
        body: { step, note },
      }).then(reread),
    );
  const withdraw = one.may.includes("update");
  if (!withdraw && !decide) return <p className={classes.quiet}>{m.initiative_decided_elsewhere()}</p>;
  return (
    <div className={`${classes.form} lo-no-print`}>
      {decide ? (
        <Textarea
          label={m.initiative_reason()}
          value={note}
          maxLength={5000}
          autosize
          minRows={2}
          error={act.error?.fields.find((field) => field.field === "note")?.text}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      ) : (
        <p className={classes.quiet}>{m.initiative_decided_elsewhere()}</p>
      )}
      {act.problem ? (
        <p className={classes.problem} role="alert">
          <StatusMark status="missed" quiet />
          {act.problem}
        </p>
      ) : null}
      <div className={classes.buttons}>
        {decide ? (
          <>
            <Button loading={act.busy} onClick={judge("approve")}>
              {m.initiative_pass()}
            </Button>
            <Button variant="default" loading={act.busy} onClick={judge("refuse")}>
              {m.initiative_refuse()}
            </Button>
          </>
        ) : null}
        {withdraw ? (
          <Button variant="default" loading={act.busy} onClick={judge("withdraw")}>
            {m.initiative_withdraw()}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
