import type { ReactElement } from "react";
import type { Amount, Initiative, Progress } from "@/api/types/initiative";
import { AppLink, Facts, RemarkList, Section } from "@/kit";
import { moneyText } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./initiative.module.css";

function text(amount: Amount | undefined): string {
  return amount ? moneyText(Number(amount.amount), amount.currency) : "–";
}

/** Budget beside what is planned, committed, spent and forecast. */
export function Money({ one, progress }: { one: Initiative; progress: Progress | undefined }): ReactElement {
  const money = progress?.money;
  const budget = one.value.budget;
  return (
    <Section
      title={m.initiative_budget()}
      sub={budget ? text(budget) : m.initiative_budget_none()}
      actions={
        money ? (
          <AppLink href={`/register/posting?filter=${encodeURIComponent(`initiative:eq:${one.id}`)}`}>
            {m.initiative_postings()}
          </AppLink>
        ) : null
      }
    >
      {money ? (
        <>
          <Bar money={money} budget={budget} />
          <Facts
            columns
            items={[
              { label: m.initiative_planned_sum(), value: text(money.planned) },
              { label: m.initiative_committed(), value: text(money.committed) },
              { label: m.initiative_spent(), value: text(money.spent) },
              { label: m.initiative_open(), value: text(money.open) },
              { label: m.initiative_rest(), value: text(money.rest) },
              { label: m.initiative_forecast(), value: <strong>{text(money.forecast)}</strong> },
            ]}
          />
          <p className={classes.small}>{m.initiative_forecast_is()}</p>
        </>
      ) : (
        <p className={classes.quiet}>{m.initiative_money_none()}</p>
      )}
      {progress ? <RemarkList remarks={progress.remarks} /> : null}
    </Section>
  );
}

/** Spent and forecast as a bar with a tick at the budget; amber beyond 105 %. */
function Bar({ money, budget }: { money: NonNullable<Progress["money"]>; budget?: Amount }): ReactElement | null {
  if (!budget || budget.currency !== money.forecast.currency || Number(budget.amount) === 0) return null;
  const [plan, spent, forecast] = [budget, money.spent, money.forecast].map((one) => Number(one.amount)) as [
    number,
    number,
    number,
  ];
  const full = Math.max(plan, forecast) * 1.02;
  const share = (value: number): string => `${(100 * value) / full}%`;
  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={m.initiative_bar({ spent: text(money.spent), forecast: text(money.forecast), budget: text(budget) })}
      data-over={forecast > plan * 1.05 || undefined}
    >
      <span className={classes.barForecast} style={{ width: share(forecast) }} />
      <span className={classes.barSpent} style={{ width: share(spent) }} />
      <span className={classes.barPlan} style={{ left: share(plan) }} />
    </div>
  );
}
