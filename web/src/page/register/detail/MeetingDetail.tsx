import { Button, Checkbox, Select, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, type ReactElement, useState } from "react";
import { send, useGet } from "@/api";
import type { RecordItem, RecordOne } from "@/api/types/register";
import { AppLink, RemarkList, Section, StatusMark } from "@/kit";
import { nameOf, useKinds } from "@/kit/field/names";
import { usePeople } from "@/kit/field/people";
import { date } from "@/kit/format";
import { recordHref } from "@/kit/recordHref";
import { useAct } from "@/kit/useAct";
import { m } from "@/paraglide/messages";
import { useRefresh } from "../data";
import classes from "./detail.module.css";

/** What a meeting has before it, what stands on its agenda, and what it decided. */
export function MeetingDetail({ record }: { record: RecordOne }): ReactElement {
  usePeople();
  return (
    <div className={classes.halves}>
      <Proposal record={record} />
      <Decisions record={record} />
    </div>
  );
}

/** Topics from what is due; those that stay ticked go on the agenda. */
function Proposal({ record }: { record: RecordOne }): ReactElement {
  const may = record.may.includes("update");
  const query = useGet("/meetings/{id}/agenda", { path: { id: record.id } }, { retry: false });
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  const refresh = useRefresh();
  const act = useAct();
  const proposal = query.data;
  const items = proposal?.items ?? [];
  const wanted = items.filter((item) => !dropped.has(item.about));
  const toggle = (about: string): void =>
    setDropped((have) => {
      const next = new Set(have);
      if (!next.delete(about)) next.add(about);
      return next;
    });
  const take = (): void =>
    void act.run(async () => {
      await send("post", "/meetings/{id}/agenda", {
        path: { id: record.id },
        ifMatch: record.version,
        body: { about: wanted.map((item) => item.about) },
      });
      await refresh();
      await query.refetch();
    });
  return (
    <Section first title={m.meeting_proposal()} note={proposal ? m.meeting_until({ day: date(proposal.until) }) : null}>
      {proposal && items.length === 0 ? <p className={classes.quiet}>{m.meeting_nothing_due()}</p> : null}
      <ul className={classes.list}>
        {items.map((item) => (
          <li key={item.about}>
            {may ? (
              <Checkbox
                checked={!dropped.has(item.about)}
                aria-label={item.title}
                onChange={() => toggle(item.about)}
                className="lo-no-print"
              />
            ) : (
              <StatusMark status="open" quiet />
            )}
            <div>
              <AppLink href={aboutHref(item.about)}>{item.title}</AppLink>
              <small>
                {[
                  item.why,
                  m.meeting_minutes({ n: String(item.minutes) }),
                  item.person ? nameOf("person", item.person) : "",
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </div>
          </li>
        ))}
      </ul>
      {proposal ? <RemarkList remarks={proposal.remarks} /> : null}
      {act.problem ? <Problem text={act.problem} /> : null}
      {may && items.length > 0 ? (
        <Button className="lo-no-print" mt={8} loading={act.busy} disabled={wanted.length === 0} onClick={take}>
          {m.meeting_take({ n: String(wanted.length) })}
        </Button>
      ) : null}
    </Section>
  );
}

function aboutHref(about: string): string {
  const [kind = "", id = ""] = about.split("/");
  return recordHref(kind, id);
}

function Problem({ text }: { text: string }): ReactElement {
  return (
    <p className={classes.problem} role="alert">
      <StatusMark status="missed" quiet />
      {text}
    </p>
  );
}

/** The decisions of the meeting, and those on its agenda that are still open, each decided here with its reason. */
function Decisions({ record }: { record: RecordOne }): ReactElement | null {
  const kind = useKinds().data?.items.find((one) => one.name === "decision");
  const topics = (record.value.agenda ?? []) as { about?: string }[];
  const asked = topics.flatMap((one) =>
    one.about?.startsWith("decision/") ? [one.about.slice("decision/".length)] : [],
  );
  const own = useGet(
    "/records/{kind}",
    { path: { kind: "decision" }, query: { filter: [`meeting:eq:${record.id}`], limit: 100 } },
    { enabled: Boolean(kind), retry: false },
  );
  const open = useGet(
    "/records/{kind}",
    { path: { kind: "decision" }, query: { filter: ["outcome:ne:accepted|rejected"], limit: 500 } },
    { enabled: Boolean(kind) && asked.length > 0, retry: false },
  );
  if (!kind) return null;
  const mine = (own.data?.items ?? []) as RecordItem[];
  const waiting = ((open.data?.items ?? []) as RecordItem[]).filter(
    (one) => asked.includes(one.id) && !mine.some((have) => have.id === one.id),
  );
  const outcome = (value: unknown): string =>
    kind.fields.find((field) => field.name === "outcome")?.options?.find((one) => one.value === value)?.title ?? "";
  return (
    <Section first title={m.meeting_decisions()} note={mine.length > 0 ? String(mine.length) : null}>
      {mine.length === 0 ? <p className={classes.quiet}>{m.meeting_decisions_none()}</p> : null}
      <ul className={classes.list}>
        {mine.map((one) => (
          <li key={one.id}>
            <StatusMark
              status={
                one.value.outcome === "accepted"
                  ? "fulfilled"
                  : one.value.outcome === "rejected"
                    ? "not_fulfilled"
                    : "open"
              }
              word={outcome(one.value.outcome)}
              quiet
            />
            <div>
              <AppLink href={recordHref("decision", one.id)}>{String(one.value.title)}</AppLink>
              <small>{[outcome(one.value.outcome), one.value.reason].filter(Boolean).map(String).join(" · ")}</small>
            </div>
          </li>
        ))}
      </ul>
      {kind.may.includes("create") ? <Decide record={record} waiting={waiting} outcome={outcome} /> : null}
    </Section>
  );
}

/** Notes a decision: one that waited on the agenda, or a new one. */
function Decide({
  record,
  waiting,
  outcome,
}: {
  record: RecordOne;
  waiting: RecordItem[];
  outcome: (value: string) => string;
}): ReactElement {
  const [about, setAbout] = useState<string | null>(null);
  const [title, setTitle] = useState("");
  const [result, setResult] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const refresh = useRefresh();
  const act = useAct();
  const note = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const known = waiting.find((one) => one.id === about);
    const decided = result === "postponed" ? undefined : record.value.day;
    const value = { meeting: record.id, outcome: result, reason: reason.trim() || undefined, decided };
    const done = await act.run(async () => {
      if (known)
        await send("patch", "/records/{kind}/{id}", {
          path: { kind: "decision", id: known.id },
          ifMatch: known.version,
          body: value,
        });
      else
        await send("post", "/records/{kind}", {
          path: { kind: "decision" },
          body: { ...value, title: title.trim(), committee: record.value.committee },
        });
      await refresh();
    });
    if (!done) return;
    setAbout(null);
    setTitle("");
    setResult(null);
    setReason("");
  };
  return (
    <form className={`${classes.form} lo-no-print`} onSubmit={(event) => void note(event)}>
      {waiting.length > 0 ? (
        <Select
          label={m.meeting_decision_on()}
          placeholder={m.meeting_decision_new()}
          clearable
          value={about}
          onChange={setAbout}
          data={waiting.map((one) => ({ value: one.id, label: String(one.value.title) }))}
        />
      ) : null}
      {about === null ? (
        <TextInput
          label={m.meeting_decision_title()}
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
      ) : null}
      <Select
        label={m.meeting_outcome()}
        value={result}
        onChange={setResult}
        data={["accepted", "rejected", "postponed"].map((value) => ({ value, label: outcome(value) }))}
      />
      <Textarea
        label={m.meeting_reason()}
        value={reason}
        maxLength={5000}
        autosize
        minRows={2}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {act.problem ? <Problem text={act.problem} /> : null}
      <Button
        type="submit"
        variant="default"
        loading={act.busy}
        disabled={result === null || (about === null && title.trim() === "")}
      >
        {m.meeting_note_decision()}
      </Button>
    </form>
  );
}
