import { Button, Select, TextInput } from "@mantine/core";
import { type KeyboardEvent, type ReactElement, useEffect, useId, useMemo, useRef, useState } from "react";
import type { Analysis, FileColumn, MappingSuggestion, Plan } from "@/api/types/data";
import { Icon, RemarkList, Section } from "@/kit";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { fieldsOf, fixedTables, keep, requirement, skip, tableTitle } from "../fields";
import { Certainty } from "./Certainty";
import { FileFacts } from "./FileFacts";
import { PreviewTable } from "./PreviewTable";
import { Suitability } from "./Suitability";
import { mapColumn, type Reading, tableName } from "./state";
import classes from "./Wizard.module.css";

const firstColumns = 60;

/** Which column is what: each suggestion with its reason and certainty, the doubtful one has the focus. */
export function MapStep({
  analysis,
  plan,
  onPlan,
  onReread,
  onTable,
  onNext,
}: {
  analysis: Analysis;
  plan: Plan;
  onPlan: (plan: Plan) => void;
  onReread: (reading: Reading) => void;
  /** Another table has another proposal. */
  onTable: (table: string) => void;
  onNext: () => void;
}): ReactElement {
  const suggestions = useMemo(
    () => new Map(analysis.mapping.map((one) => [one.column, one] as const)),
    [analysis.mapping],
  );
  const chosen = useMemo(
    () => new Map(plan.mapping.map((entry) => [entry.column, entry.field] as const)),
    [plan.mapping],
  );
  const [all, setAll] = useState(false);
  const body = useRef<HTMLTableSectionElement>(null);
  const columns = analysis.columns;
  const shown = all ? columns : columns.slice(0, firstColumns);
  const doubtful = useDoubtful(analysis.mapping);

  useEffect(() => {
    const doubt = body.current?.querySelector<HTMLInputElement>("[data-doubtful] input");
    (doubt ?? document.getElementById("inhalt"))?.focus({ preventScroll: true });
  }, []);

  // Wherever the focus is: the key stands on the button in the head of the page.
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onNext();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onNext]);

  const step = (from: HTMLElement, by: number): void => {
    const inputs = [...(body.current?.querySelectorAll<HTMLInputElement>("input[data-column]") ?? [])];
    inputs[inputs.indexOf(from as HTMLInputElement) + by]?.focus();
  };

  return (
    <div className={classes.two}>
      <div className={classes.mainColumn}>
        <FileFacts analysis={analysis} onReread={onReread} />
        <Target analysis={analysis} plan={plan} onPlan={onPlan} onTable={onTable} />
        <div className={classes.scroll}>
          <table className={classes.mapping}>
            <caption className="lo-sr">{m.data_map_title()}</caption>
            <thead>
              <tr>
                <th scope="col">{m.data_column_examples()}</th>
                <td />
                <th scope="col">{m.data_field()}</th>
                <th scope="col">{m.data_reason()}</th>
                <th scope="col">{m.data_certain()}</th>
              </tr>
            </thead>
            <tbody ref={body}>
              {shown.map((column) => (
                <ColumnRow
                  key={column.name}
                  column={column}
                  suggestion={suggestions.get(column.name)}
                  table={plan.table}
                  field={chosen.get(column.name) ?? keep}
                  doubtful={column.name === doubtful}
                  onField={(field) => onPlan(mapColumn(plan, column.name, field))}
                  onStep={step}
                />
              ))}
            </tbody>
          </table>
        </div>
        {columns.length > shown.length ? (
          <Button variant="subtle" onClick={() => setAll(true)}>
            {m.data_more_columns({ n: int(columns.length - shown.length) })}
          </Button>
        ) : null}
        <Section title={m.data_preview()} first>
          <PreviewTable plan={plan} analysis={analysis} />
        </Section>
        <RemarkList remarks={analysis.remarks} />
      </div>
      <Suitability analysis={analysis} plan={plan} onPlan={onPlan} />
    </div>
  );
}

/** The least certain suggestion, if there is a doubtful one. */
function useDoubtful(mapping: readonly MappingSuggestion[]): string | undefined {
  return mapping.find((one) => one.certainty === 1 && one.field !== skip)?.column;
}

function Target({
  analysis,
  plan,
  onPlan,
  onTable,
}: {
  analysis: Analysis;
  plan: Plan;
  onPlan: (plan: Plan) => void;
  onTable: (table: string) => void;
}): ReactElement {
  const fixed = (fixedTables as readonly string[]).includes(plan.table);
  const choice = analysis.proposal.tables.find((one) => one.table === plan.table) ?? analysis.proposal;
  return (
    <div className={classes.target}>
      <Select
        label={m.data_read_as()}
        data={[
          ...fixedTables.map((table) => ({ value: table, label: tableTitle(table) })),
          { value: "free", label: m.data_table_free() },
        ]}
        value={fixed ? plan.table : "free"}
        onChange={(table) => table && onTable(table === "free" ? tableName(analysis.upload.name) : table)}
      />
      {plan.table === "events" ? (
        <TextInput
          label={m.data_process()}
          value={plan.process}
          error={plan.process.trim() === "" ? m.data_process_needed() : undefined}
          onChange={(event) => onPlan({ ...plan, process: event.target.value })}
        />
      ) : fixed ? null : (
        <TextInput
          label={m.data_table_name()}
          value={plan.table}
          error={plan.table.trim() === "" ? m.data_table_name_needed() : undefined}
          onChange={(event) => onPlan({ ...plan, table: event.target.value })}
        />
      )}
      <p className={classes.targetReason}>
        {choice.reason} <Certainty level={choice.certainty} />
      </p>
    </div>
  );
}

function ColumnRow({
  column,
  suggestion,
  table,
  field,
  doubtful,
  onField,
  onStep,
}: {
  column: FileColumn;
  suggestion: MappingSuggestion | undefined;
  table: string;
  field: string;
  doubtful: boolean;
  onField: (field: string) => void;
  onStep: (from: HTMLElement, by: number) => void;
}): ReactElement {
  const id = useId();
  const [open, setOpen] = useState(false);
  const options = useMemo(
    () => [
      ...fieldsOf(table).map((one) => ({ value: one.name, label: one.required ? `${one.label()} *` : one.label() })),
      { value: "keep", label: m.data_keep({ name: column.name.replace(/^case:/, "") }) },
      { value: skip, label: m.data_skip() },
    ],
    [table, column.name],
  );
  const own = suggestion?.field === field;
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      event.stopPropagation();
      onStep(event.currentTarget, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "x" || event.key === "X") {
      event.preventDefault();
      onField(field === skip ? keep : skip);
    }
  };
  return (
    <tr data-doubtful={doubtful || undefined} data-skipped={field === skip || undefined}>
      <th scope="row" id={id}>
        <span className={classes.columnName}>{column.name}</span>
        <span className={classes.examples}>
          {column.empty_share > 0.9
            ? m.data_mostly_empty({ share: String(Math.round(column.empty_share * 100)) })
            : column.examples.slice(0, 3).join(" · ")}
        </span>
      </th>
      <td className={classes.arrow} aria-hidden="true">
        <Icon name="right" size={12} />
      </td>
      <td>
        <Select
          aria-labelledby={id}
          data={options}
          value={field === keep ? "keep" : field}
          data-column
          dropdownOpened={open}
          onDropdownOpen={() => setOpen(true)}
          onDropdownClose={() => setOpen(false)}
          onKeyDownCapture={onKey}
          onChange={(value) => onField(value === "keep" ? keep : (value ?? field))}
          maxDropdownHeight={360}
        />
      </td>
      <td className={classes.reason}>{own ? suggestion?.reason : m.data_own_choice()}</td>
      <td>{own ? <Certainty level={suggestion?.certainty ?? 1} /> : null}</td>
    </tr>
  );
}

/** What is still missing before the file can be checked. */
export function planProblem(plan: Plan): string {
  const { missing } = requirement(
    plan.table,
    plan.mapping.map((entry) => entry.field),
  );
  if (missing.length > 0) return m.data_missing({ fields: missing.join(", ") });
  if (plan.table === "events" && plan.process.trim() === "") return m.data_process_needed();
  if (plan.purposes.some((one) => one.purpose.trim().length < 3)) return m.data_purpose_short();
  if (plan.table.trim() === "") return m.data_table_name_needed();
  return "";
}
