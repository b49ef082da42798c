import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { asApiError } from "@/api/error";
import type { KindInfo } from "@/api/types/register";
import { Icon, StatusMark } from "@/kit";
import { m } from "@/paraglide/messages";
import { useRefresh } from "../data";
import { type ImportDone, undoImport } from "./data";
import { ImportErrors } from "./ImportErrors";
import { countWords } from "./ImportOutcome";
import classes from "./import.module.css";

/** What an import did, and the way back. */
export function ImportReceipt({
  kind,
  done,
  refused,
  onAgain,
  onClose,
}: {
  kind: KindInfo;
  done: ImportDone;
  /** The rows that were left out, as a file. */
  refused: Blob | null;
  onAgain: () => void;
  onClose: () => void;
}): ReactElement {
  const refresh = useRefresh();
  const [undone, setUndone] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const undo = async (): Promise<void> => {
    setBusy(true);
    setProblem("");
    try {
      await undoImport(kind.name, done.items);
      setUndone(true);
      await refresh();
    } catch (failed) {
      const error = asApiError(failed);
      setProblem([error.message, error.hint].filter(Boolean).join(" "));
    }
    setBusy(false);
  };
  return (
    <div className={classes.steps}>
      <p role="status" className={classes.counts}>
        {undone ? m.register_import_undone() : m.register_import_done(countWords(done.counts))}
      </p>
      {problem ? (
        <p className={classes.problem} role="alert">
          <StatusMark status="missed" quiet word={m.kit_error()} />
          {problem}
        </p>
      ) : null}
      {done.found > 0 && refused ? (
        <ImportErrors kind={kind} errors={done.errors} found={done.found} rows={async () => refused} />
      ) : null}
      <div className={classes.actions}>
        {!undone && done.items.length > 0 ? (
          <Button variant="default" leftSection={<Icon name="undo" />} disabled={busy} onClick={() => void undo()}>
            {m.register_import_undo()}
          </Button>
        ) : null}
        <Button variant="default" onClick={onAgain}>
          {m.register_import_again()}
        </Button>
        <Button onClick={onClose}>{m.kit_close()}</Button>
      </div>
    </div>
  );
}
