import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { asApiError, send, useGet } from "@/api";
import type { KindInfo, RecordOne, Step } from "@/api/types/register";
import { Loaded } from "@/kit";
import { dateTime, personName } from "@/kit/format";
import { initials } from "@/kit/initials";
import { m } from "@/paraglide/messages";
import { useRefresh } from "./data";
import classes from "./register.module.css";

/** The versions of a record, newest first, each with old and new values; any of them can be taken back to. */
export function HistoryList({
  kind,
  record,
  most,
}: {
  kind: KindInfo;
  record: RecordOne;
  /** How many are shown; all when left out. */
  most?: number;
}): ReactElement {
  const query = useGet(
    "/records/{kind}/{id}/history",
    { path: { kind: kind.name, id: record.id } },
    { placeholderData: undefined },
  );
  const refresh = useRefresh();
  const [problem, setProblem] = useState("");
  const back = async (version: number): Promise<void> => {
    setProblem("");
    try {
      await send("post", "/records/{kind}/{id}/versions/{version}/restore", {
        path: { kind: kind.name, id: record.id, version },
        ifMatch: record.version,
      });
      await refresh();
    } catch (error) {
      const failed = asApiError(error);
      setProblem([failed.message, ...failed.fields.map((field) => field.text), failed.hint].filter(Boolean).join(" "));
    }
  };
  const may = record.may.includes("update") && !record.deleted;
  return (
    <Loaded query={query} height={160}>
      {(list) => (
        <>
          {problem ? (
            <p role="alert" className={classes.problem}>
              {problem}
            </p>
          ) : null}
          <ol className={classes.history}>
            {list.items.slice(0, most).map((step) => (
              <HistoryStep
                key={step.version}
                step={step}
                back={most === undefined && may && step.version < record.version && !step.erased ? back : undefined}
              />
            ))}
          </ol>
        </>
      )}
    </Loaded>
  );
}

function HistoryStep({ step, back }: { step: Step; back?: (version: number) => Promise<void> }): ReactElement {
  const many = step.action === "create" && step.changes.length > 4;
  const shown = many ? [] : step.changes;
  return (
    <li className={classes.step}>
      <span className={classes.who} aria-hidden="true">
        {initials(personName(step.by))}
      </span>
      <div className={classes.what}>
        <p>
          <span className={classes.action}>{actionWord(step)}</span>
          <span className={classes.when}>{dateTime(step.at)}</span>
        </p>
        <p className={classes.small}>
          {[personName(step.by), m.register_version({ n: String(step.version) }), step.note]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {step.erased ? <p className={classes.small}>{m.register_erased()}</p> : null}
        {many ? (
          <details className={classes.small}>
            <summary>{m.register_fields_filled({ n: step.changes.length })}</summary>
            <Changes changes={step.changes} />
          </details>
        ) : (
          <Changes changes={shown} />
        )}
        {back ? (
          <Button variant="subtle" size="xs" className={classes.back} onClick={() => void back(step.version)}>
            {m.register_back_to()}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

function Changes({ changes }: { changes: Step["changes"] }): ReactElement | null {
  if (changes.length === 0) return null;
  return (
    <ul className={classes.changes}>
      {changes.map((change) => (
        <li key={change.field}>
          {change.title}: {change.before ? <del>{change.before}</del> : <span>{m.register_empty_value()}</span>}
          <span aria-hidden="true"> → </span>
          <span className="lo-sr"> {m.register_becomes()} </span>
          {change.after ? <ins>{change.after}</ins> : <span>{m.register_empty_value()}</span>}
        </li>
      ))}
    </ul>
  );
}

function actionWord(step: Step): string {
  switch (step.action) {
    case "create":
      return m.register_did_create();
    case "delete":
      return m.register_did_delete();
    case "restore":
      return m.register_did_restore();
    case "propose":
      return m.register_did_propose();
    case "withdraw":
      return m.register_did_withdraw();
    case "approve":
      return m.register_did_approve();
    case "refuse":
      return m.register_did_refuse();
    default:
      return step.changes.length === 1
        ? (step.changes[0]?.title ?? "")
        : m.register_did_change({ n: step.changes.length });
  }
}
