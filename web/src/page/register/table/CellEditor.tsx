import { Button } from "@mantine/core";
import { type FocusEvent, type KeyboardEvent, type ReactElement, useRef, useState } from "react";
import { type ApiError, asApiError } from "@/api";
import type { FieldInfo, KindInfo, RecordItem, RecordOne } from "@/api/types/register";
import { below } from "@/kit/field/shell";
import { fieldType } from "@/kit/field/types";
import { personName } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { patchRecord, readRecord, same } from "../data";
import classes from "./table.module.css";

/** One cell being changed: Enter or leaving it saves, Esc gives up; a newer value is shown beside the own one. */
export function CellEditor({
  kind,
  field,
  record,
  onSaved,
  onClose,
}: {
  kind: KindInfo;
  field: FieldInfo;
  record: RecordItem;
  onSaved: (saved: RecordOne, before: number) => void;
  onClose: () => void;
}): ReactElement {
  const start = record.value[field.name];
  const [value, setValue] = useState<unknown>(start);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [theirs, setTheirs] = useState<RecordOne | null>(null);
  const busy = useRef(false);
  const { Input, check } = fieldType(field);
  const own = check?.(field, value) ?? {};
  const said = Object.fromEntries((problem?.fields ?? []).map((one) => [one.field, one.text]));
  const problems = { ...below(said, field.name), ...own };
  // A choice is made by choosing; everything else by Enter or by leaving the cell.
  const atOnce =
    field.type === "choice" || field.type === "yesno" || field.type === "reference" || field.type === "person";

  const write = async (next: unknown, version: number, base: unknown): Promise<void> => {
    try {
      const saved = await patchRecord(kind.name, record.id, version, { [field.name]: next });
      onSaved(saved, version);
    } catch (error) {
      const failed = asApiError(error);
      if (!failed.stale) throw failed;
      const now = await readRecord(kind.name, record.id);
      if (now.version !== version && same(now.value[field.name], base)) await write(next, now.version, base);
      else setTheirs(now);
    }
  };
  const save = async (next: unknown, version = record.version, base = start): Promise<void> => {
    if (busy.current) return;
    if (same(next, base) && version === record.version) return onClose();
    if (Object.keys(check?.(field, next) ?? {}).length > 0) return;
    busy.current = true;
    setProblem(null);
    try {
      await write(next, version, base);
    } catch (error) {
      setProblem(asApiError(error));
    } finally {
      busy.current = false;
    }
  };
  const onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.defaultPrevented) return;
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && !theirs) void save(value);
    else return;
    event.preventDefault();
  };
  const onBlur = (event: FocusEvent<HTMLElement>): void => {
    if (event.currentTarget.contains(event.relatedTarget) || theirs || problem) return;
    // A dialog that the input opened takes the focus; the cell waits for it.
    if (document.querySelector("[role=dialog]")) return;
    void save(value);
  };
  const message = problem && problem.fields.length === 0 ? [problem.message, problem.hint].join(" ") : "";
  const text = (one: unknown): string =>
    one === undefined ? m.register_empty_value() : fieldType(field).text(field, one);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the input inside
    <div className={classes.editor} onKeyDown={onKey} onBlur={onBlur}>
      <Input
        field={field}
        value={value}
        problems={problems}
        plain
        autoFocus
        onChange={(next) => {
          setValue(next);
          setProblem(null);
          if (atOnce) void save(next);
        }}
      />
      {message ? (
        <p role="alert" className={classes.problem}>
          {message}
        </p>
      ) : null}
      {theirs ? (
        <div role="alert" className={classes.both}>
          <p>
            {m.register_cell_conflict({ by: personName(theirs.updated_by), value: text(theirs.value[field.name]) })}
          </p>
          <Button size="xs" onClick={() => void save(value, theirs.version, theirs.value[field.name])}>
            {m.register_cell_mine({ value: text(value) })}
          </Button>
          <Button size="xs" variant="default" onClick={() => onSaved(theirs, theirs.version)}>
            {m.register_cell_theirs()}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** Whether a field of a record can be changed in its cell. */
export function editable(field: FieldInfo, record: RecordItem): boolean {
  return (
    !record.deleted &&
    record.may.includes("update") &&
    Boolean(fieldType(field).inline) &&
    !field.managed &&
    !field.computed
  );
}
