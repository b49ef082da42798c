import { Button, Checkbox, Radio, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { Check, DryRun, Plan, Question } from "@/api/types/data";
import { DataTable, Facts, RemarkList, Section, type Status, StatusMark } from "@/kit";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { ResultPreview } from "./PreviewTable";
import { rowsToLoad } from "./state";
import classes from "./Wizard.module.css";

const checkStatus: Record<Check["state"], Status> = {
  ok: "on_course",
  note: "at_risk",
  bad: "missed",
  question: "your_turn",
};

/** The verdict of the dry run before its list; questions stand first, since they decide. */
export function CheckStep({
  result,
  plan,
  onPlan,
  onMapping,
}: {
  result: DryRun;
  plan: Plan;
  /** A changed plan is checked anew. */
  onPlan: (plan: Plan) => void;
  onMapping: () => void;
}): ReactElement {
  const { questions, checks } = result;
  const blocking = questions.some((question) => question.blocking);
  const said = new Set(checks.map((check) => check.title));
  return (
    <div className={classes.two}>
      <div className={classes.mainColumn}>
        <Share result={result} />
        {result.existing_load && !result.same_mapping ? (
          <Checkbox
            label={m.data_existing_replace()}
            description={m.data_existing_text()}
            checked={plan.replace}
            onChange={(event) => onPlan({ ...plan, replace: event.target.checked })}
          />
        ) : null}
        {questions.length > 0 ? (
          <Section
            title={
              blocking ? m.data_questions({ n: questions.length }) : m.data_questions_open({ n: questions.length })
            }
            first
          >
            <div className={classes.questions} data-blocking={blocking || undefined}>
              {questions.map((question) => (
                <QuestionField key={question.code} question={question} plan={plan} result={result} onPlan={onPlan} />
              ))}
            </div>
          </Section>
        ) : null}
        <Section title={m.data_preview()}>
          <ResultPreview preview={result.preview} table={plan.table} columns={result.columns} />
        </Section>
        {result.rows_refused > 0 ? (
          <Section
            title={m.data_refused_rows({ n: int(result.rows_refused) })}
            sub={m.data_refused_sample({ n: int(result.refused_sample.length) })}
          >
            <DataTable
              name={m.data_refused_rows({ n: int(result.rows_refused) })}
              plain
              columns={[
                { id: "line", title: m.data_line(), value: (row) => row.line, type: "integer" },
                { id: "column", title: m.data_column(), value: (row) => row.column, tone: "name" },
                { id: "value", title: m.data_value(), value: (row) => row.value ?? null, tone: "quiet" },
                { id: "reason", title: m.data_reason_word(), value: (row) => row.reason, wrap: true },
              ]}
              rows={result.refused_sample}
              rowKey={(row) => `${row.line}-${row.column}-${row.code}`}
            />
          </Section>
        ) : null}
        <RemarkList remarks={result.remarks.filter((remark) => !said.has(remark.text))} />
      </div>
      <aside className={classes.side} aria-label={m.data_checks()}>
        <h2>{m.data_checks()}</h2>
        <ul className={classes.checks}>
          {checks.map((check) => (
            <CheckLine key={check.code} check={check} plan={plan} onPlan={onPlan} onMapping={onMapping} />
          ))}
        </ul>
      </aside>
    </div>
  );
}

/** The bar of usable, left-out and refused rows. */
function Share({ result }: { result: DryRun }): ReactElement {
  const total = Math.max(1, result.rows_read);
  const left = result.rows_left_out;
  const part = (n: number): string => `${n === 0 ? 0 : Math.max(0.6, (n / total) * 100)}%`;
  return (
    <>
      <div className={classes.share} aria-hidden="true">
        <span style={{ width: part(result.rows_usable) }} />
        {left > 0 ? <span data-part="left" style={{ width: part(left) }} /> : null}
        {result.rows_refused > 0 ? <span data-part="refused" style={{ width: part(result.rows_refused) }} /> : null}
      </div>
      <Facts
        items={[
          { label: m.data_read(), value: int(result.rows_read) },
          { label: m.data_usable(), value: int(result.rows_usable) },
          { label: m.data_refused(), value: int(result.rows_refused) },
          ...(left > 0 ? [{ label: m.data_left_out(), value: int(left) }] : []),
          ...(result.overlapping > 0 ? [{ label: m.data_overlapping(), value: int(result.overlapping) }] : []),
        ]}
      />
    </>
  );
}

function CheckLine({
  check,
  plan,
  onPlan,
  onMapping,
}: {
  check: Check;
  plan: Plan;
  onPlan: (plan: Plan) => void;
  onMapping: () => void;
}): ReactElement {
  const word = {
    ok: "",
    note: m.kit_status_note(),
    bad: m.data_not_usable(),
    question: m.data_answer_missing(),
  }[check.state];
  const example = check.example_line ? m.data_example_line({ n: int(check.example_line) }) : "";
  // The detail may name the state and the line itself.
  const said =
    word && check.detail.startsWith(word) ? check.detail.slice(word.length).replace(/^[\s·,]+/, "") : check.detail;
  const detail = [said, said.includes(int(check.example_line)) ? "" : example].filter(Boolean).join(" ");
  const dropped = plan.drop.includes(check.code);
  return (
    <li>
      <StatusMark status={checkStatus[check.state]} quiet />
      <span>
        <span className={classes.checkTitle}>{check.title}</span>
        <span className={classes.checkDetail}>
          {word ? <strong data-state={check.state}>{word}</strong> : null}
          {word && detail ? " · " : ""}
          {detail}
        </span>
        {check.action === "drop" || check.action === "keep" ? (
          <button
            type="button"
            className={classes.textButton}
            aria-pressed={dropped}
            onClick={() =>
              onPlan({
                ...plan,
                drop: dropped ? plan.drop.filter((code) => code !== check.code) : [...plan.drop, check.code],
              })
            }
          >
            {dropped
              ? m.data_take_back_in()
              : check.code === "equal_rows"
                ? m.data_leave_out_equal()
                : m.data_leave_out()}
          </button>
        ) : null}
        {check.action === "mapping" ? (
          <button type="button" className={classes.textButton} onClick={onMapping}>
            {m.data_change_mapping()}
          </button>
        ) : null}
      </span>
    </li>
  );
}

interface Choice {
  value: string;
  label: string;
}

function optionWord(code: Question["code"], value: string, result: DryRun, plan: Plan): string {
  switch (`${code}:${value}`) {
    case "dates:dmy":
      return m.data_dates_dmy();
    case "dates:mdy":
      return m.data_dates_mdy();
    case "dates:ymd":
      return m.data_dates_ymd();
    case "refused:all":
      return m.data_refused_all({ n: int(rowsToLoad(result, plan)) });
    case "refused:0":
      return m.data_refused_none();
    default:
      return value;
  }
}

function choices(question: Question, result: DryRun, plan: Plan): Choice[] {
  return question.options.map((option) => ({
    value: option.value,
    label: option.text || optionWord(question.code, option.value, result, plan),
  }));
}

function answerOf(plan: Plan, code: Question["code"]): string {
  switch (code) {
    case "dates":
      return plan.dates;
    case "currency":
      return plan.currency;
    case "overlap":
      return plan.overlap;
    case "refused":
      return plan.allow_refused === "0" ? "" : plan.allow_refused;
  }
}

function answered(plan: Plan, code: Question["code"], value: string): Plan {
  switch (code) {
    case "dates":
      return { ...plan, dates: value as Plan["dates"] };
    case "currency":
      return { ...plan, currency: value };
    case "overlap":
      return { ...plan, overlap: value as Plan["overlap"] };
    case "refused":
      return { ...plan, allow_refused: value };
  }
}

function QuestionField({
  question,
  plan,
  result,
  onPlan,
}: {
  question: Question;
  plan: Plan;
  result: DryRun;
  onPlan: (plan: Plan) => void;
}): ReactElement {
  const options = choices(question, result, plan);
  const [text, setText] = useState(answerOf(plan, question.code) || "EUR");
  if (options.length === 0) {
    return (
      <form
        className={classes.question}
        onSubmit={(event) => {
          event.preventDefault();
          onPlan(answered(plan, question.code, text.trim().toUpperCase()));
        }}
      >
        <TextInput label={question.text} value={text} maxLength={3} onChange={(event) => setText(event.target.value)} />
        <Button type="submit" variant="default" disabled={!/^[A-Za-z]{3}$/.test(text.trim())}>
          {m.kit_apply()}
        </Button>
      </form>
    );
  }
  return (
    <Radio.Group
      label={question.text}
      value={answerOf(plan, question.code)}
      onChange={(value) => onPlan(answered(plan, question.code, value))}
    >
      <div className={classes.options}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} label={option.label} />
        ))}
      </div>
    </Radio.Group>
  );
}
