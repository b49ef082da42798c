import { Button, Textarea } from "@mantine/core";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { send, useGet } from "@/api";
import { asApiError } from "@/api/error";
import type { CommentItem, KindInfo, RecordOne } from "@/api/types/register";
import { IconButton, Loaded } from "@/kit";
import { learnNames, nameOf } from "@/kit/field/names";
import { fieldType } from "@/kit/field/types";
import { dateTime, personName } from "@/kit/format";
import { initials } from "@/kit/initials";
import { useDraft } from "@/kit/useDraft";
import { m } from "@/paraglide/messages";
import { useSession } from "@/shell/session";
import { useRefresh } from "./data";
import classes from "./register.module.css";

const Markdown = lazy(() => import("@/kit/field/markdown/Markdown"));

/** The comments of a record, read by everybody who reads the record. */
export function useComments(kind: KindInfo, id: string) {
  return useGet(
    "/records/{kind}/{id}/comments",
    { path: { kind: kind.name, id } },
    {
      placeholderData: undefined,
      retry: false,
      select: (list) => {
        learnNames(list.names);
        return list;
      },
    },
  );
}

/** What people say about a record, oldest first, and the place to say something. */
export function CommentList({ kind, record }: { kind: KindInfo; record: RecordOne }): ReactElement {
  const query = useComments(kind, record.id);
  return (
    <div className={classes.comments}>
      <Loaded query={query} height={120}>
        {(list) =>
          list.items.length === 0 ? (
            <p className={classes.note}>{m.register_comments_none()}</p>
          ) : (
            <ol>
              {list.items.map((one) => (
                <Comment key={one.id} kind={kind} record={record} comment={one} />
              ))}
            </ol>
          )
        }
      </Loaded>
      {record.may.includes("comment") && !record.deleted ? <Write kind={kind} record={record} /> : null}
    </div>
  );
}

function Comment({ kind, record, comment }: { kind: KindInfo; record: RecordOne; comment: CommentItem }): ReactElement {
  const refresh = useRefresh();
  const [problem, setProblem] = useState("");
  const remove = async (): Promise<void> => {
    try {
      const path = { kind: kind.name, id: record.id, comment: comment.id };
      await send("delete", "/records/{kind}/{id}/comments/{comment}", { path });
      await refresh();
    } catch (error) {
      setProblem(asApiError(error).message);
    }
  };
  return (
    <li className={classes.step}>
      <span className={classes.who} aria-hidden="true">
        {initials(personName(comment.by))}
      </span>
      <div className={classes.what}>
        <p>
          <span className={classes.action}>{personName(comment.by)}</span>
          <span className={classes.when}>{dateTime(comment.at)}</span>
        </p>
        <Suspense fallback={comment.text}>
          <Markdown text={comment.text} />
        </Suspense>
        {comment.mentions.length > 0 ? (
          <p className={classes.small}>
            {m.register_comment_to({ names: comment.mentions.map((id) => nameOf("person", id)).join(", ") })}
          </p>
        ) : null}
        {problem ? <p role="alert">{problem}</p> : null}
      </div>
      {comment.mine ? (
        <IconButton name="trash" label={m.register_comment_delete()} onClick={() => void remove()} />
      ) : null}
    </li>
  );
}

function Write({ kind, record }: { kind: KindInfo; record: RecordOne }): ReactElement {
  const refresh = useRefresh();
  const { session } = useSession();
  const { draft, keep, discard } = useDraft<string>(`comment-${session?.user?.id ?? ""}-${kind.name}-${record.id}`);
  const [mentions, setMentions] = useState<unknown>();
  const [problem, setProblem] = useState("");
  const text = draft?.value ?? "";
  const field = { ...blank, title: m.register_comment_for() };
  const { Input } = fieldType(field);
  const say = async (): Promise<void> => {
    setProblem("");
    try {
      const path = { kind: kind.name, id: record.id };
      await send("post", "/records/{kind}/{id}/comments", {
        path,
        body: { text: text.trim(), mentions: mentions ?? [] },
      });
      discard();
      setMentions(undefined);
      await refresh();
    } catch (error) {
      const failed = asApiError(error);
      setProblem([failed.message, ...failed.fields.map((one) => one.text)].join(" "));
    }
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "") void say();
      }}
    >
      <Textarea
        label={m.register_comment()}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={5000}
        value={text}
        error={problem || undefined}
        onChange={(event) => (event.currentTarget.value ? keep(event.currentTarget.value, 0) : discard())}
      />
      <Input field={field} value={mentions} onChange={setMentions} />
      <div className={classes.buttons}>
        <Button type="submit" variant="default" disabled={text.trim() === ""}>
          {m.register_comment_say()}
        </Button>
      </div>
    </form>
  );
}

/** The field of those whom a comment is for. */
const blank: KindInfo["fields"][number] = {
  name: "mentions",
  type: "persons",
  title: "",
  help: "",
  required: false,
  private: false,
  computed: false,
  managed: false,
  list: false,
  unit: "",
  min: null,
  max: null,
  longest: 0,
  alone: false,
  names: "",
  options: [],
  to: "person",
  show: "",
  fields: [],
  operators: [],
};
