import { type ReactElement, useEffect, useRef, useState } from "react";
import { type ApiError, asApiError } from "@/api/error";
import type { Upload } from "@/api/types/data";
import { type RunningUpload, uploadFile } from "@/api/upload";
import { DropZone, Failed, Running } from "@/kit";
import { bytes } from "@/kit/format";
import { takeFile } from "@/kit/pendingFile";
import { m } from "@/paraglide/messages";
import classes from "./Wizard.module.css";

/** Choosing and sending the file. The file goes to the server as it is; nothing is loaded by that. */
export function FileStep({ onUploaded }: { onUploaded: (upload: Upload) => void }): ReactElement {
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState({ done: 0, total: 0 });
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [startedAt, setStartedAt] = useState("");
  const running = useRef<RunningUpload | null>(null);
  const uploaded = useRef(onUploaded);
  uploaded.current = onUploaded;

  const begin = (chosen: File): void => {
    setFile(chosen);
    setProblem(null);
    setSent({ done: 0, total: chosen.size });
    setStartedAt(new Date().toISOString());
    const upload = uploadFile(chosen, (done, total) => setSent({ done, total }));
    running.current = upload;
    upload.done.then(
      (answer) => {
        running.current = null;
        uploaded.current(answer);
      },
      (error: unknown) => {
        running.current = null;
        setFile(null);
        const failed = asApiError(error);
        setProblem(failed.code === "cancelled" ? null : failed);
      },
    );
  };

  const start = useRef(begin);
  start.current = begin;
  useEffect(() => {
    const waiting = takeFile();
    if (waiting) start.current(waiting);
  }, []);
  useWarnBeforeLeaving(file !== null);

  return (
    <div className={classes.narrow}>
      {file ? (
        <Running
          phase={m.data_uploading({ name: file.name })}
          done={sent.done}
          total={sent.total}
          startedAt={startedAt}
          unit={bytes}
          onCancel={() => running.current?.cancel()}
        />
      ) : (
        <DropZone onFile={begin} />
      )}
      {problem ? <Failed error={problem} /> : null}
      {file ? null : (
        <dl className={classes.tables}>
          <dt>{m.data_table_events()}</dt>
          <dd>{m.data_needs_events()}</dd>
          <dt>{m.data_table_orders()}</dt>
          <dd>{m.data_needs_orders()}</dd>
          <dt>{m.data_table_tickets()}</dt>
          <dd>{m.data_needs_tickets()}</dd>
          <dt>{m.data_table_free()}</dt>
          <dd>{m.data_needs_free()}</dd>
        </dl>
      )}
    </div>
  );
}

/** An upload ends with the window; the browser asks before. */
function useWarnBeforeLeaving(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [active]);
}
