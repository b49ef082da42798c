import { Button, Modal, TextInput } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import "@mantine/dates/styles.layer.css";
import "dayjs/locale/de";
import { type ReactElement, type ReactNode, useState } from "react";
import { type ApiError, asApiError } from "@/api/error";
import { StatusMark } from "@/kit";
import { time } from "@/kit/format";
import { readNumber } from "@/kit/table/column";
import { m } from "@/paraglide/messages";
import { getLocale } from "@/paraglide/runtime";
import classes from "./Setting.module.css";

/** What both kinds of assumptions share: a range as typed, a source and a date. */
export interface RangeText {
  min: string;
  likely: string;
  max: string;
  source: string;
  date: string;
}

export function today(): string {
  return new Date().toLocaleDateString("sv");
}

/** Why a range does not pass, empty when it does. */
export function rangeProblem(range: RangeText): string {
  const values = [range.min, range.likely, range.max].map(readNumber);
  if (values.some((value) => value === null || value < 0)) return m.settings_range_number();
  const [min = 0, likely = 0, max = 0] = values as number[];
  return min <= likely && likely <= max ? "" : m.settings_range_order();
}

/** The range fields; unit names what is counted. */
export function RangeFields({
  value,
  unit,
  problem,
  onChange,
}: {
  value: RangeText;
  unit: string;
  problem: ApiError | null;
  onChange: (patch: Partial<RangeText>) => void;
}): ReactElement {
  const touched = value.min !== "" && value.likely !== "" && value.max !== "";
  const wrong = touched ? rangeProblem(value) : "";
  const field = (name: "min" | "likely" | "max", label: string): ReactElement => (
    <TextInput
      label={label}
      inputMode="decimal"
      value={value[name]}
      error={problem?.field(name) ?? problem?.field(`${name}_minutes`) ?? Boolean(wrong)}
      onChange={(event) => onChange({ [name]: event.target.value })}
    />
  );
  return (
    <>
      <fieldset className={classes.range}>
        <legend>{unit}</legend>
        {field("min", m.settings_min())}
        {field("likely", m.settings_likely())}
        {field("max", m.settings_max())}
      </fieldset>
      {wrong ? (
        <p className={classes.wrong} role="alert">
          <StatusMark status="missed" word={wrong} />
        </p>
      ) : null}
      <TextInput
        label={m.settings_source()}
        description={m.settings_source_text()}
        value={value.source}
        error={problem?.field("source")}
        onChange={(event) => onChange({ source: event.target.value })}
      />
      <DateInput
        label={m.settings_date()}
        className={classes.date}
        locale={getLocale()}
        valueFormat={getLocale() === "en" ? "DD/MM/YYYY" : "DD.MM.YYYY"}
        value={value.date || null}
        error={problem?.field("date")}
        onChange={(date) => onChange({ date: date ?? "" })}
      />
    </>
  );
}

/** The dialog around an assumption: saves, keeps the draft, shows what is kept now when somebody was faster. */
export function AssumptionDialog({
  title,
  ready,
  draftAt,
  current,
  children,
  onSave,
  onDiscard,
  onClose,
}: {
  title: string;
  ready: boolean;
  draftAt: string;
  /** What is kept now, after a conflict. */
  current: string;
  children: (problem: ApiError | null) => ReactNode;
  onSave: () => Promise<void>;
  onDiscard: () => void;
  onClose: () => void;
}): ReactElement {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": m.kit_close() }}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          setBusy(true);
          setProblem(null);
          onSave()
            .then(onClose)
            .catch((error: unknown) => setProblem(asApiError(error)))
            .finally(() => setBusy(false));
        }}
      >
        {children(problem)}
        {problem && problem.fields.length === 0 ? (
          <p role="alert" className={classes.wrong}>
            <StatusMark status="missed" word={[problem.message, problem.hint].filter(Boolean).join(" ")} />
          </p>
        ) : null}
        {current ? <p>{m.settings_theirs({ value: current })}</p> : null}
        <div className={classes.buttons}>
          <Button type="submit" disabled={!ready || busy}>
            {current ? m.settings_save_anyway() : m.settings_save()}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              onDiscard();
              onClose();
            }}
          >
            {m.settings_discard()}
          </Button>
          <span className={classes.note} role="status">
            {draftAt ? m.settings_draft_short({ at: time(draftAt) }) : ""}
          </span>
        </div>
      </form>
    </Modal>
  );
}
