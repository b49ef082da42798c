import type { Overview } from "@/api/types/overview";
import { AppLink, Section, StatusMark } from "@/kit";
import { int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import styles from "./start.module.css";

/** How many marks a stage shows; the register shows the rest. */
const MOST = 6;

/** Initiatives as marks on the route of stages. */
export function Stages({ o }: { o: Overview }) {
  const n = o.counts.initiatives ?? 0;
  if (n === 0) return null;
  return (
    <Section
      title={n === 1 ? m.start_stages_one() : m.start_stages({ n: int(n) })}
      note={
        <span className={styles.marksAid}>
          <StatusMark status="your_turn" word={m.start_mark_turn()} />
          <StatusMark status="at_risk" word={m.start_mark_risk()} />
          <StatusMark status="open" word={m.start_mark_open()} />
        </span>
      }
    >
      <ol className={styles.stages}>
        {o.stages.map((s) => (
          <li key={s.stage} data-empty={s.count === 0 || undefined}>
            <p>
              <strong>{int(s.count)}</strong> {s.title}
            </p>
            {s.marks.length > 0 ? (
              <ul>
                {s.marks.slice(0, MOST).map((mark) => (
                  <li key={mark.id}>
                    <AppLink href={mark.link} title={mark.title}>
                      <StatusMark status={mark.status} quiet word={wordOf(mark.status)} size={10} />
                      <span>{mark.title}</span>
                    </AppLink>
                  </li>
                ))}
                {s.marks.length > MOST ? (
                  <li>
                    <AppLink href="/vorhaben">+ {int(s.marks.length - MOST)}</AppLink>
                  </li>
                ) : null}
              </ul>
            ) : null}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function wordOf(status: "your_turn" | "at_risk" | "open"): string {
  return status === "your_turn"
    ? m.start_mark_turn()
    : status === "at_risk"
      ? m.start_mark_risk()
      : m.start_mark_open();
}
