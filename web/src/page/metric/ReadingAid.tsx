import { useHatch } from "@/chart/Hatch";
import { Whisker } from "@/chart/whisker/Whisker";
import { ChainBars } from "@/kit";
import { m } from "@/paraglide/messages";
import styles from "./metric.module.css";

/** How to read the tiles; stands as their last cell. */
export function ReadingAid() {
  const { defs, fill } = useHatch();
  return (
    <div className={styles.legend}>
      <h3>{m.metric_aid_title()}</h3>
      <ul className={styles.aid}>
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
            links={[
              { step: "rows", state: "present", value: "" },
              { step: "metric", state: "present", value: "" },
              { step: "finding", state: "open", value: "" },
            ]}
          />
          {m.metric_aid_chain()}
        </li>
      </ul>
    </div>
  );
}
