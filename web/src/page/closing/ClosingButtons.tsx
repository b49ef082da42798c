import { Button, Textarea } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { asApiError, send } from "@/api";
import type { Closing } from "@/api/types/effect";
import { ConfirmDialog } from "@/kit";
import { useRefresh } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import classes from "./closing.module.css";

type Step = "confirm" | "sign" | "refuse" | "reopen";

/** The steps of a closing that the person may take now. Refusing and reopening want a reason. */
export function ClosingButtons({ closing }: { closing: Closing }): ReactElement | null {
  const refresh = useRefresh();
  const [asking, setAsking] = useState<"refuse" | "reopen" | null>(null);
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState("");
  const take = async (step: Step, words = ""): Promise<void> => {
    await send("post", `/closings/{id}/${step}`, {
      path: { id: closing.id },
      ifMatch: closing.version,
      body: { note: words },
    });
    await refresh();
  };
  const run = (step: Step) => async (): Promise<void> => {
    setProblem("");
    try {
      await take(step);
    } catch (error) {
      const failed = asApiError(error);
      setProblem([failed.message, failed.hint].filter(Boolean).join(" "));
    }
  };
  const may = (step: Step): boolean => closing.may.includes(step);
  return (
    <>
      {may("reopen") ? (
        <Button variant="default" onClick={() => setAsking("reopen")}>
          {m.closing_reopen()}
        </Button>
      ) : null}
      {may("refuse") ? (
        <Button variant="default" onClick={() => setAsking("refuse")}>
          {m.closing_refuse()}
        </Button>
      ) : null}
      {may("confirm") ? <Button onClick={() => void run("confirm")()}>{m.closing_confirm()}</Button> : null}
      {may("sign") ? <Button onClick={() => void run("sign")()}>{m.closing_sign()}</Button> : null}
      {problem ? (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      ) : null}
      <ConfirmDialog
        opened={asking !== null}
        title={asking === "reopen" ? m.closing_reopen_title() : m.closing_refuse_title()}
        confirm={asking === "reopen" ? m.closing_reopen() : m.closing_refuse()}
        disabled={note.trim() === ""}
        onClose={() => setAsking(null)}
        onConfirm={async () => {
          if (asking) await take(asking, note.trim());
          setNote("");
        }}
      >
        <Textarea
          label={m.closing_reason()}
          data-autofocus
          autosize
          minRows={3}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </ConfirmDialog>
    </>
  );
}
