import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { LedgerSpan } from "@/api/types/ledger";
import { AppLink, Empty, Loaded, Section } from "@/kit";
import { className, worthWriter } from "@/page/effect/words";
import { m } from "@/paraglide/messages";
import { type ProvenRow, provenRows, share } from "./proven";
import styles from "./start.module.css";

/** What was proven and signed, each class on a scale of its own, never added. */
export function Proven(): ReactElement {
  const query = useGet("/ledger", {}, { retry: false });
  return (
    <Section title={m.start_proven()} note={<AppLink href="/beitrag">{m.start_proven_all()}</AppLink>}>
      <Loaded query={query} height={144}>
        {(ledger) => {
          const rows = provenRows(ledger.classes);
          if (rows.length === 0)
            return (
              <Empty
                title={m.start_proven_none()}
                text={m.start_proven_none_text()}
                action={<AppLink href="/wirkung">{m.start_proven_effects()}</AppLink>}
              />
            );
          return (
            <>
              <ul className={styles.proven}>
                {rows.map((row) => (
                  <Class key={`${row.class} ${row.unit}`} row={row} />
                ))}
              </ul>
              <p className={styles.small}>{m.start_proven_note()}</p>
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Class({ row }: { row: ProvenRow }): ReactElement {
  const { low, middle, high } = row.span;
  const write = worthWriter(row.unit, Math.max(...[low, middle, high].map((v) => Math.abs(v ?? 0))));
  return (
    <li>
      <strong>{write.text(middle)}</strong>
      <span>
        <span className={styles.provenName}>
          {className(row.class)}
          <small>{m.kit_range({ low: write.bare(low), high: write.text(high) })}</small>
        </span>
        <Bar span={row.span} />
      </span>
    </li>
  );
}

/** Low to high with the middle, from zero on. */
function Bar({ span }: { span: LedgerSpan }): ReactElement {
  const { low, middle, high } = share(span);
  return (
    <svg width="100%" height="14" viewBox="0 0 1000 14" preserveAspectRatio="none" aria-hidden="true">
      <line x1="0" x2="1000" y1="7" y2="7" stroke="var(--lo-line-strong)" vectorEffect="non-scaling-stroke" />
      <rect x={low} y="3" width={Math.max(2, high - low)} height="8" fill="var(--lo-series-1)" opacity="0.35" />
      {[0, low, high].map((x) => (
        <line key={x} x1={x} x2={x} y1="2" y2="12" stroke="var(--lo-series-1)" vectorEffect="non-scaling-stroke" />
      ))}
      <line
        x1={middle}
        x2={middle}
        y1="1"
        y2="13"
        stroke="var(--lo-series-1)"
        strokeWidth="3"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
