import { useGet } from "@/api";
import type { Comparison } from "@/api/types/process_compare";
import { DataTable, Empty, Failed, Figure, Loading, RemarkList, Section } from "@/kit";
import { duration, durationText } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { filterOf, type ProcessState } from "../state";
import styles from "./compare.module.css";
import { MixPlot } from "./MixPlot";
import { PeriodPicker } from "./PeriodPicker";
import { TwoMaps } from "./TwoMaps";
import { edgeColumns, edgeRows, timeDifference } from "./tables";

interface Props {
  process: string;
  title: string;
  state: ProcessState;
  set: (patch: Partial<ProcessState>) => void;
  phone: boolean;
}

/** Two periods of the process side by side: the answer in a sentence, where it comes from, both maps, every path. */
export function CompareTab({ process, title, state, set, phone }: Props) {
  const filter = { ...filterOf(state), from: "", to: "" };
  const days = { a_from: state.a_from, a_to: state.a_to, b_from: state.b_from, b_to: state.b_to };
  const query = useGet("/processes/{process}/compare", { path: { process }, query: { ...filter, ...days } });
  const dfg = useGet("/processes/{process}/dfg", { path: { process }, query: { ...filter } });
  const c = query.error ? undefined : query.data;
  const failure = query.error ?? dfg.error;
  return (
    <div className={styles.tab}>
      <h2 className="lo-sr">{m.process_periods_title()}</h2>
      <PeriodPicker days={days} shown={c} onChange={set} />
      {failure ? (
        <Failed error={failure} onRetry={() => void Promise.all([query.refetch(), dfg.refetch()])} />
      ) : !c || !dfg.data ? (
        <Loading height={720} text={m.process_periods_loading()} />
      ) : c.a.cases === 0 || c.b.cases === 0 ? (
        <>
          <Empty icon="clock" title={m.process_periods_empty()} text={m.process_periods_empty_text()} />
          <RemarkList remarks={c.remarks} />
        </>
      ) : (
        <>
          <Answer c={c} title={title} />
          {!phone && <TwoMaps dfg={dfg.data} c={c} title={title} />}
          <Section title={m.process_periods_edges()}>
            <DataTable
              name={`${title}: ${m.process_periods_edges()}`}
              columns={edgeColumns()}
              rows={edgeRows(c)}
              rowKey={(e) => `${e.from}\u0000${e.to}`}
              dense
            />
            <p className={styles.note}>{m.process_periods_explain()}</p>
          </Section>
          <RemarkList remarks={c.remarks} />
        </>
      )}
    </div>
  );
}

function Answer({ c, title }: { c: Comparison; title: string }) {
  const { mean_seconds: mean, median_seconds: median } = c;
  return (
    <>
      <p className={styles.sentence}>{c.sentence}</p>
      <div className={styles.answer}>
        <div className={styles.figures}>
          <Figure value={duration(mean.b)} caption={m.process_periods_mean({ before: durationText(mean.a) })} />
          <Figure
            value={duration(median.b)}
            caption={`${m.process_periods_median({ before: durationText(median.a) })}: ${timeDifference(median)}`}
          />
        </div>
        {c.mix && <MixPlot mix={c.mix} title={title} />}
      </div>
    </>
  );
}
