import { Button, Select, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { Assessed, InputName, InputRow, Origin, Range } from "@/api/types/business_case";
import type { RecordOne } from "@/api/types/register";
import { NumberBox } from "@/kit/field/NumberBox";
import { m } from "@/paraglide/messages";
import { BindDialog } from "./BindDialog";
import classes from "./businesscase.module.css";
import type { CaseDraft } from "./useCaseDraft";
import { inputScale, inputText, originWord } from "./words";

const origins: Origin[] = ["quoted", "estimated", "guessed"];

/** Every number of the case with its range, origin and evidence; changed in place by those who may. */
export function InputTable({ a, record, draft }: { a: Assessed; record: RecordOne; draft: CaseDraft }): ReactElement {
  const [binding, setBinding] = useState<InputName | null>(null);
  const editable = record.may?.includes("update") ?? false;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={classes.scroll} aria-label={m.businesscase_inputs()} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{m.businesscase_input()}</th>
            <th scope="col">{m.businesscase_low()}</th>
            <th scope="col">{m.businesscase_likely()}</th>
            <th scope="col">{m.businesscase_high()}</th>
            <th scope="col">{m.businesscase_origin()}</th>
            <th scope="col">{m.businesscase_source()}</th>
            {editable ? (
              <th scope="col" className="lo-no-print">
                <span className="lo-sr">{m.businesscase_bind()}</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {(a.inputs ?? []).map((name) => {
            const row = draft.rows.find((one) => one.key === name.key);
            return row ? (
              <InputLine
                key={name.key}
                name={name}
                row={row}
                currency={a.assessment.result.currency}
                editable={editable}
                onChange={(next) => draft.change(name.key, next)}
                onBind={() => setBinding(name)}
                bindable={!draft.changed}
              />
            ) : null;
          })}
        </tbody>
      </table>
      {binding ? <BindDialog record={record} input={binding} onClose={() => setBinding(null)} /> : null}
    </section>
  );
}

function InputLine({
  name,
  row,
  currency,
  editable,
  bindable,
  onChange,
  onBind,
}: {
  name: InputName;
  row: InputRow;
  currency: string;
  editable: boolean;
  bindable: boolean;
  onChange: (next: Partial<InputRow>) => void;
  onBind: () => void;
}): ReactElement {
  const { factor, unit } = inputScale(name, currency);
  const measured = row.origin === "measured";
  const known = name.input.range ?? {
    min: name.input.value ?? 0,
    likely: name.input.value ?? 0,
    max: name.input.value ?? 0,
  };
  const range = row.range ?? known;
  const part = (one: keyof Range, title: string): ReactElement => (
    <NumberBox
      aria-label={`${name.title}, ${title}`}
      className={classes.box}
      size="xs"
      factor={factor}
      unit={unit}
      value={range[one]}
      onChange={(value) => onChange({ range: moved(range, one, value) })}
    />
  );
  return (
    <tr>
      <th scope="row">{name.title}</th>
      {measured || !editable ? (
        <td colSpan={3}>
          {inputText(name, currency)}
          {name.input.range ? (
            <small>
              {inputText({ ...name, input: { ...name.input, range: undefined, value: range.likely } }, currency)}
            </small>
          ) : null}
        </td>
      ) : (
        <>
          <td>{part("min", m.businesscase_low())}</td>
          <td>{part("likely", m.businesscase_likely())}</td>
          <td>{part("max", m.businesscase_high())}</td>
        </>
      )}
      <td>
        {editable ? (
          <Select
            size="xs"
            aria-label={`${name.title}, ${m.businesscase_origin()}`}
            className={classes.box}
            allowDeselect={false}
            value={row.origin}
            data={(measured ? (["measured", ...origins] as Origin[]) : origins).map((o) => ({
              value: o,
              label: originWord(o),
            }))}
            onChange={(origin) => origin && onChange({ origin: origin as Origin, range: measured ? known : row.range })}
          />
        ) : (
          originWord(row.origin)
        )}
      </td>
      <td>
        {measured || !editable ? (
          (name.input.ref ?? "")
        ) : (
          <TextInput
            size="xs"
            aria-label={`${name.title}, ${m.businesscase_source()}`}
            className={classes.box}
            value={row.source ?? ""}
            onChange={(event) => onChange({ source: event.currentTarget.value || undefined })}
          />
        )}
      </td>
      {editable ? (
        <td className="lo-no-print">
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={!bindable}
            aria-label={`${name.title}: ${measured ? m.businesscase_bind_again() : m.businesscase_bind()}`}
            onClick={onBind}
          >
            {measured ? m.businesscase_bind_again() : m.businesscase_bind()}
          </Button>
        </td>
      ) : null}
    </tr>
  );
}

/** A changed end of a range. While it has no width, the likely value takes both ends along. */
function moved(range: Range, part: keyof Range, value: unknown): Range {
  const next = { ...range, [part]: value } as Range;
  if (part === "likely" && range.min === range.max) return { min: next.likely, likely: next.likely, max: next.likely };
  return next;
}
