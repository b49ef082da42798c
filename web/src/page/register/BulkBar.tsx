import { Button, Select } from "@mantine/core";
import { type ReactElement, useState } from "react";
import type { KindInfo, RecordItem } from "@/api/types/register";
import { ConfirmDialog } from "@/kit";
import { fieldType } from "@/kit/field/types";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { type BulkBody, bulk, useRefresh } from "./data";
import classes from "./register.module.css";

/** What was just done, and how it is taken back. */
export interface Done {
  text: string;
  undo: BulkBody;
}

/** How a change of many records is taken back, from what the server said of each. */
export function undoOf(action: BulkBody["action"], items: { id: string; before: number; after: number }[]): BulkBody {
  switch (action) {
    case "delete":
      return { action: "restore", records: items.map((one) => ({ id: one.id, version: one.after })) };
    case "restore":
      return { action: "delete", records: items.map((one) => ({ id: one.id, version: one.after })) };
    default: {
      const moved = items.filter((one) => one.after !== one.before);
      return { action: "back", records: moved.map((one) => ({ id: one.id, version: one.after, to: one.before })) };
    }
  }
}

/** The bar of the chosen rows at the foot of the table. */
export function BulkBar({
  kind,
  rows,
  deleted,
  onDone,
  onClear,
}: {
  kind: KindInfo;
  rows: RecordItem[];
  deleted: boolean;
  onDone: (done: Done) => void;
  onClear: () => void;
}): ReactElement {
  const refresh = useRefresh();
  const [asking, setAsking] = useState<"change" | "delete" | null>(null);
  const may = (action: string): boolean => rows.every((row) => row.may.includes(action));
  const run = async (action: BulkBody["action"], value?: Record<string, unknown>): Promise<void> => {
    const records = rows.map((row) => ({ id: row.id, version: row.version }));
    const answer = await bulk(kind.name, { action, records, value });
    const undo = undoOf(action, answer.items);
    await refresh();
    onClear();
    onDone({ text: doneText(action, answer.items.length), undo });
  };
  const some = rows.length <= 500;
  return (
    <section className={`${classes.bulk} lo-no-print`} aria-label={m.register_bulk()}>
      <strong role="status">{m.register_chosen({ n: rows.length, count: int(rows.length) })}</strong>
      {some ? null : <span>{m.register_bulk_most()}</span>}
      {!deleted && some && may("update") ? (
        <Button variant="transparent" onClick={() => setAsking("change")}>
          {m.register_change_field()}
        </Button>
      ) : null}
      {!deleted && some && may("delete") ? (
        <Button variant="transparent" onClick={() => setAsking("delete")}>
          {m.register_delete()}
        </Button>
      ) : null}
      {deleted && some && may("delete") ? <RestoreButton onRun={() => run("restore")} /> : null}
      <Button variant="transparent" onClick={onClear} rightSection={<kbd>Esc</kbd>}>
        {m.register_clear()}
      </Button>
      {asking === "change" ? (
        <ChangeDialog
          kind={kind}
          count={rows.length}
          onClose={() => setAsking(null)}
          onRun={(name, value) => run("change", { [name]: value ?? null })}
        />
      ) : null}
      <ConfirmDialog
        opened={asking === "delete"}
        title={m.register_delete_many({ n: rows.length, count: int(rows.length) })}
        confirm={m.register_delete()}
        destructive
        onClose={() => setAsking(null)}
        onConfirm={() => run("delete")}
      >
        <p>{m.register_delete_text()}</p>
      </ConfirmDialog>
    </section>
  );
}

function RestoreButton({ onRun }: { onRun: () => Promise<void> }): ReactElement {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="transparent" onClick={() => setAsking(true)}>
        {m.register_restore()}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={m.register_restore_many()}
        confirm={m.register_restore()}
        onClose={() => setAsking(false)}
        onConfirm={onRun}
      />
    </>
  );
}

function doneText(action: BulkBody["action"], n: number): string {
  const count = { n, count: int(n) };
  if (action === "delete") return m.register_done_deleted(count);
  return action === "restore" ? m.register_done_restored(count) : m.register_done_changed(count);
}

/** One field and its new value for all chosen records. */
function ChangeDialog({
  kind,
  count,
  onRun,
  onClose,
}: {
  kind: KindInfo;
  count: number;
  onRun: (field: string, value: unknown) => Promise<void>;
  onClose: () => void;
}): ReactElement | null {
  const fields = kind.fields.filter(
    (field) => fieldType(field).inline && !field.managed && !field.computed && field.name !== kind.heading,
  );
  const [name, setName] = useState(fields[0]?.name ?? "");
  const [value, setValue] = useState<unknown>();
  const field = fields.find((one) => one.name === name);
  if (!field) return null;
  const { Input, check } = fieldType(field);
  const problems = check?.(field, value) ?? {};
  return (
    <ConfirmDialog
      opened
      title={m.register_change_many({ n: count, count: int(count) })}
      confirm={m.register_change()}
      disabled={Object.keys(problems).length > 0 || (field.required && value === undefined)}
      onClose={onClose}
      onConfirm={() => onRun(name, value)}
    >
      <div className={classes.dialog}>
        <Select
          label={m.register_field()}
          data={fields.map((one) => ({ value: one.name, label: one.title }))}
          value={name}
          data-autofocus
          onChange={(next) => {
            setName(next ?? name);
            setValue(undefined);
          }}
        />
        <Input key={name} field={field} value={value} onChange={setValue} problems={problems} />
        {value === undefined && !field.required ? <p className={classes.note}>{m.register_change_empty()}</p> : null}
      </div>
    </ConfirmDialog>
  );
}

/** Says what was done and offers to take it back. */
export function DoneBar({ kind, done, onClose }: { kind: KindInfo; done: Done; onClose: () => void }): ReactElement {
  const refresh = useRefresh();
  const [problem, setProblem] = useState("");
  const undo = async (): Promise<void> => {
    try {
      if (done.undo.records.length > 0) await bulk(kind.name, done.undo);
      await refresh();
      onClose();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <section className={`${classes.bulk} lo-no-print`} aria-label={m.register_done()}>
      <strong role="status">{problem || done.text}</strong>
      {problem ? null : (
        <Button variant="transparent" onClick={() => void undo()}>
          {m.register_undo()}
        </Button>
      )}
      <Button variant="transparent" onClick={onClose} rightSection={<kbd>Esc</kbd>}>
        {m.kit_close()}
      </Button>
    </section>
  );
}
