import { Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useNavigate, useParams } from "@tanstack/react-router";
import { type ReactElement, useRef, useState } from "react";
import { type ApiError, asApiError, send } from "@/api";
import type { Doc, KindInfo, RecordOne } from "@/api/types/register";
import { Failed, Loading, NoPermission, PageTitle, usePageName } from "@/kit";
import { FieldForm } from "@/kit/field/FieldForm";
import { time } from "@/kit/format";
import { useDraft } from "@/kit/useDraft";
import { m } from "@/paraglide/messages";
import { useSession } from "@/shell/session";
import { useKind, useRefresh } from "./data";
import { Refused, useFirstProblem } from "./RecordForm";
import classes from "./register.module.css";

/** A new record of a register. */
export default function NewRecordPage(): ReactElement {
  const params = useParams({ strict: false }) as { kind: string };
  const { kind, error, retry } = useKind(params.kind);
  if (error && !kind) return <Failed error={error} onRetry={retry} />;
  if (kind === null) return <NoPermission page title={m.register_no_kind()} text={m.register_no_kind_text()} />;
  if (!kind) return <Loading height={480} />;
  if (!kind.may.includes("create")) {
    return <NoPermission page title={m.register_may_not_create()} text={m.register_may_not_create_text()} />;
  }
  return <NewRecord key={kind.name} kind={kind} />;
}

function NewRecord({ kind }: { kind: KindInfo }): ReactElement {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const { session } = useSession();
  const { draft, keep, discard } = useDraft<Doc>(`record-${session?.user?.id ?? ""}-${kind.name}-new`);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const title = m.register_new_title({ kind: kind.one });
  usePageName(title);
  useFirstProblem(form, problem);
  const value = draft?.value ?? {};
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const made = await send<RecordOne>("post", "/records/{kind}", { path: { kind: kind.name }, body: value });
      discard();
      await refresh();
      await navigate({ to: "/register/$kind/$id", params: { kind: kind.name, id: made.id }, replace: true });
    } catch (error) {
      setProblem(asApiError(error));
    } finally {
      setBusy(false);
    }
  };
  useHotkeys([["mod+S", () => !busy && void save()]], []);
  const fields = kind.fields.filter((field) => !field.computed && !field.managed);
  return (
    <div className={classes.page}>
      <PageTitle>{title}</PageTitle>
      <form
        ref={form}
        noValidate
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <FieldForm
          fields={fields}
          value={value}
          problems={problem?.fields}
          onChange={(name, next) => {
            const mine = { ...value, [name]: next };
            if (next === undefined) delete mine[name];
            if (Object.keys(mine).length === 0) discard();
            else keep(mine, 0);
          }}
        />
        <div className={classes.save}>
          {problem ? <Refused problem={problem} /> : null}
          <div className={classes.buttons}>
            <Button type="submit" disabled={busy} rightSection={<kbd>{m.register_key_save()}</kbd>}>
              {m.register_save()}
            </Button>
            <Button
              variant="default"
              onClick={() => {
                discard();
                void navigate({ to: "/register/$kind", params: { kind: kind.name } });
              }}
            >
              {m.register_discard()}
            </Button>
          </div>
          <p className={classes.note} role="status">
            {draft ? m.register_draft_new({ at: time(draft.at) }) : ""}
          </p>
        </div>
      </form>
    </div>
  );
}
