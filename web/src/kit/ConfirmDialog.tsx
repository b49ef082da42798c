import { Button, Modal } from "@mantine/core";
import { type ReactElement, type ReactNode, useState } from "react";
import { asApiError } from "@/api/error";
import { m } from "@/paraglide/messages";
import classes from "./ConfirmDialog.module.css";
import "./theme/controls.css";
import { StatusMark } from "./StatusMark";

/**
 * Asks back before something that cannot simply be taken back. onConfirm may take time and may fail: the dialog stays
 * open with the reason.
 */
export function ConfirmDialog({
  opened,
  title,
  children,
  confirm,
  destructive = false,
  disabled = false,
  onConfirm,
  onClose,
}: {
  opened: boolean;
  title: string;
  children?: ReactNode;
  confirm: string;
  destructive?: boolean;
  disabled?: boolean;
  onConfirm: () => Promise<unknown> | unknown;
  onClose: () => void;
}): ReactElement {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      const failed = asApiError(error);
      setProblem([failed.message, failed.hint].filter(Boolean).join(" "));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": m.kit_close() }}>
      <div className={classes.body}>{children}</div>
      {problem ? (
        <p className={classes.problem} role="alert">
          <StatusMark status="missed" quiet word={m.kit_error()} />
          {problem}
        </p>
      ) : null}
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          {m.kit_cancel()}
        </Button>
        <Button
          variant={destructive ? "default" : "filled"}
          data-tone={destructive ? "bad" : undefined}
          disabled={disabled || busy}
          onClick={() => void run()}
        >
          {confirm}
        </Button>
      </div>
    </Modal>
  );
}
