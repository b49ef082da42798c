import type { Summary } from "@/api/types/process";
import { durationClass } from "@/chart/processmap/scale";
import type { Colouring, Shown } from "@/chart/processmap/schema";
import { Figure, Icon, Segments } from "@/kit";
import { duration, durationText, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import styles from "../process.module.css";
import { type ProcessState, selectionPatch } from "../state";
import { steps } from "./steps";

interface Props {
  part: Shown;
  summary: Summary;
  colouring: Colouring;
  limits: number[];
  state: ProcessState;
  set: (patch: Partial<ProcessState>) => void;
}

/** The map for narrow screens: steps from first to last with waiting bars between them. */
export function StepList({ part, summary, colouring, limits, state, set }: Props) {
  const list = steps(part, summary.cases);
  const size = (s: { seconds: number | null; count: number }) =>
    Math.sqrt(colouring === "duration" ? Math.max(0, s.seconds ?? 0) : s.count);
  const most = Math.max(
    1e-9,
    ...list.map((s) => (s.wait ? size({ seconds: s.wait.edge.median_seconds, count: s.wait.edge.count }) : 0)),
  );
  return (
    <>
      <div className={styles.phoneHead}>
        <Figure value={duration(summary.case_duration_seconds.median)} caption={m.process_steps_median()} />
        <Segments
          label={m.process_map_colour()}
          value={state.colour}
          onChange={(colour) => set({ colour })}
          options={[
            { value: "count", label: m.process_map_colour_count() },
            { value: "duration", label: m.process_map_colour_duration() },
          ]}
        />
      </div>
      <ol className={styles.steps}>
        {list.map((s) => {
          const here = state.node === s.name || state.path_to === s.name;
          const grade = durationClass(s.wait?.edge.median_seconds ?? null, limits);
          return (
            <li key={s.name}>
              {s.wait && (
                <>
                  <svg width={24} height={40} aria-hidden="true">
                    <line
                      x1={8}
                      x2={8}
                      y1={2}
                      y2={38}
                      stroke={here ? "var(--lo-signal)" : "var(--lo-line-strong)"}
                      strokeWidth={2}
                      strokeDasharray={s.wait.fromPrevious ? undefined : "4 4"}
                    />
                  </svg>
                  <div className={styles.wait}>
                    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                      <rect
                        width={Math.max(
                          1,
                          (size({ seconds: s.wait.edge.median_seconds, count: s.wait.edge.count }) / most) * 100,
                        )}
                        height={10}
                        fill={colouring === "duration" && grade ? `var(--lo-duration-${grade})` : "var(--lo-series-5)"}
                      />
                    </svg>
                    <span>
                      {s.wait.fromPrevious ? "" : `${m.process_steps_since({ name: s.wait.edge.from })} `}
                      {colouring === "duration" ? durationText(s.wait.edge.median_seconds) : int(s.wait.edge.count)}
                    </span>
                  </div>
                </>
              )}
              <svg width={24} height={44} aria-hidden="true">
                <circle
                  cx={8}
                  cy={22}
                  r={s.full ? 7 : 5.5}
                  fill={here ? "var(--lo-signal)" : s.full ? "var(--lo-blue)" : "var(--lo-paper)"}
                  stroke={here ? "var(--lo-signal)" : "var(--lo-blue)"}
                  strokeWidth={2}
                />
              </svg>
              <button
                type="button"
                className={`${styles.step} lo-print`}
                aria-pressed={here}
                onClick={() => set(selectionPatch({ kind: "activity", name: s.name }))}
              >
                <span>
                  <strong>{s.name}</strong>
                  <small>{int(s.count)}</small>
                </span>
                <Icon name="right" />
              </button>
            </li>
          );
        })}
      </ol>
      <p className={`${styles.small} ${styles.stepsLegend}`}>{m.process_steps_legend()}</p>
    </>
  );
}
