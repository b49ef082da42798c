import { Button, Textarea } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { send } from "@/api";
import { asApiError } from "@/api/error";
import type { KindInfo, RecordOne } from "@/api/types/register";
import { ConfirmDialog, type Status, Tag } from "@/kit";
import { m } from "@/paraglide/messages";
import { useRefresh } from "./data";
import classes from "./register.module.css";
import { stateWord } from "./state";

type Decision = "propose" | "withdraw" | "approve" | "refuse";

const marks: Record<string, Status> = { proposed: "your_turn", approved: "fulfilled", refused: "not_fulfilled" };

/** The state of approval of a record as a tag. */
export function StateTag({ record }: { record: { state: string; may: string[] } }): ReactElement {
  // "Your turn" is said only to those whose turn it is.
  const status = record.state === "proposed" && !record.may.includes("approve") ? "running" : marks[record.state];
  return <Tag status={status ?? "open"}>{stateWord(record.state)}</Tag>;
}

/** The steps of approval that the person may take now. */
export function ApprovalButtons({ kind, record }: { kind: KindInfo; record: RecordOne }): ReactElement | null {
  const refresh = useRefresh();
  const [refusing, setRefusing] = useState(false);
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState("");
  if (!kind.approval || record.deleted) return null;
  const decide = async (step: Decision, words = ""): Promise<void> => {
    await send("post", "/records/{kind}/{id}/decide", {
      path: { kind: kind.name, id: record.id },
      ifMatch: record.version,
      body: { step, note: words },
    });
    await refresh();
  };
  const run = (step: Decision) => async (): Promise<void> => {
    setProblem("");
    try {
      await decide(step);
    } catch (error) {
      const failed = asApiError(error);
      setProblem([failed.message, failed.hint].filter(Boolean).join(" "));
    }
  };
  const update = record.may.includes("update");
  const approve = record.may.includes("approve") && record.state === "proposed";
  return (
    <>
      {update && (record.state === "" || record.state === "refused") ? (
        <Button variant="default" onClick={() => void run("propose")()}>
          {m.register_propose()}
        </Button>
      ) : null}
      {update && record.state === "proposed" ? (
        <Button variant="default" onClick={() => void run("withdraw")()}>
          {m.register_withdraw()}
        </Button>
      ) : null}
      {approve ? (
        <>
          <Button variant="default" onClick={() => setRefusing(true)}>
            {m.register_refuse()}
          </Button>
          <Button onClick={() => void run("approve")()}>{m.register_approve()}</Button>
        </>
      ) : null}
      {problem ? (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      ) : null}
      <ConfirmDialog
        opened={refusing}
        title={m.register_refuse_title()}
        confirm={m.register_refuse()}
        disabled={note.trim() === ""}
        onClose={() => setRefusing(false)}
        onConfirm={() => decide("refuse", note.trim())}
      >
        <Textarea
          label={m.register_reason()}
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
