import type { Money, OverviewBudget } from "@/api/types/overview";
import { AppLink, Section } from "@/kit";
import { moneyText } from "@/kit/format";
import { m } from "@/paraglide/messages";
import styles from "./start.module.css";

/** What is planned, committed and spent on one scale, with a tick at the granted budget. */
export function Budget({ budget }: { budget: OverviewBudget }) {
  const rows: [string, Money][] = [
    [m.start_budget_planned(), budget.planned],
    [m.start_budget_committed(), budget.committed],
    [m.start_budget_spent(), budget.spent],
  ];
  const granted = budget.granted ? Number(budget.granted.amount) : 0;
  const most = Math.max(granted, ...rows.map(([, v]) => Number(v.amount)), 1);
  return (
    <Section
      title={m.start_budget()}
      note={
        budget.granted ? m.start_budget_granted({ amount: moneyText(granted, budget.granted.currency) }) : undefined
      }
    >
      <ul className={styles.budget}>
        {rows.map(([name, v]) => (
          <li key={name}>
            <AppLink href="/register/posting">{name}</AppLink>
            <svg width="100%" height="12" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 1000 12">
              <rect y="2" width="1000" height="8" fill="var(--lo-sunken)" />
              <rect
                y="2"
                width={(Math.max(0, Number(v.amount)) / most) * 1000}
                height="8"
                fill={granted > 0 && Number(v.amount) > granted * 1.05 ? "var(--lo-warn-fill)" : "var(--lo-series-1)"}
              />
              {granted > 0 ? <rect x={(granted / most) * 1000 - 3} width="3" height="12" fill="var(--lo-ink)" /> : null}
            </svg>
            <strong>{moneyText(Number(v.amount), v.currency)}</strong>
          </li>
        ))}
      </ul>
      {budget.granted ? <p className={styles.small}>{m.start_budget_mark()}</p> : null}
    </Section>
  );
}
