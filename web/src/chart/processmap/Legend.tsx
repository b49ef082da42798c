import { durationText, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { edgeWidth } from "./graph";
import styles from "./processmap.module.css";
import { widthSteps } from "./scale";
import type { Colouring } from "./schema";

/** One part of the legend: what a colour or a width stands for. */
export interface LegendPart {
  title: string;
  rows: { text: string; colour: string; width: number }[];
}

/** What colour and width of the edges say. */
export function legendParts(colouring: Colouring, limits: number[], most: number): LegendPart[] {
  const widths = {
    title: m.process_map_legend_width(),
    rows: widthSteps(most).map((n) => ({ text: int(n), colour: "var(--lo-series-5)", width: edgeWidth(n, most) })),
  };
  if (colouring === "count") return [widths];
  const classes = classTexts(limits).map((text, i) => ({ text, colour: `var(--lo-duration-${i + 1})`, width: 6 }));
  return [{ title: m.process_map_legend_duration(), rows: classes }, widths];
}

/** The legend beside the map. */
export function Legend({ parts }: { parts: LegendPart[] }) {
  return (
    <div className={styles.legend}>
      {parts.map((part) => (
        <div key={part.title}>
          <p className={styles.legendTitle}>{part.title}</p>
          <ul>
            {part.rows.map((row) => (
              <li key={row.text}>
                <Swatch colour={row.colour} width={row.width} />
                {row.text}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** "unter 12 Std.", "12 Std. bis 2 Tage", …, "über 15 Tage". */
export function classTexts(limits: number[]): string[] {
  const text = limits.map((l) => wholeDuration(l));
  return [
    m.process_map_under({ limit: text[0] ?? "" }),
    ...text.slice(1).map((high, i) => m.kit_range({ low: text[i] ?? "", high })),
    m.process_map_over({ limit: text[text.length - 1] ?? "" }),
  ];
}

/** Limits are whole in their unit, so they need no decimals. */
function wholeDuration(seconds: number): string {
  const unit = seconds % 86400 === 0 ? "d" : seconds % 3600 === 0 ? "h" : seconds % 60 === 0 ? "min" : "s";
  return durationText(seconds, unit).replace(/[.,]0(?=\D)/, "");
}

function Swatch({ colour, width }: { colour: string; width: number }) {
  return (
    <svg width={24} height={14} aria-hidden="true">
      <line x1={0} x2={24} y1={7} y2={7} stroke={colour} strokeWidth={width} />
    </svg>
  );
}
