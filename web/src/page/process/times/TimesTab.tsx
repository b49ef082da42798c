import { useGet } from "@/api";
import type { Times } from "@/api/types/process_detail";
import { Bars } from "@/chart/bars/Bars";
import { Histogram } from "@/chart/histogram/Histogram";
import { Plot } from "@/chart/Plot";
import { periodName } from "@/chart/series";
import { Empty, Loaded, RemarkList } from "@/kit";
import { durationText, int } from "@/kit/format";
import type { ProcessFilter } from "@/kit/url";
import { m } from "@/paraglide/messages";
import { activityTable, histogramTable, monthTable, weekdayName, weekdayTable } from "./tables";
import styles from "./times.module.css";

/** How long cases and steps take: distribution, per activity, by month and weekday. */
export function TimesTab({ process, title, filter }: { process: string; title: string; filter: ProcessFilter }) {
  const query = useGet("/processes/{process}/times", { path: { process }, query: { ...filter } });
  return (
    <Loaded query={query} height={720} loadingText={m.process_times_loading()}>
      {(t) => (
        <div className={styles.grid}>
          <h2 className="lo-sr">{m.process_tab_times()}</h2>
          <div className={styles.wide}>
            <Plot
              name={m.process_times_durations({ process: title })}
              title={m.process_times_durations_title()}
              caption={m.process_times_caption({
                median: durationText(t.median_seconds),
                p90: durationText(t.p90_seconds),
              })}
              table={histogramTable(t.histogram)}
            >
              <Histogram
                bins={t.histogram.map((b) => ({ from: b.from_seconds, to: b.to_seconds, count: b.count }))}
                median={t.median_seconds}
                height={160}
                label={m.process_times_durations({ process: title })}
              />
            </Plot>
          </div>
          <PerActivity t={t} title={title} />
          <ByMonth t={t} title={title} />
          <Plot
            name={m.process_times_weekdays({ process: title })}
            title={m.process_times_weekdays_title()}
            caption={m.process_times_weekdays_caption()}
            table={weekdayTable(t.weekdays)}
          >
            <Bars
              rows={t.weekdays.map((w) => ({
                key: String(w.weekday),
                label: weekdayName(w.weekday),
                value: w.median_seconds,
                text: durationText(w.median_seconds),
                note: `n = ${int(w.cases)}`,
              }))}
            />
          </Plot>
          <div className={styles.wide}>
            <RemarkList remarks={t.remarks} />
          </div>
        </div>
      )}
    </Loaded>
  );
}

function PerActivity({ t, title }: { t: Times; title: string }) {
  const rows = [...t.activities].sort((a, b) => (b.waiting_median_seconds ?? -1) - (a.waiting_median_seconds ?? -1));
  return (
    <div className={styles.wide}>
      <Plot
        name={m.process_times_activities({ process: title })}
        title={m.process_times_activities_title()}
        caption={m.process_times_activities_caption()}
        table={activityTable(rows)}
      >
        <Bars
          root
          rows={rows.slice(0, 20).map((a) => ({
            key: a.name,
            label: a.name,
            value: a.waiting_median_seconds,
            text: durationText(a.waiting_median_seconds),
            note: `n = ${int(a.count)}`,
          }))}
        />
      </Plot>
    </div>
  );
}

function ByMonth({ t, title }: { t: Times; title: string }) {
  const complete = t.months.filter((x) => x.complete);
  return (
    <Plot
      name={m.process_times_months({ process: title })}
      title={m.process_times_months_title()}
      caption={m.process_times_months_caption()}
      table={monthTable(t.months)}
    >
      {complete.length < 2 ? (
        <Empty icon="clock" title={m.process_times_one_month()} text={m.process_times_one_month_text()} />
      ) : (
        <Bars
          rows={t.months.slice(-13).map((x) => ({
            key: x.from,
            label: periodName(x.from, "month"),
            value: x.median_seconds,
            text: durationText(x.median_seconds),
            note: x.complete ? `n = ${int(x.cases)}` : m.process_times_running({ n: int(x.cases) }),
            colour: x.complete ? "var(--lo-series-1)" : "var(--lo-line-strong)",
          }))}
        />
      )}
    </Plot>
  );
}
