import type { Overview, OverviewChange } from "@/api/types/overview";
import { AppLink, Empty, Section, StatusMark } from "@/kit";
import { date } from "@/kit/format";
import type { Status } from "@/kit/StatusMark";
import { m } from "@/paraglide/messages";
import { getLocale } from "@/paraglide/runtime";
import styles from "./start.module.css";

/** What happened since the reader was here, the oldest last. */
export function Changes({ o }: { o: Overview }) {
  return (
    <Section title={o.first_visit ? m.start_changes_first() : m.start_changes()} note={date(o.since)}>
      {o.changes.length === 0 ? (
        <Empty title={m.start_changes_none()} text={m.start_changes_none_text()} />
      ) : (
        <ul className={styles.changes}>
          {o.changes.map((c) => (
            <li key={`${c.at} ${c.code} ${c.text}`}>
              <time dateTime={c.at}>{dayShort(c.at)}</time>
              <StatusMark status={markOf(c)} quiet />
              <AppLink href={c.link}>{c.text}</AppLink>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** A day without its year. */
function dayShort(at: string): string {
  return new Intl.DateTimeFormat(getLocale() === "en" ? "en-GB" : "de-DE", { day: "2-digit", month: "2-digit" }).format(
    new Date(at),
  );
}

function markOf(c: OverviewChange): Status {
  return c.status === "unknown" ? "open" : c.status;
}
