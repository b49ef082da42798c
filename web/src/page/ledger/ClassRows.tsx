import type { ReactElement } from "react";
import type { LedgerClass, LedgerSpan } from "@/api/types/ledger";
import { className } from "@/page/effect/words";
import { m } from "@/paraglide/messages";
import classes from "./ledger.module.css";
import { spanText } from "./words";

/** Claimed, measured and confirmed of each class on a scale of its own: nothing here adds two classes. */
export function ClassRows({ list }: { list: LedgerClass[] }): ReactElement {
  return (
    <div className={classes.classList}>
      {list.map((one) => {
        const most = Math.max(
          ...[one.claimed, one.measured, one.confirmed].map((span) => span?.high ?? span?.middle ?? 0),
          0,
        );
        return (
          <section key={`${one.class} ${one.unit}`} aria-label={className(one.class)}>
            <h3>{className(one.class)}</h3>
            <dl>
              <Line word={m.ledger_claimed()} span={one.claimed} unit={one.unit} most={most} tone="claimed" />
              <Line word={m.ledger_measured()} span={one.measured} unit={one.unit} most={most} tone="measured" />
              <Line word={m.ledger_confirmed()} span={one.confirmed} unit={one.unit} most={most} tone="confirmed" />
            </dl>
          </section>
        );
      })}
    </div>
  );
}

interface LineProps {
  word: string;
  span: LedgerSpan | null;
  unit: string;
  most: number;
  tone: "claimed" | "measured" | "confirmed";
}

function Line({ word, span, unit, most, tone }: LineProps): ReactElement {
  const share = (v: number | null | undefined): number =>
    most > 0 ? Math.max(0, Math.min(1, (v ?? 0) / most)) * 100 : 0;
  return (
    <div className={classes.line}>
      <dt>{word}</dt>
      <dd>
        <span className={classes.track} aria-hidden="true">
          {span && span.middle !== null ? (
            <>
              <span
                className={classes.range}
                data-tone={tone}
                style={{ left: `${share(span.low)}%`, width: `${Math.max(0.5, share(span.high) - share(span.low))}%` }}
              />
              <span className={classes.tick} style={{ left: `${share(span.middle)}%` }} />
            </>
          ) : null}
        </span>
        <strong>{spanText(span, unit)}</strong>
      </dd>
    </div>
  );
}
