import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { asApiError, send } from "@/api";
import type { KindInfo, RecordOne } from "@/api/types/register";
import { ConfirmDialog, Icon } from "@/kit";
import { m } from "@/paraglide/messages";
import { headingOf, useRefresh } from "./data";
import { useBackLinks } from "./LinkList";
import classes from "./register.module.css";

/** Deletes a record after asking, with what points here named; a deleted one is restored. */
export function DeleteButton({
  kind,
  record,
  onDeleted,
}: {
  kind: KindInfo;
  record: RecordOne;
  onDeleted?: () => void;
}): ReactElement | null {
  const refresh = useRefresh();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState("");
  if (!record.may.includes("delete")) return null;
  const path = { kind: kind.name, id: record.id };
  const restore = async (): Promise<void> => {
    setProblem("");
    try {
      await send("post", "/records/{kind}/{id}/restore", { path, ifMatch: record.version });
      await refresh();
    } catch (error) {
      const failed = asApiError(error);
      setProblem([failed.message, failed.hint].filter(Boolean).join(" "));
    }
  };
  if (record.deleted) {
    return (
      <>
        <Button leftSection={<Icon name="undo" />} onClick={() => void restore()}>
          {m.register_restore()}
        </Button>
        {problem ? (
          <p role="alert" className={classes.problem}>
            {problem}
          </p>
        ) : null}
      </>
    );
  }
  return (
    <>
      <Button variant="default" data-tone="bad" onClick={() => setAsking(true)}>
        {m.register_delete()}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={m.register_delete_title({ name: headingOf(kind, record) })}
        confirm={m.register_delete()}
        destructive
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          await send("delete", "/records/{kind}/{id}", { path, ifMatch: record.version });
          await refresh();
          onDeleted?.();
        }}
      >
        {asking ? <Pointing kind={kind} id={record.id} /> : null}
      </ConfirmDialog>
    </>
  );
}

/** What still points at a record, by name. */
function Pointing({ kind, id }: { kind: KindInfo; id: string }): ReactElement {
  const back = (useBackLinks(kind, id).data?.items ?? []).filter((one) => one.back);
  if (back.length === 0) return <p>{m.register_delete_text()}</p>;
  return (
    <>
      <p>{m.register_delete_pointing({ n: back.length })}</p>
      <ul className={classes.pointing}>
        {back.slice(0, 12).map((one) => (
          <li key={`${one.kind}/${one.id}/${one.field}`}>
            {one.name} <span>({one.title})</span>
          </li>
        ))}
      </ul>
    </>
  );
}
