import type { ReactElement } from "react";
import type { Assessed } from "@/api/types/business_case";
import { Figure } from "@/kit";
import { int, money, num, percent, range } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./businesscase.module.css";
import { amounts } from "./words";

/** The figures of a case: value, probability, payback, cash need, internal rate. */
export function Figures({ a }: { a: Assessed }): ReactElement {
  const { result, simulation } = a.assessment;
  const { major, text } = amounts(a);
  const cash = result.cash;
  const rate = cash.irr.count === 1 ? cash.irr.rates?.[0] : undefined;
  const share = percent(simulation.cash.probability_positive, 0);
  return (
    <div className={classes.figures}>
      <Figure
        value={money(major(cash.npv), result.currency)}
        caption={
          <>
            {m.businesscase_npv()}
            <br />
            {range(a.npv_low, a.npv_high, text)}
          </>
        }
      />
      <Figure
        value={{ text: share.replace(/\s?%$/, ""), unit: "%" }}
        caption={
          <>
            {m.businesscase_positive()}
            <br />
            {m.businesscase_draws({ n: int(simulation.draws) })}
          </>
        }
      />
      <Figure
        value={
          cash.payback_months === null
            ? { text: "–", unit: "" }
            : { text: num(cash.payback_months), unit: m.businesscase_months() }
        }
        caption={cash.payback_months === null ? m.businesscase_payback_none() : m.businesscase_payback()}
      />
      <Figure
        value={money(major(cash.cash_need.amount), result.currency)}
        caption={
          <>
            {m.businesscase_need()}
            <br />
            {m.businesscase_need_external({ value: text(cash.cash_need_without_internal.amount) })}
          </>
        }
      />
      <Figure
        value={rate === undefined ? { text: "–", unit: "" } : { text: percent(rate).replace(/\s?%$/, ""), unit: "%" }}
        caption={
          <>
            {m.businesscase_irr()}
            <br />
            {rate !== undefined
              ? null
              : cash.irr.count === 0
                ? m.businesscase_irr_none()
                : m.businesscase_irr_several()}
          </>
        }
      />
    </div>
  );
}
