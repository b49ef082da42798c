import type { Comparison } from "@/api/types/process_compare";
import { AppLink } from "@/kit";
import { date } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { dayAfter, dayBefore } from "../filter/chips";
import { DayField } from "../filter/DayField";
import styles from "./compare.module.css";

/** The four days of a comparison, the last ones as the day after; all empty lets Lotse choose. */
export interface Days {
  a_from: string;
  a_to: string;
  b_from: string;
  b_to: string;
}

interface Props {
  days: Days;
  shown: Comparison | undefined;
  onChange: (days: Days) => void;
}

/** Both periods by their first and last day, and how they were chosen. */
export function PeriodPicker({ days, shown, onChange }: Props) {
  const now: Days = shown ? { a_from: shown.a.from, a_to: shown.a.to, b_from: shown.b.from, b_to: shown.b.to } : days;
  const set = (patch: Partial<Days>) => onChange({ ...now, ...patch });
  const last = (day: string) => (day ? dayBefore(day) : "");
  return (
    <div className={styles.picker}>
      <fieldset className={styles.period}>
        <legend>{m.process_periods_before()}</legend>
        <DayField
          label={m.process_periods_a_first()}
          value={now.a_from}
          edge="first"
          onChange={(day) => set({ a_from: day })}
        />
        <span aria-hidden="true">–</span>
        <DayField
          label={m.process_periods_a_last()}
          value={last(now.a_to)}
          edge="last"
          onChange={(day) => set({ a_to: day ? dayAfter(day) : "" })}
        />
      </fieldset>
      <fieldset className={styles.period}>
        <legend>{m.process_periods_after()}</legend>
        <DayField
          label={m.process_periods_b_first()}
          value={now.b_from}
          edge="first"
          onChange={(day) => set({ b_from: day })}
        />
        <span aria-hidden="true">–</span>
        <DayField
          label={m.process_periods_b_last()}
          value={last(now.b_to)}
          edge="last"
          onChange={(day) => set({ b_to: day ? dayAfter(day) : "" })}
        />
      </fieldset>
      <Basis shown={shown} onReset={() => onChange({ a_from: "", a_to: "", b_from: "", b_to: "" })} />
    </div>
  );
}

function Basis({ shown, onReset }: { shown: Comparison | undefined; onReset: () => void }) {
  if (shown?.basis === "launch" && shown.launch) {
    return (
      <p className={styles.basis}>
        {m.process_periods_basis_launch({ day: date(shown.launch.day) })}{" "}
        <AppLink href={`/vorhaben/${encodeURIComponent(shown.launch.initiative)}`}>{shown.launch.title}</AppLink>
      </p>
    );
  }
  if (shown?.basis === "halves") return <p className={styles.basis}>{m.process_periods_basis_halves()}</p>;
  return (
    <p className={styles.basis}>
      <button type="button" className={styles.reset} onClick={onReset}>
        {m.process_periods_reset()}
      </button>
    </p>
  );
}
