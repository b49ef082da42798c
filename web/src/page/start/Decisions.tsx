import type { Overview, OverviewDecision } from "@/api/types/overview";
import { AppLink, Empty, Section, StatusMark } from "@/kit";
import { date, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import styles from "./start.module.css";

/** How many stand on the page; the register shows the rest. */
const MOST = 5;

/** What waits for a yes or no, those of the reader first. */
export function Decisions({ o }: { o: Overview }) {
  return (
    <Section
      title={m.start_decisions()}
      note={
        o.decisions.length > MOST ? (
          <AppLink href="/register/decision">{m.start_decisions_open({ n: int(o.decisions.length) })}</AppLink>
        ) : (
          m.start_decisions_open({ n: int(o.decisions.length) })
        )
      }
    >
      {o.decisions.length === 0 ? (
        <Empty title={m.start_decisions_none()} text={m.start_decisions_none_text()} />
      ) : (
        <ul className={styles.lines}>
          {o.decisions.slice(0, MOST).map((d) => (
            <li key={`${d.kind} ${d.id}`}>
              <StatusMark
                status={d.mine ? "your_turn" : "open"}
                quiet
                word={d.mine ? undefined : m.start_decision_waits()}
              />
              <span>
                <AppLink href={d.link}>{d.title}</AppLink>
                {d.detail ? <small>{d.detail}</small> : null}
              </span>
              <span className={styles.when} data-mine={d.mine || undefined}>
                {when(d)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function when(d: OverviewDecision): string {
  if (!d.due) return d.kind === "gate" ? m.start_decision_waits() : "";
  const day = m.start_decision_by({ date: date(d.due) });
  return d.overdue ? `${day}, ${m.start_decision_late()}` : day;
}
