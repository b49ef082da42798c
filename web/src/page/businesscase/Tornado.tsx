import type { ReactElement } from "react";
import type { Assessed } from "@/api/types/business_case";
import { Plot } from "@/chart/Plot";
import { Tag } from "@/kit";
import { m } from "@/paraglide/messages";
import classes from "./businesscase.module.css";
import { amounts, inputText, originWord } from "./words";

const most = 8;

/** What decides most: the value where one input stands low or high, with the input's origin. */
export function Tornado({ a, source }: { a: Assessed; source: string }): ReactElement {
  const { major, text } = amounts(a);
  const chart = a.assessment.tornado;
  const bars = (chart.bars ?? []).slice(0, most);
  const name = m.businesscase_tornado();
  const input = (key: string) => a.inputs?.find((one) => one.key === key);
  const values = bars.flatMap((b) => [b.npv_at_p10, b.npv_at_p90]);
  const low = Math.min(chart.base, ...values);
  const high = Math.max(chart.base, ...values);
  const x = (v: number): number => (high === low ? 50 : ((v - low) / (high - low)) * 100);
  if (bars.length === 0) return <p className={classes.quiet}>{m.businesscase_tornado_none()}</p>;
  const label = (bar: (typeof bars)[number]): string => {
    const titles = (bar.inputs ?? []).map((side) => input(side.key)?.title ?? side.key);
    return titles.join(" + ");
  };
  return (
    <Plot
      name={name}
      title={name}
      caption={m.businesscase_tornado_note()}
      source={source}
      legend={
        <span className={classes.legend}>
          <i data-side="low" /> {m.businesscase_low()} <i data-side="high" /> {m.businesscase_high()}
        </span>
      }
      table={{
        columns: [
          { title: m.businesscase_input(), type: "text" },
          { title: m.businesscase_origin(), type: "text" },
          { title: m.businesscase_low(), type: "money" },
          { title: m.businesscase_high(), type: "money" },
        ],
        rows: bars.map((b) => [
          label(b),
          originWord(b.inputs?.[0]?.origin ?? ""),
          major(b.npv_at_p10),
          major(b.npv_at_p90),
        ]),
      }}
    >
      <ul className={classes.tornado}>
        {bars.map((b) => {
          const first = b.inputs?.[0];
          const known = first && input(first.key);
          const base = x(chart.base);
          return (
            <li key={(b.inputs ?? []).map((side) => side.key).join()}>
              <span className={classes.barName}>
                {label(b)}
                <small>{known ? inputText(known, a.assessment.result.currency) : null}</small>
              </span>
              <Tag tone={first?.origin === "measured" ? "blue" : "none"}>{originWord(first?.origin ?? "")}</Tag>
              <span className={classes.barTrack}>
                <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                  {[
                    { v: b.npv_at_p10, fill: "var(--lo-series-2)" },
                    { v: b.npv_at_p90, fill: "var(--lo-series-1)" },
                  ].map(({ v, fill }) => (
                    <rect
                      key={fill}
                      x={Math.min(base, x(v))}
                      width={Math.max(0.3, Math.abs(x(v) - base))}
                      y={0}
                      height={10}
                      fill={fill}
                    />
                  ))}
                  <line
                    x1={base}
                    x2={base}
                    y1={-2}
                    y2={12}
                    stroke="var(--lo-ink)"
                    strokeWidth={1.5}
                    vectorEffect="non-scaling-stroke"
                  />
                </svg>
              </span>
              <span className={classes.barEnds}>
                {text(Math.min(b.npv_at_p10, b.npv_at_p90))} – {text(Math.max(b.npv_at_p10, b.npv_at_p90))}
              </span>
            </li>
          );
        })}
      </ul>
    </Plot>
  );
}
