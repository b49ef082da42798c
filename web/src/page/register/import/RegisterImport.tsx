import { Button, Checkbox, Modal } from "@mantine/core";
import { type ReactElement, useRef, useState } from "react";
import { type ApiError, asApiError } from "@/api/error";
import type { Job } from "@/api/types/job";
import type { KindInfo } from "@/api/types/register";
import { DropZone, Failed, Icon, JobProgress, Loading, StatusMark } from "@/kit";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useRefresh } from "../data";
import {
  type Choices,
  type ImportDone,
  type ImportPreview,
  largestFile,
  load,
  noChoices,
  refusedRows,
  rehearse,
} from "./data";
import { ImportErrors } from "./ImportErrors";
import { ImportMapping } from "./ImportMapping";
import { ImportOutcome } from "./ImportOutcome";
import { ImportReceipt } from "./ImportReceipt";
import classes from "./import.module.css";

/** The button "Einlesen" of a register and its dialog: file, mapping, dry run, load, undo. */
export function RegisterImport({ kind }: { kind: KindInfo }): ReactElement | null {
  const [opened, setOpened] = useState(false);
  if (kind.read_only || (!kind.may.includes("create") && !kind.may.includes("update"))) return null;
  return (
    <>
      <Button variant="default" leftSection={<Icon name="arrowUp" />} onClick={() => setOpened(true)}>
        {m.register_import()}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size={960}
        title={m.register_import_title({ name: kind.many })}
        closeButtonProps={{ "aria-label": m.kit_close() }}
      >
        <Steps kind={kind} onClose={() => setOpened(false)} />
      </Modal>
    </>
  );
}

function Steps({ kind, onClose }: { kind: KindInfo; onClose: () => void }): ReactElement {
  const refresh = useRefresh();
  const [file, setFile] = useState<File | null>(null);
  const [choices, setChoices] = useState<Choices>(noChoices);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [done, setDone] = useState<ImportDone | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const [leave, setLeave] = useState(false);
  const [job, setJob] = useState("");
  const [refused, setRefused] = useState<Blob | null>(null);
  const asked = useRef(0);

  const read = async (next: File, how: Choices): Promise<void> => {
    const mine = ++asked.current;
    setFile(next);
    setChoices(how);
    setError(null);
    setLeave(false);
    setBusy(true);
    try {
      const answer = await rehearse(kind.name, how, next);
      if (asked.current === mine) setPreview(answer);
    } catch (failed) {
      if (asked.current === mine) setError(asApiError(failed));
    }
    if (asked.current === mine) setBusy(false);
  };
  const start = (next: File): void => {
    setPreview(null);
    if (next.size > largestFile) setError(asApiError(new Error(m.register_import_large())));
    else void read(next, noChoices);
  };
  const run = async (): Promise<void> => {
    if (!file || !preview) return;
    setBusy(true);
    setError(null);
    try {
      // Afterwards the rows that fit are there, and the same file would say something else.
      setRefused(leave ? await refusedRows(kind.name, choices, file) : null);
      setJob((await load(kind.name, choices, leave ? preview.counts.refused : 0, file)).id);
    } catch (failed) {
      setError(asApiError(failed));
    }
    setBusy(false);
  };
  const ended = (job: Job): void => {
    setJob("");
    setDone(job.output as ImportDone);
    void refresh();
  };
  const again = (): void => {
    asked.current++;
    setFile(null);
    setPreview(null);
    setDone(null);
    setJob("");
    setRefused(null);
    setError(null);
    setBusy(false);
  };

  if (done) return <ImportReceipt kind={kind} done={done} refused={refused} onAgain={again} onClose={onClose} />;
  if (job) {
    return (
      <div className={classes.steps}>
        <JobProgress key={job} id={job} onDone={ended} onRepeat={setJob} onCancelled={() => setJob("")} />
        <p className={classes.reason}>{m.register_import_runs()}</p>
        <div className={classes.actions}>
          <Button variant="default" onClick={again}>
            {m.register_import_again()}
          </Button>
          <Button variant="default" onClick={onClose}>
            {m.kit_close()}
          </Button>
        </div>
      </div>
    );
  }
  if (!preview || !file) {
    return (
      <div className={classes.steps}>
        {error ? <Problem error={error} /> : null}
        {busy ? (
          <Loading height={160} text={m.register_import_reading()} />
        ) : (
          <DropZone onFile={start} note={m.register_import_note()} />
        )}
      </div>
    );
  }
  const { counts } = preview;
  const rows = counts.create + counts.update;
  return (
    <div className={classes.steps} aria-busy={busy}>
      <p className={classes.file}>
        <strong>{file.name}</strong>
        <span>{[preview.format.toUpperCase(), preview.encoding || preview.sheet].filter(Boolean).join(", ")}</span>
        <Button variant="subtle" onClick={again}>
          {m.register_import_other()}
        </Button>
      </p>
      {error ? <Failed error={error} onRetry={() => void read(file, choices)} /> : null}
      <ImportMapping kind={kind} preview={preview} choices={choices} onChange={(next) => void read(file, next)} />
      <ImportOutcome kind={kind} preview={preview} />
      {counts.refused > 0 ? (
        <>
          <ImportErrors
            kind={kind}
            errors={preview.errors}
            found={preview.found}
            rows={() => refusedRows(kind.name, choices, file)}
          />
          {rows > 0 ? (
            <Checkbox
              checked={leave}
              onChange={(event) => setLeave(event.currentTarget.checked)}
              label={m.register_import_leave({ n: counts.refused, count: int(counts.refused) })}
            />
          ) : null}
        </>
      ) : null}
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          {m.kit_cancel()}
        </Button>
        <Button disabled={busy || rows === 0 || (counts.refused > 0 && !leave)} onClick={() => void run()}>
          {m.register_import_run({ n: rows, count: int(rows) })}
        </Button>
      </div>
    </div>
  );
}

function Problem({ error }: { error: ApiError }): ReactElement {
  return (
    <p className={classes.problem} role="alert">
      <StatusMark status="missed" quiet word={m.kit_error()} />
      {[error.message, error.hint].filter(Boolean).join(" ")}
    </p>
  );
}
