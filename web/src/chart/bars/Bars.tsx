import styles from "./bars.module.css";

/** One labelled horizontal bar. */
export interface BarRow {
  key: string;
  label: string;
  /** Length is value ÷ the largest value; null draws no bar. */
  value: number | null;
  text: string;
  /** Second, weaker text, such as n. */
  note?: string;
  colour?: string;
}

/** Horizontal bars on one scale with their values at the right; root scale keeps short ones visible. */
export function Bars({
  rows,
  root = false,
  onSelect,
}: {
  rows: BarRow[];
  root?: boolean;
  onSelect?: (key: string) => void;
}) {
  const size = (v: number) => (root ? Math.sqrt(Math.max(0, v)) : Math.max(0, v));
  const most = Math.max(1e-9, ...rows.map((r) => (r.value === null ? 0 : size(r.value))));
  return (
    <ul className={styles.bars}>
      {rows.map((r) => (
        <li key={r.key}>
          {onSelect ? (
            <button type="button" className={`${styles.link} lo-print`} onClick={() => onSelect(r.key)}>
              {r.label}
            </button>
          ) : (
            <span className={styles.label}>{r.label}</span>
          )}
          <svg className={styles.track} viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            {r.value !== null && (
              <rect
                width={Math.max(0.6, (size(r.value) / most) * 100)}
                height={8}
                fill={r.colour ?? "var(--lo-series-5)"}
              />
            )}
          </svg>
          <span className={styles.value}>
            {r.text}
            {r.note && <small>{r.note}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}
