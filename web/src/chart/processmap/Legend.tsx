import { durationText, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { edgeWidth } from "./graph";
import styles from "./processmap.module.css";
import { widthSteps } from "./scale";
import type { Colouring } from "./schema";

/** What colour and width of the edges say. */
export function Legend({ colouring, limits, most }: { colouring: Colouring; limits: number[]; most: number }) {
  return (
    <div className={styles.legend}>
      {colouring === "duration" && (
        <div>
          <p className={styles.legendTitle}>{m.process_map_legend_duration()}</p>
          <ul>
            {classTexts(limits).map((text, i) => (
              <li key={text}>
                <Swatch colour={`var(--lo-duration-${i + 1})`} width={6} />
                {text}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <p className={styles.legendTitle}>{m.process_map_legend_width()}</p>
        <ul>
          {widthSteps(most).map((n) => (
            <li key={n}>
              <Swatch colour="var(--lo-series-5)" width={edgeWidth(n, most)} />
              {int(n)}
            </li>
          ))}
        </ul>
      </div>
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
