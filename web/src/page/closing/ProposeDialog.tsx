import { Button, Modal, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { type ApiError, asApiError, send } from "@/api";
import type { Closing, ClosingDue } from "@/api/types/effect";
import type { FieldInfo } from "@/api/types/register";
import { FieldForm } from "@/kit/field/FieldForm";
import { useKind, useRefresh } from "@/page/register/data";
import { Refused } from "@/page/register/RecordForm";
import { m } from "@/paraglide/messages";
import classes from "./closing.module.css";
import { closingHref } from "./words";

/** Proposes the closing of a period or an effect; where the department confirms, it names who. */
export function ProposeDialog({
  due,
  department,
  onClose,
}: {
  due: Pick<ClosingDue, "plan" | "metric" | "process" | "grain" | "from" | "title" | "label">;
  department: boolean;
  onClose: () => void;
}): ReactElement {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const { kind } = useKind("closing");
  const confirmer = kind?.fields.find((field) => field.name === "confirmer");
  const [person, setPerson] = useState<unknown>(undefined);
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const what = due.plan
      ? { plan: due.plan }
      : { metric: due.metric, process: due.process || undefined, grain: due.grain, from: due.from };
    try {
      const made = await send<Closing>("post", "/closings", {
        body: { ...what, confirmer: person || undefined, note: note.trim() || undefined },
      });
      await refresh();
      await navigate({ to: closingHref(made.id) });
    } catch (error) {
      setProblem(asApiError(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={m.closing_propose_title({ title: due.title, period: due.label })}
      closeButtonProps={{ "aria-label": m.kit_close() }}
    >
      <form
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p>{m.closing_propose_text()}</p>
        {department && confirmer ? (
          <FieldForm
            narrow
            fields={[{ ...confirmer, managed: false, computed: false, required: true } as FieldInfo]}
            value={{ confirmer: person }}
            problems={problem?.fields}
            onChange={(_, next) => setPerson(next)}
          />
        ) : null}
        <Textarea
          label={m.closing_note()}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {problem ? <Refused problem={problem} /> : null}
        <div className={classes.buttons}>
          <Button type="submit" loading={busy}>
            {m.closing_propose()}
          </Button>
          <Button variant="default" onClick={onClose}>
            {m.closing_cancel()}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
