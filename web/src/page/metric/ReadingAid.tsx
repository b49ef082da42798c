import { useHatch } from "@/chart/Hatch";
import { Whisker } from "@/chart/whisker/Whisker";
import { ChainBars, StatusMark } from "@/kit";
import { steps } from "@/kit/chain/links";
import { m } from "@/paraglide/messages";
import styles from "./metric.module.css";

/** How to read the tiles; stands as their last cell. */
export function ReadingAid() {
  const { defs, fill } = useHatch();
  return (
    <div className={styles.legend}>
      <h3>{m.metric_aid_title()}</h3>
      <p className={styles.aidMarks}>
        <StatusMark status="on_course" />
        <StatusMark status="at_risk" />
        <StatusMark status="missed" />
      </p>
      <ul className={styles.aid}>
        <li>
          <svg width={48} height={12} aria-hidden="true">
            <rect y={1} width={24} height={11} fill="var(--lo-ok-tint)" />
            <line x2={24} y1={1} y2={1} stroke="var(--lo-ok)" />
          </svg>
          {m.target_aid_band()}
        </li>
        <li>
          <svg width={48} height={12} aria-hidden="true">
            {defs}
            <rect width={24} height={12} fill={fill} />
          </svg>
          {m.metric_aid_hatch()}
        </li>
        <li>
          <svg width={48} height={12} aria-hidden="true">
            <circle cx={12} cy={6} r={4} fill="var(--lo-series-1)" />
          </svg>
          {m.metric_aid_dot()}
        </li>
        <li>
          <Whisker change={{ value: 0.4, low: 0.15, high: 0.65 }} scale={1} width={48} />
          {m.metric_aid_whisker()}
        </li>
        <li>
          <ChainBars
            dense
            links={steps.map((step, at) => ({
              step,
              state: at < 7 ? "present" : at === 7 ? "restated" : "open",
              value: "",
            }))}
          />
          {m.metric_aid_chain()}
        </li>
      </ul>
    </div>
  );
}
