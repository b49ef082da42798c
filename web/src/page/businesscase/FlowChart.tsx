import type { ReactElement } from "react";
import type { Assessed } from "@/api/types/business_case";
import { Plot } from "@/chart/Plot";
import { useWidth } from "@/chart/useWidth";
import { moneyText, month } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { anchor, ticks } from "./NpvChart";
import { amounts } from "./words";

const height = 190;
const left = 64;

/** Payments by month as bars, the cumulated flow as a line. */
export function FlowChart({ a, source }: { a: Assessed; source: string }): ReactElement {
  const { ref, width } = useWidth<HTMLDivElement>(560);
  const { major, text } = amounts(a);
  const { cash, months, currency } = a.assessment.result;
  const net = (cash.net ?? []).map(major);
  const cumulated = (cash.cumulated ?? []).map(major);
  const all = [...net, ...cumulated, 0];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const y = (v: number): number => 8 + (1 - (v - low) / (high - low || 1)) * height;
  const step = (width - left) / net.length;
  const every = Math.max(1, Math.ceil(net.length / Math.max(2, Math.floor((width - left) / 90)) / 12) * 12);
  const name = m.businesscase_flows();
  const day = (i: number): string => `${months?.[i]}-01`;
  return (
    <Plot
      name={name}
      title={name}
      caption={m.businesscase_flows_caption({
        cost: text(cash.costs.total.total),
        benefit: text(cash.benefit.total),
      })}
      source={source}
      legend={`${m.businesscase_net()} ▮ · ${m.businesscase_cumulated()} —`}
      table={{
        columns: [
          { title: m.businesscase_month(), type: "text" },
          { title: m.businesscase_cost(), type: "money" },
          { title: m.businesscase_benefit_cash(), type: "money" },
          { title: m.businesscase_net(), type: "money" },
          { title: m.businesscase_cumulated(), type: "money" },
        ],
        rows: net.map((v, i) => [
          month(day(i)),
          major(cash.costs.total.monthly?.[i] ?? 0),
          major(cash.benefit.monthly?.[i] ?? 0),
          v,
          cumulated[i] ?? 0,
        ]),
      }}
    >
      <div ref={ref}>
        <svg width={width} height={height + 34} role="img" aria-label={name}>
          {ticks(low, high, 4).map((v) => (
            <g key={v}>
              <line x1={left} x2={width} y1={y(v)} y2={y(v)} stroke={v === 0 ? "var(--lo-ink-3)" : "var(--lo-line)"} />
              <text x={left - 8} y={y(v) + 4} fontSize={12} textAnchor="end" fill="var(--lo-ink-3)">
                {v === 0 ? "0" : moneyText(v, currency)}
              </text>
            </g>
          ))}
          {net.map((v, i) => (
            <rect
              key={day(i)}
              x={left + i * step + step * 0.15}
              width={Math.max(1, step * 0.7)}
              y={Math.min(y(0), y(v))}
              height={Math.abs(y(v) - y(0))}
              fill={v < 0 ? "var(--lo-series-5)" : "var(--lo-series-1)"}
            >
              <title>{`${month(day(i))}: ${moneyText(v, currency)}`}</title>
            </rect>
          ))}
          <polyline
            fill="none"
            stroke="var(--lo-series-2)"
            strokeWidth={2}
            points={cumulated.map((v, i) => `${left + (i + 0.5) * step},${y(v)}`).join(" ")}
          />
          {net.map((_, i) =>
            i % every === 0 ? (
              <text
                key={day(i)}
                x={left + (i + 0.5) * step}
                y={height + 28}
                fontSize={12}
                textAnchor={anchor(left + (i + 0.5) * step, width)}
                fill="var(--lo-ink-3)"
              >
                {month(day(i))}
              </text>
            ) : null,
          )}
        </svg>
      </div>
    </Plot>
  );
}
