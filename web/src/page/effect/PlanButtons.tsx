import { Button, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import { asApiError, send } from "@/api";
import { ConfirmDialog } from "@/kit";
import { useRecord, useRefresh } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import classes from "./effect.module.css";

type Step = "propose" | "withdraw" | "sign" | "refuse";

/** The steps towards the signature of a plan that the person may take now. */
export function PlanButtons({ plan }: { plan: string }): ReactElement | null {
  const query = useRecord("effect_plan", plan);
  const refresh = useRefresh();
  const navigate = useNavigate();
  const [refusing, setRefusing] = useState(false);
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState("");
  const record = query.data;
  if (!record) return null;
  const take = async (step: Step, words = ""): Promise<void> => {
    await send("post", `/effect_plans/{id}/${step}`, {
      path: { id: plan },
      ifMatch: record.version,
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
  const update = record.may.includes("update");
  const approve = record.may.includes("approve") && record.state === "proposed";
  return (
    <>
      {update && record.state !== "approved" ? (
        <Button
          variant="default"
          onClick={() => void navigate({ to: "/register/$kind/$id", params: { kind: "effect_plan", id: plan } })}
        >
          {m.effect_plan_edit()}
        </Button>
      ) : null}
      {update && (record.state === "" || record.state === "refused") ? (
        <Button onClick={() => void run("propose")()}>{m.effect_plan_propose()}</Button>
      ) : null}
      {update && record.state === "proposed" ? (
        <Button variant="default" onClick={() => void run("withdraw")()}>
          {m.effect_plan_withdraw()}
        </Button>
      ) : null}
      {approve ? (
        <>
          <Button variant="default" onClick={() => setRefusing(true)}>
            {m.effect_plan_refuse()}
          </Button>
          <Button onClick={() => void run("sign")()}>{m.effect_plan_sign()}</Button>
        </>
      ) : null}
      {problem ? (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      ) : null}
      <ConfirmDialog
        opened={refusing}
        title={m.effect_plan_refuse_title()}
        confirm={m.effect_plan_refuse()}
        disabled={note.trim() === ""}
        onClose={() => setRefusing(false)}
        onConfirm={() => take("refuse", note.trim())}
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
