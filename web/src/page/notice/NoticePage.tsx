import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { send, useGet } from "@/api";
import { asApiError } from "@/api/error";
import type { Notice } from "@/api/types/notice";
import { AppLink, Empty, Icon, Loaded, PageTitle, Segments, StatusMark, Tag, usePageName } from "@/kit";
import { dateTime, int } from "@/kit/format";
import { recordHref } from "@/kit/recordHref";
import { m } from "@/paraglide/messages";
import classes from "./Notice.module.css";

const causes: Record<Notice["cause"], () => string> = {
  assigned: m.notice_cause_assigned,
  mentioned: m.notice_cause_mentioned,
  due: m.notice_cause_due,
  decided: m.notice_cause_decided,
  proposed: m.notice_cause_proposed,
  status: m.notice_cause_status,
};

/** What concerns the signed-in person, newest first; opening a record marks its notice as read. */
export default function NoticePage(): ReactElement {
  usePageName(m.notice_title());
  const client = useQueryClient();
  const [show, setShow] = useState<"unread" | "all">("unread");
  const [problem, setProblem] = useState("");
  const query = useGet("/notices", { query: { unread: show === "unread" } }, { staleTime: 0 });
  const mark = async (path: "/notices/{id}/read" | "/notices/read_all", id = ""): Promise<void> => {
    setProblem("");
    try {
      await send("post", path, id ? { path: { id } } : {});
      await Promise.all(["/notices", "/notices/count"].map((route) => client.invalidateQueries({ queryKey: [route] })));
    } catch (error) {
      setProblem(asApiError(error).message);
    }
  };
  return (
    <Loaded query={query} height={320}>
      {(list) => (
        <>
          <PageTitle
            sub={m.notice_sub()}
            actions={
              list.unread > 0 ? (
                <Button variant="default" onClick={() => void mark("/notices/read_all")}>
                  {m.notice_read_all()}
                </Button>
              ) : undefined
            }
          >
            {list.unread > 0
              ? m.notice_sentence({ n: list.unread, count: int(list.unread) })
              : m.notice_sentence_none()}
          </PageTitle>
          <div className={classes.head}>
            <Segments
              label={m.notice_show()}
              value={show}
              onChange={setShow}
              options={[
                { value: "unread", label: m.notice_show_unread() },
                { value: "all", label: m.notice_show_all() },
              ]}
            />
          </div>
          {problem ? (
            <p role="alert" className={classes.problem}>
              {problem}
            </p>
          ) : null}
          {list.items.length === 0 ? (
            <Nothing unread={show === "unread"} />
          ) : (
            <ul className={classes.list}>
              {list.items.map((notice) => (
                <Row key={notice.id} notice={notice} onRead={() => void mark("/notices/{id}/read", notice.id)} />
              ))}
            </ul>
          )}
        </>
      )}
    </Loaded>
  );
}

function Nothing({ unread }: { unread: boolean }): ReactElement {
  return unread ? (
    <Empty icon="bell" title={m.notice_empty_unread()} text={m.notice_empty_unread_text()} />
  ) : (
    <Empty icon="bell" title={m.notice_empty()} text={m.notice_empty_text()} />
  );
}

function Row({ notice, onRead }: { notice: Notice; onRead: () => void }): ReactElement {
  const about = notice.behalf ? m.notice_behalf({ name: notice.behalf }) : "";
  return (
    <li className={classes.row} data-read={notice.read || undefined}>
      <span className={classes.mark}>
        {notice.read ? null : <StatusMark status="your_turn" word={m.notice_unread()} quiet size={10} />}
      </span>
      <span className={classes.what}>
        <AppLink
          href={recordHref(notice.kind, notice.record)}
          className={classes.name}
          onClick={notice.read ? undefined : onRead}
        >
          {notice.name}
        </AppLink>
        <span className={classes.text}>{notice.text}</span>
        <span className={classes.when}>{[notice.title, about, dateTime(notice.at)].filter(Boolean).join(" · ")}</span>
      </span>
      <Tag tone={notice.cause === "proposed" ? "signal" : "none"}>{causes[notice.cause]()}</Tag>
      {notice.read ? (
        <span />
      ) : (
        <Button
          variant="subtle"
          size="xs"
          aria-label={`${m.notice_read()}: ${notice.name}`}
          onClick={onRead}
          leftSection={<Icon name="check" />}
        >
          {m.notice_read()}
        </Button>
      )}
    </li>
  );
}
