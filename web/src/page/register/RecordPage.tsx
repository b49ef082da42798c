import { useNavigate, useParams } from "@tanstack/react-router";
import { type ReactElement, Suspense, useState } from "react";
import type { KindInfo, RecordOne } from "@/api/types/register";
import { Failed, Loaded, Loading, NoPermission, PageTitle, Tabs, Tag, usePageName } from "@/kit";
import { useFiles } from "@/kit/field/attachments";
import { usePeople } from "@/kit/field/people";
import { dateTime, personName } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { ApprovalButtons, StateTag } from "./Approval";
import { CommentList, useComments } from "./CommentList";
import { DeleteButton } from "./DeleteButton";
import { headingOf, useKind, useRecord } from "./data";
import { details } from "./detail";
import { FileList } from "./FileList";
import { HistoryList } from "./HistoryList";
import { forwardLinks, LinkLists, useBackLinks } from "./LinkList";
import { RecordForm } from "./RecordForm";
import classes from "./register.module.css";

/** One record: what it says, how it came to be, what it is linked with. */
export default function RecordPage(): ReactElement {
  const params = useParams({ strict: false }) as { kind: string; id: string };
  const { kind, error, retry } = useKind(params.kind);
  const query = useRecord(params.kind, params.id);
  if (error && !kind) return <Failed error={error} onRetry={retry} />;
  if (kind === null) return <NoPermission page title={m.register_no_kind()} text={m.register_no_kind_text()} />;
  if (!kind) return <Loading height={480} />;
  return (
    <Loaded query={query} height={480}>
      {(record) => <OneRecordPage key={record.id} kind={kind} record={record} />}
    </Loaded>
  );
}

type Part = "form" | "history" | "links" | "comments" | "files";

function OneRecordPage({ kind, record }: { kind: KindInfo; record: RecordOne }): ReactElement {
  const navigate = useNavigate();
  const [part, setPart] = useState<Part>("form");
  const links = forwardLinks(kind, record).length + (useBackLinks(kind, record.id).data?.items.length ?? 0);
  const comments = useComments(kind, record.id).data?.items.length;
  const files = useFiles({ kind: kind.name, id: record.id }).data?.items.length;
  const name = headingOf(kind, record);
  const Detail = details[kind.name];
  usePageName(name);
  usePeople();
  return (
    <div className={classes.page}>
      <PageTitle
        sub={m.register_saved({
          version: String(record.version),
          at: dateTime(record.updated_at),
          by: personName(record.updated_by),
        })}
        actions={
          <>
            <DeleteButton
              kind={kind}
              record={record}
              onDeleted={() => void navigate({ to: "/register/$kind", params: { kind: kind.name } })}
            />
            <ApprovalButtons kind={kind} record={record} />
          </>
        }
      >
        {name}{" "}
        <span className={classes.tags}>
          {kind.approval ? <StateTag record={record} /> : null}
          {record.deleted ? <Tag tone="none">{m.register_deleted()}</Tag> : null}
        </span>
      </PageTitle>
      {Detail && !record.deleted ? (
        <Suspense fallback={<Loading height={240} />}>
          <Detail record={record} />
        </Suspense>
      ) : null}
      <Tabs
        label={m.register_parts({ name })}
        value={part}
        onChange={setPart}
        tabs={[
          { value: "form", label: m.register_part_form() },
          { value: "history", label: m.register_part_history(), count: record.version },
          { value: "links", label: m.register_part_links(), count: links },
          { value: "comments", label: m.register_part_comments(), count: comments },
          { value: "files", label: m.register_part_files(), count: files },
        ]}
      >
        <div className={classes.part}>
          {part === "form" ? <RecordForm kind={kind} record={record} /> : null}
          {part === "history" ? <HistoryList kind={kind} record={record} /> : null}
          {part === "links" ? <LinkLists kind={kind} record={record} /> : null}
          {part === "comments" ? <CommentList kind={kind} record={record} /> : null}
          {part === "files" ? <FileList kind={kind} record={record} /> : null}
        </div>
      </Tabs>
    </div>
  );
}
