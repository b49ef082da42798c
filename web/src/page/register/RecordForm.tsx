import { Button, Radio } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { type ReactElement, useEffect, useMemo, useRef, useState } from "react";
import type { ApiError } from "@/api";
import type { KindInfo, RecordOne } from "@/api/types/register";
import { StatusMark } from "@/kit";
import { FileOwner } from "@/kit/field/attachments";
import { FieldForm, ReadField } from "@/kit/field/FieldForm";
import { fieldType } from "@/kit/field/types";
import { dateTime, personName, time } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./register.module.css";
import { type Conflict, type RecordEdit, useRecordEdit } from "./useRecordEdit";

/** The form of a record, or the record to be read where the person may not change it. */
export function RecordForm({
  kind,
  record,
  narrow = false,
}: {
  kind: KindInfo;
  record: RecordOne;
  narrow?: boolean;
}): ReactElement {
  const may = !record.deleted && record.may.includes("update");
  const owner = useMemo(() => ({ kind: kind.name, id: record.id }), [kind.name, record.id]);
  return (
    <FileOwner value={owner}>
      {may ? (
        <Editing kind={kind} record={record} narrow={narrow} />
      ) : (
        <Reading kind={kind} record={record} narrow={narrow} />
      )}
    </FileOwner>
  );
}

function Reading({ kind, record, narrow }: { kind: KindInfo; record: RecordOne; narrow: boolean }): ReactElement {
  const visible = kind.fields.filter((field) => record.value[field.name] !== undefined);
  return (
    <div className={classes.reading} data-narrow={narrow || undefined}>
      {visible.map((field) => (
        <ReadField key={field.name} field={field} value={record.value[field.name]} />
      ))}
      {record.deleted ? null : <p className={classes.note}>{m.register_read_only()}</p>}
    </div>
  );
}

function Editing({ kind, record, narrow }: { kind: KindInfo; record: RecordOne; narrow: boolean }): ReactElement {
  const edit = useRecordEdit(kind, record);
  const form = useRef<HTMLFormElement>(null);
  const ready = edit.changed.length > 0 && !edit.busy && !edit.conflict;
  useHotkeys([["mod+S", () => ready && void edit.save()]], []);
  useFirstProblem(form, edit.problem);
  return (
    <form
      ref={form}
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void edit.save();
      }}
    >
      <FieldForm
        fields={kind.fields}
        value={edit.value}
        onChange={edit.set}
        problems={edit.problem?.fields}
        narrow={narrow}
      />
      <div className={classes.save}>
        {edit.problem ? <Refused problem={edit.problem} /> : null}
        {edit.conflict ? (
          <ConflictChoice key={edit.conflict.theirs.version} kind={kind} edit={edit} conflict={edit.conflict} />
        ) : (
          <div className={classes.buttons}>
            <Button type="submit" disabled={!ready} rightSection={<kbd>{m.register_key_save()}</kbd>}>
              {m.register_save()}
            </Button>
            <Button variant="default" disabled={edit.changed.length === 0} onClick={edit.discard}>
              {m.register_discard()}
            </Button>
          </div>
        )}
        <p className={classes.note} role="status">
          {stateOfDraft(edit, record)}
        </p>
      </div>
    </form>
  );
}

function stateOfDraft(edit: RecordEdit, record: RecordOne): string {
  const version = String(edit.version);
  if (edit.changed.length > 0 && edit.draftAt) return m.register_draft({ at: time(edit.draftAt), version });
  const saved = m.register_saved({
    version: String(record.version),
    at: dateTime(record.updated_at),
    by: personName(record.updated_by),
  });
  return edit.joined ? `${m.register_joined({ by: personName(edit.joined) })} ${saved}` : saved;
}

/** What the server refused as a whole; what it said of fields stands beside them. */
export function Refused({ problem }: { problem: ApiError }): ReactElement {
  return (
    <p role="alert" className={classes.problem}>
      <StatusMark status="missed" quiet word={m.kit_error()} />
      <span>
        {[
          problem.message,
          problem.fields.length > 0 ? m.register_fields_wrong({ n: problem.fields.length }) : "",
          problem.hint,
        ]
          .filter(Boolean)
          .join(" ")}
      </span>
    </p>
  );
}

/** After a refusal the first field that does not pass has the focus. */
export function useFirstProblem(form: React.RefObject<HTMLFormElement | null>, problem: ApiError | null): void {
  const [seen, setSeen] = useState<ApiError | null>(null);
  useEffect(() => {
    if (!problem || problem === seen || problem.fields.length === 0) return;
    setSeen(problem);
    const names = problem.fields.map((field) => field.field.replace(/[.[].*$/, ""));
    const boxes = [...(form.current?.querySelectorAll<HTMLElement>("[data-field]") ?? [])];
    const first = boxes.find((box) => names.includes(box.dataset.field ?? ""));
    const wrong = first?.querySelector<HTMLElement>("[aria-invalid=true], [data-error]");
    (wrong ?? first?.querySelector<HTMLElement>("input,textarea,button"))?.focus();
  }, [form, problem, seen]);
}

/** Somebody else saved in between: both values side by side, one choice per field. */
function ConflictChoice({
  kind,
  edit,
  conflict,
}: {
  kind: KindInfo;
  edit: RecordEdit;
  conflict: Conflict;
}): ReactElement {
  const [mine, setMine] = useState<Record<string, boolean>>(() =>
    Object.fromEntries(conflict.fields.map((name) => [name, true])),
  );
  const { theirs } = conflict;
  return (
    <div className={classes.conflict} role="alert">
      <p>
        <StatusMark
          status="restated"
          word={m.register_conflict({ by: personName(theirs.updated_by), at: dateTime(theirs.updated_at) })}
        />
      </p>
      {conflict.fields.map((name) => {
        const field = kind.fields.find((one) => one.name === name);
        if (!field) return null;
        const text = (value: unknown): string =>
          value === undefined ? m.register_empty_value() : fieldType(field).text(field, value);
        return (
          <Radio.Group
            key={name}
            label={field.title}
            value={mine[name] ? "mine" : "theirs"}
            onChange={(choice) => setMine({ ...mine, [name]: choice === "mine" })}
          >
            <div className={classes.sides}>
              <Radio value="mine" label={m.register_mine({ value: text(edit.value[name]) })} />
              <Radio value="theirs" label={m.register_theirs({ value: text(theirs.value[name]) })} />
            </div>
          </Radio.Group>
        );
      })}
      <div className={classes.buttons}>
        <Button disabled={edit.busy} onClick={() => void edit.resolve(mine)}>
          {m.register_save_choice()}
        </Button>
      </div>
    </div>
  );
}
