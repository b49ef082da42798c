import { Button, Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { send, useGet } from "@/api";
import type { Asked, GateAhead, Initiative } from "@/api/types/initiative";
import { AppLink, Loaded, Section, Segments, StatusMark } from "@/kit";
import { type Act, useAct } from "@/kit/useAct";
import { patchRecord } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import { useGates, useReread, useWords } from "./data";
import { GateDecision } from "./GateDecision";
import classes from "./initiative.module.css";
import { gateNumber } from "./stage";

/** The next gate: what it asks for, with evidence, and the step before it or the decision on it. */
export function GatePart({ one }: { one: Initiative }): ReactElement {
  const [to, setTo] = useState("");
  const query = useGet("/initiatives/{id}/gate", { path: { id: one.id }, query: { to } }, { retry: false });
  const { gates } = useGates(one.id);
  const waiting = gates.find((gate) => gate.id === query.data?.open);
  return (
    <div>
      <Loaded query={query} height={420}>
        {(ahead) =>
          waiting ? (
            <GateDecision key={waiting.id} one={one} gate={waiting} decide={ahead.judge} />
          ) : ahead.to === "" ? (
            <Section first title={m.initiative_gate()}>
              <p className={classes.quiet}>{m.initiative_gate_none()}</p>
            </Section>
          ) : (
            <Checklist key={ahead.to} one={one} ahead={ahead} onTo={setTo} />
          )
        }
      </Loaded>
    </div>
  );
}

type Answers = Record<string, { met: "yes" | "not_needed" | "no"; evidence: string }>;

function Checklist({
  one,
  ahead,
  onTo,
}: {
  one: Initiative;
  ahead: GateAhead;
  onTo: (to: string) => void;
}): ReactElement {
  const words = useWords("stage");
  const reread = useReread();
  const act = useAct();
  const [answers, setAnswers] = useState<Answers>({});
  const [note, setNote] = useState("");
  const may = one.may.includes("update");
  const met = (asked: Asked): string => {
    const said = answers[asked.code]?.met ?? "";
    if (!asked.auto) return said;
    return asked.met !== "yes" && asked.waivable && said === "not_needed" ? said : asked.met;
  };
  const done = ahead.answers.filter((a) => met(a) === "yes" || met(a) === "not_needed").length;
  const number = gateNumber(ahead.to);
  const problems = new Map(act.error?.fields.map((field) => [field.field, field.text]));
  const propose = (): Promise<unknown> =>
    send("post", "/initiatives/{id}/gate", {
      path: { id: one.id },
      body: {
        to: ahead.to,
        note,
        answers: Object.entries(answers).map(([code, answer]) => ({ code, ...answer })),
      },
    }).then(reread);
  return (
    <Section
      first
      title={
        number > 0
          ? m.initiative_gate_title({ n: String(number), stage: words(ahead.to) })
          : m.initiative_gate_end({ stage: words(ahead.to) })
      }
      note={m.kit_of({ n: String(done), total: String(ahead.answers.length) })}
    >
      <ul className={classes.checks}>
        {ahead.answers.map((asked) => (
          <Check
            key={asked.code}
            one={one}
            asked={asked}
            met={met(asked)}
            answer={answers[asked.code]}
            problem={problems.get(`answers.${asked.code}`)}
            may={may}
            onAnswer={(answer) => setAnswers((have) => ({ ...have, [asked.code]: answer }))}
          />
        ))}
      </ul>
      {may && (
        <div className={`${classes.form} lo-no-print`}>
          {ahead.stages.length > 1 && (
            <Select
              label={m.initiative_gate_to()}
              data={ahead.stages.map((stage) => ({ value: stage, label: words(stage) }))}
              value={ahead.to}
              allowDeselect={false}
              onChange={(value) => value && onTo(value)}
            />
          )}
          <Textarea
            label={m.initiative_gate_note()}
            description={m.initiative_gate_note_help()}
            value={note}
            maxLength={5000}
            autosize
            minRows={2}
            error={problems.get("note")}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Problem act={act} />
          <Button loading={act.busy} onClick={() => void act.run(propose)}>
            {m.initiative_propose()}
          </Button>
        </div>
      )}
    </Section>
  );
}

/** What went wrong beyond single fields. */
function Problem({ act }: { act: Act }): ReactElement | null {
  if (!act.error) return null;
  return (
    <p className={classes.problem} role="alert">
      <StatusMark status="missed" quiet />
      {act.error.code === "gate_shut" ? act.error.message : act.problem}
    </p>
  );
}

function Check({
  one,
  asked,
  met,
  answer,
  problem,
  may,
  onAnswer,
}: {
  one: Initiative;
  asked: Asked;
  met: string;
  answer?: Answers[string];
  problem?: string;
  may: boolean;
  onAnswer: (answer: Answers[string]) => void;
}): ReactElement {
  const ok = met === "yes" || met === "not_needed";
  return (
    <li data-ok={ok || undefined}>
      <StatusMark
        status={ok ? "fulfilled" : "open"}
        word={ok ? m.initiative_check_met() : m.initiative_check_open()}
        quiet
      />
      <div className={classes.check}>
        <span className={classes.checkName}>
          {asked.title}
          {asked.hard ? null : <span className={classes.quiet}> {m.initiative_check_soft()}</span>}
        </span>
        {asked.auto ? (
          <span className={classes.small}>
            {asked.evidence || (ok ? m.initiative_check_filled() : null)}
            {!ok && may ? <Mend one={one} code={asked.code} /> : null}
            {asked.waivable && asked.met !== "yes" && may ? (
              <Waive asked={asked} answer={answer} onAnswer={onAnswer} />
            ) : null}
          </span>
        ) : may ? (
          <>
            <Segments
              label={asked.title}
              value={answer?.met ?? "no"}
              onChange={(value) => onAnswer({ evidence: answer?.evidence ?? "", met: value })}
              options={[
                { value: "yes", label: m.initiative_met_yes() },
                { value: "not_needed", label: m.initiative_met_void() },
                { value: "no", label: m.initiative_met_no() },
              ]}
            />
            {answer && answer.met !== "no" ? (
              <TextInput
                aria-label={m.initiative_evidence_of({ title: asked.title })}
                placeholder={m.initiative_evidence()}
                value={answer.evidence}
                maxLength={2000}
                onChange={(event) => onAnswer({ ...answer, evidence: event.currentTarget.value })}
              />
            ) : null}
          </>
        ) : null}
        {problem ? (
          <span className={classes.problem}>
            <StatusMark status="missed" quiet size={10} />
            {problem}
          </span>
        ) : null}
      </div>
    </li>
  );
}

/** Goes on without what Lotse found missing, with the reason. */
function Waive({
  asked,
  answer,
  onAnswer,
}: {
  asked: Asked;
  answer?: Answers[string];
  onAnswer: (answer: Answers[string]) => void;
}): ReactElement {
  const on = answer?.met === "not_needed";
  return (
    <>
      <Checkbox
        size="xs"
        label={m.initiative_waive()}
        checked={on}
        onChange={(event) =>
          onAnswer({ met: event.currentTarget.checked ? "not_needed" : "no", evidence: answer?.evidence ?? "" })
        }
      />
      {on ? (
        <TextInput
          aria-label={m.initiative_waive_reason({ title: asked.title })}
          placeholder={m.initiative_waive_why()}
          value={answer.evidence}
          maxLength={2000}
          onChange={(event) => onAnswer({ ...answer, evidence: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}

/** How an open point is closed: data protection by a click, everything else in the form. */
function Mend({ one, code }: { one: Initiative; code: string }): ReactElement {
  const reread = useReread();
  const act = useAct();
  const set = (gdpr: string): void =>
    void act.run(() => patchRecord("initiative", one.id, one.version, { gdpr }).then(reread));
  if (code === "gdpr")
    return (
      <span className={`${classes.mend} lo-no-print`}>
        <Button size="xs" variant="default" loading={act.busy} onClick={() => set("checked")}>
          {m.initiative_gdpr_checked()}
        </Button>
        <Button size="xs" variant="default" loading={act.busy} onClick={() => set("not_needed")}>
          {m.initiative_gdpr_void()}
        </Button>
        {act.problem}
      </span>
    );
  if (code === "effect_plan" || code === "plan")
    return <AppLink href={`/wirkung/neu?initiative=${one.id}`}>{m.effect_new_begin()}</AppLink>;
  const href = code === "risks" ? "/register/risk/new" : `/register/initiative/${one.id}`;
  return <AppLink href={href}>{code === "risks" ? m.initiative_mend_risk() : m.initiative_mend()}</AppLink>;
}
