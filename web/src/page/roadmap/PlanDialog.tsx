import { Textarea, TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { send } from "@/api";
import type { RecordOne } from "@/api/types/register";
import { ConfirmDialog } from "@/kit";
import { date } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./roadmap.module.css";

/** Freezes what is planned and brings it before the ones who approve. */
export function PlanDialog({
  today,
  onDone,
  onClose,
}: {
  today: string;
  onDone: (id: string) => void;
  onClose: () => void;
}): ReactElement {
  const [title, setTitle] = useState<string>(m.roadmap_plan_default({ day: date(today) }));
  const [note, setNote] = useState("");
  return (
    <ConfirmDialog
      opened
      title={m.roadmap_plan_freeze()}
      confirm={m.roadmap_plan_freeze()}
      disabled={title.trim() === ""}
      onClose={onClose}
      onConfirm={async () => {
        const made = await send<RecordOne>("post", "/roadmap/plans", {
          body: { title: title.trim(), note, propose: true },
        });
        onDone(made.id);
      }}
    >
      <div className={classes.dialog}>
        <p className={classes.note}>{m.roadmap_plan_text()}</p>
        <TextInput
          label={m.roadmap_plan_title()}
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          label={m.roadmap_plan_note()}
          value={note}
          maxLength={5000}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
    </ConfirmDialog>
  );
}
