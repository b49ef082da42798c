import type { ReactElement } from "react";
import { useGet } from "@/api";
import { AppLink, Empty, Section, StatusMark } from "@/kit";
import { date, int } from "@/kit/format";
import { nextWord } from "@/page/closing/words";
import { useKind } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import { type Waiting, waiting } from "./proven";
import styles from "./start.module.css";

/** How many stand on the page; the calendar of closings has the rest. */
const MOST = 5;

/** Effects and periods that are to be closed, those first that wait for the reader. */
export function Closings(): ReactElement | null {
  const calendar = useGet("/closings/calendar", {}, { retry: false });
  const list = useGet("/closings", {}, { retry: false });
  const { kind } = useKind("effect_plan");
  if (!calendar.data || !list.data) return null;
  const all = waiting(calendar.data.items, list.data.items, kind?.may.includes("create") ?? false);
  return (
    <Section
      title={m.start_closings()}
      note={<AppLink href="/abschluesse">{m.start_closings_all({ n: int(all.length) })}</AppLink>}
    >
      {all.length === 0 ? (
        <Empty title={m.start_closings_none()} text={m.start_closings_none_text()} />
      ) : (
        <ul className={styles.lines}>
          {all.slice(0, MOST).map((one) => (
            <Line key={one.key} one={one} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function Line({ one }: { one: Waiting }): ReactElement {
  const day = one.due ? m.start_decision_by({ date: date(one.due) }) : "";
  return (
    <li>
      <StatusMark
        status={one.mine ? "your_turn" : "open"}
        quiet
        word={one.mine ? undefined : m.start_decision_waits()}
      />
      <span>
        <AppLink href={one.link}>{[one.title, one.label].filter(Boolean).join(", ")}</AppLink>
        <small>{nextWord(one.next)}</small>
      </span>
      <span className={styles.when} data-mine={one.mine || undefined}>
        {one.overdue ? `${day}, ${m.start_decision_late()}` : day}
      </span>
    </li>
  );
}
