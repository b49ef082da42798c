import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { Gate, Initiative } from "@/api/types/initiative";
import { Section, type Status, StatusMark } from "@/kit";
import { dateTime, personName } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useGates, useWords } from "./data";
import classes from "./initiative.module.css";

/** Every try at a gate with who proposed, who decided, and why. */
export function GateHistory({ one }: { one: Initiative }): ReactElement {
  const { gates } = useGates(one.id);
  return (
    <Section title={m.initiative_gates()}>
      {gates.length === 0 ? (
        <p className={classes.quiet}>{m.initiative_gates_none()}</p>
      ) : (
        <ol className={classes.rows}>
          {gates.map((gate) => (
            <GateRow key={gate.id} gate={gate} />
          ))}
        </ol>
      )}
    </Section>
  );
}

const marks: Record<string, Status> = { approved: "fulfilled", refused: "not_fulfilled", proposed: "your_turn" };

function GateRow({ gate }: { gate: Gate }): ReactElement {
  const words = useWords("stage");
  const history = useGet("/records/{kind}/{id}/history", { path: { kind: "gate", id: gate.id } });
  const decided = history.data?.items.find((step) => step.action === "approve" || step.action === "refuse");
  return (
    <li>
      <StatusMark status={marks[gate.state] ?? "open"} word={stateWord(gate.state)} quiet />
      <div>
        {words(gate.value.from)} → {words(gate.value.to)}
        <span className={classes.quiet}> · {stateWord(gate.state)}</span>
        {decided?.note ? <p className={classes.said}>{decided.note}</p> : null}
        <small>
          {decided
            ? m.initiative_decided_by({
                who: personName(decided.by),
                by: personName(gate.created_by),
                at: dateTime(decided.at),
              })
            : m.initiative_proposed_by({ who: personName(gate.created_by), at: dateTime(gate.created_at) })}
        </small>
      </div>
    </li>
  );
}

function stateWord(state: string): string {
  switch (state) {
    case "approved":
      return m.initiative_gate_passed();
    case "refused":
      return m.initiative_gate_refused();
    case "proposed":
      return m.initiative_waits();
    default:
      return m.initiative_gate_withdrawn();
  }
}
