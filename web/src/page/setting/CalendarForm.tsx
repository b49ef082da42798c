import { Button, CopyButton, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { send, useGet } from "@/api";
import { asApiError } from "@/api/error";
import type { CalendarFeed } from "@/api/types/notice";
import { ConfirmDialog, Loaded, Section, Segments } from "@/kit";
import { dateTime } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./Setting.module.css";

/** The own calendar feed: make, renew and withdraw its secret address. */
export function CalendarForm(): ReactElement {
  const query = useGet("/calendar", {}, { staleTime: 0 });
  return (
    <Section title={m.notice_calendar()}>
      <p className={classes.lead}>{m.notice_calendar_text()}</p>
      <Loaded query={query} height={96}>
        {(feed) => <Feed feed={feed} />}
      </Loaded>
    </Section>
  );
}

function Feed({ feed }: { feed: CalendarFeed }): ReactElement {
  const client = useQueryClient();
  const [reach, setReach] = useState<CalendarFeed["reach"]>(feed.reach);
  const [ending, setEnding] = useState(false);
  const [problem, setProblem] = useState("");
  const [url, setUrl] = useState("");
  const make = async (): Promise<void> => {
    setProblem("");
    try {
      setUrl((await send<CalendarFeed>("put", "/calendar", { body: { reach } })).url);
      await client.invalidateQueries({ queryKey: ["/calendar"] });
    } catch (error) {
      setProblem(asApiError(error).message);
    }
  };
  return (
    <div className={classes.form}>
      <p className={classes.note}>
        {feed.active && feed.created_at
          ? m.notice_calendar_since({ at: dateTime(feed.created_at) })
          : m.notice_calendar_none()}
      </p>
      <Segments
        label={m.notice_calendar_reach()}
        showLabel
        value={reach}
        onChange={setReach}
        options={[
          { value: "own", label: m.notice_calendar_own() },
          { value: "all", label: m.notice_calendar_all() },
        ]}
      />
      {url && feed.active ? <Address url={url} /> : null}
      {problem ? <p role="alert">{problem}</p> : null}
      <div className={classes.buttons}>
        <Button variant={feed.active ? "default" : "filled"} onClick={() => void make()}>
          {feed.active ? m.notice_calendar_renew() : m.notice_calendar_make()}
        </Button>
        {feed.active ? (
          <Button variant="subtle" data-tone="bad" onClick={() => setEnding(true)}>
            {m.notice_calendar_end()}
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        opened={ending}
        title={m.notice_calendar_end_title()}
        confirm={m.notice_calendar_end()}
        destructive
        onClose={() => setEnding(false)}
        onConfirm={async () => {
          await send("delete", "/calendar");
          await client.invalidateQueries({ queryKey: ["/calendar"] });
        }}
      >
        <p>{m.notice_calendar_end_text()}</p>
      </ConfirmDialog>
    </div>
  );
}

function Address({ url }: { url: string }): ReactElement {
  return (
    <>
      <TextInput
        label={m.notice_calendar_url()}
        description={m.notice_calendar_once()}
        readOnly
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <div className={classes.buttons}>
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? m.auth_copied() : m.auth_copy()}
            </Button>
          )}
        </CopyButton>
      </div>
    </>
  );
}
