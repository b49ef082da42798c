import type { ReactElement } from "react";
import type { Assessed } from "@/api/types/business_case";
import { percent } from "@/kit/format";
import { m } from "@/paraglide/messages";
import classes from "./businesscase.module.css";
import { amounts, paybackText, scenarioWord } from "./words";

/** The scenarios side by side. */
export function Scenarios({ a }: { a: Assessed }): ReactElement {
  const { text } = amounts(a);
  const list = a.assessment.scenarios ?? [];
  const rows = [
    { title: m.businesscase_npv(), cell: (i: number) => text(list[i]?.result.cash.npv ?? 0) },
    {
      title: m.businesscase_irr(),
      cell: (i: number) => {
        const irr = list[i]?.result.cash.irr;
        if (!irr || irr.count === 0) return m.businesscase_irr_none();
        return irr.count === 1 ? percent(irr.rates?.[0]) : m.businesscase_irr_several();
      },
    },
    { title: m.businesscase_payback(), cell: (i: number) => paybackText(list[i]?.result.cash.payback_months ?? null) },
    { title: m.businesscase_need(), cell: (i: number) => text(list[i]?.result.cash.cash_need.amount ?? 0) },
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className={classes.scroll} aria-label={m.businesscase_scenarios()} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{m.businesscase_scenario()}</th>
            {list.map((one) => (
              <th key={one.name} scope="col" data-number>
                {scenarioWord(one.name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.title}>
              <th scope="row">{row.title}</th>
              {list.map((one, i) => (
                <td key={one.name} data-number>
                  {row.cell(i)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
