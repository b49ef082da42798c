import type { ReactElement } from "react";
import type { Assessed } from "@/api/types/business_case";
import { Plot } from "@/chart/Plot";
import { useWidth } from "@/chart/useWidth";
import { int, moneyText, percent } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { amounts } from "./words";

const height = 150;
const top = 20;
const foot = 40;

/** The distribution of the net present value: what lies below zero is grey, the interval stands below. */
export function NpvChart({ a, source }: { a: Assessed; source: string }): ReactElement | null {
  const { ref, width } = useWidth<HTMLDivElement>(480);
  const { major, text } = amounts(a);
  const cash = a.assessment.simulation.cash;
  const h = cash.histogram;
  const counts = h.counts ?? [];
  if (h.width === 0) return null;
  const most = Math.max(...counts);
  const end = h.from + counts.length * h.width;
  const x = (v: number): number => ((Math.min(Math.max(v, h.from), end) - h.from) / (end - h.from)) * width;
  const zero = x(0);
  const inside = h.from < 0 && end > 0;
  const wide = 92;
  const marks = ticks(major(h.from), major(end), Math.max(2, Math.floor(width / 110)));
  const name = m.businesscase_distribution();
  return (
    <Plot
      name={name}
      title={name}
      caption={`${m.businesscase_negative_share({ share: percent(cash.loss_share, 0) })}, ${m.businesscase_positive_share({ share: percent(cash.probability_positive, 0) })}`}
      source={source}
      table={{
        columns: [
          { title: m.businesscase_from(), type: "money" },
          { title: m.businesscase_to(), type: "money" },
          { title: m.businesscase_count(), type: "integer" },
        ],
        rows: counts.map((n, i) => [major(h.from + i * h.width), major(h.from + (i + 1) * h.width), n]),
      }}
    >
      <div ref={ref}>
        <svg
          width={width}
          height={top + height + foot}
          role="img"
          aria-label={`${name}: ${text(a.npv_low)} ${m.businesscase_to()} ${text(a.npv_high)}`}
        >
          {counts.map((n, i) => {
            const from = h.from + i * h.width;
            const size = (n / most) * height;
            return (
              <rect
                key={from}
                x={x(from) + 0.5}
                y={top + height - size}
                width={Math.max(1, x(from + h.width) - x(from) - 1)}
                height={size}
                fill={from < 0 ? "var(--lo-line-strong)" : "var(--lo-series-1)"}
                fillOpacity={from < 0 ? 1 : 0.85}
              >
                <title>{`${text(from)} ${m.businesscase_to()} ${text(from + h.width)}: ${int(n)}`}</title>
              </rect>
            );
          })}
          <line x1={0} x2={width} y1={top + height + 0.5} y2={top + height + 0.5} stroke="var(--lo-line-strong)" />
          {inside ? (
            <g fontSize={12}>
              <line x1={zero} x2={zero} y1={2} y2={top + height} stroke="var(--lo-ink)" strokeWidth={1.5} />
              {zero > wide ? (
                <text x={zero - 6} y={12} textAnchor="end" fill="var(--lo-ink-3)">
                  {m.businesscase_negative_share({ share: percent(cash.loss_share, 0) })}
                </text>
              ) : null}
              {width - zero > wide ? (
                <text x={zero + 6} y={12} fontWeight={600} fill="var(--lo-ink)">
                  {m.businesscase_positive_share({ share: percent(cash.probability_positive, 0) })}
                </text>
              ) : null}
            </g>
          ) : null}
          {marks.map((v) => (
            <text
              key={v}
              x={x(v * 10 ** a.assessment.result.decimals)}
              y={top + height + 16}
              fontSize={12}
              textAnchor={anchor(x(v * 10 ** a.assessment.result.decimals), width)}
              fill="var(--lo-ink-3)"
            >
              {v === 0 ? "0" : moneyText(v, a.assessment.result.currency)}
            </text>
          ))}
          <g stroke="var(--lo-blue)" strokeWidth={2} fill="var(--lo-blue)">
            <line x1={x(a.npv_low)} x2={x(a.npv_high)} y1={top + height + 29} y2={top + height + 29} />
            <line x1={x(a.npv_low)} x2={x(a.npv_low)} y1={top + height + 24} y2={top + height + 34} />
            <line x1={x(a.npv_high)} x2={x(a.npv_high)} y1={top + height + 24} y2={top + height + 34} />
            <circle cx={x(a.assessment.result.cash.npv)} cy={top + height + 29} r={4} />
          </g>
        </svg>
      </div>
    </Plot>
  );
}

/** Words at the edges stay inside. */
export function anchor(at: number, width: number): "start" | "middle" | "end" {
  if (at < 36) return "start";
  return at > width - 36 ? "end" : "middle";
}

/** Round values between two ends, about so many. */
export function ticks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((f) => f * power).find((s) => s >= rough) ?? rough;
  const out: number[] = [];
  for (let k = Math.ceil(low / step); k * step <= high; k++) out.push(k * step);
  return out;
}
