import { useNavigate } from "@tanstack/react-router";
import type { MetricItem } from "@/api/types/metric";
import { lineWord } from "@/chart/line/words";
import { Sparkline } from "@/chart/sparkline/Sparkline";
import { unsecured } from "@/chart/whisker/shape";
import { Whisker } from "@/chart/whisker/Whisker";
import { AppLink, StatusMark } from "@/kit";
import { month, monthShort, short } from "@/kit/format";
import { FoldedChain } from "@/page/chain/Chain";
import { m } from "@/paraglide/messages";
import { changeOf, openWord } from "./change";
import { metricHref } from "./href";
import styles from "./metric.module.css";
import { noChange } from "./noChange";
import { type MetricScale, metricScale } from "./scale";
import { bands, limitText, standingMark, standingWord } from "./target";

interface Props {
  item: MetricItem;
  against: "previous" | "year_before";
  /** Half width of the whisker's scale; see whiskerScales. */
  scale: number;
  /** Whether to name the process, when several are shown. */
  process: boolean;
  /** A decision about it is due. */
  turn?: boolean;
}

/** One metric: name, value, trend, change with interval, evidence chain. The whole tile opens the metric. */
export function MetricTile({ item, against, scale, process, turn }: Props) {
  const navigate = useNavigate();
  const href = metricHref(item);
  const write = metricScale(item.unit, item.currency, item.latest?.value ?? null);
  const value = write.value(item.latest?.value);
  const main = item.targets[0];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the title is the link; the click on the rest is a convenience
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className={styles.tile}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest("a, button")) void navigate({ to: href });
      }}
    >
      <h2 className={styles.tileName}>
        {main && <StatusMark status={standingMark(main.status)} word={standingWord(main.status)} quiet />}
        <span>
          <AppLink href={href}>{item.title}</AppLink>
          {process && item.process && <small>{item.process}</small>}
        </span>
        {turn && <StatusMark status="your_turn" quiet />}
      </h2>
      {item.state === "unknown" || !item.latest ? (
        <Unknown item={item} />
      ) : (
        <>
          <p className={styles.tileValue}>
            <strong>{value.text}</strong> {value.unit}
            <small>
              {main ? (
                <>
                  {limitText(main, write)}
                  <br />
                  {main.from ? `${lineWord(main.line)}, ${monthShort(main.from)}` : lineWord(main.line)}
                </>
              ) : (
                month(item.latest.from)
              )}
            </small>
          </p>
          <Sparkline
            points={item.trend ?? []}
            bands={bands(item.targets, item.trend ?? [], write)}
            label={m.metric_trend_label({ name: item.title })}
          />
          <ChangeLine item={item} against={against} scale={scale} />
        </>
      )}
      <FoldedChain kind="metric" id={item.name} process={item.process} />
    </div>
  );
}

/** The change against the other period with its whisker; without a comparison it says why. */
export function ChangeLine({ item, against, scale }: Pick<Props, "item" | "against" | "scale">) {
  const change = changeOf(item[against]);
  const write = metricScale(item.unit, item.currency, item.latest?.value ?? null);
  if (!change) {
    return <p className={styles.noChange}>{noChange(item[against], against)}</p>;
  }
  const open = unsecured(change);
  const words = write.change(change.value);
  return (
    <div className={styles.change} data-open={open !== false || undefined}>
      <div className={styles.whisker}>
        <Whisker change={change} scale={scale} />
        <small>{m.metric_whisker_scale({ scale: scaleText(scale, write) })}</small>
      </div>
      <p>
        <strong>
          {words.text} {words.unit} {against === "previous" ? m.metric_to_previous() : m.metric_to_year()}
        </strong>
        <small>
          {change.low === null || change.high === null
            ? m.metric_no_interval()
            : m.kit_range({ low: write.change(change.low).text, high: write.change(change.high).text })}
          {open ? `, ${openWord(change)}` : ""}
        </small>
      </p>
    </div>
  );
}

/** The end of a whisker's scale in the unit of the change. */
function scaleText(scale: number, write: MetricScale): string {
  return [short(scale * write.factor, 6), write.change(scale).unit].filter(Boolean).join("\u00a0");
}

/** One metric as a line of 48 px, for phones: name, trend, value. */
export function MetricRow({ item, process }: Pick<Props, "item" | "process">) {
  const write = metricScale(item.unit, item.currency, item.latest?.value ?? null);
  const value = write.value(item.latest?.value);
  return (
    <li>
      <AppLink href={metricHref(item)} className={styles.row}>
        <span className={styles.rowName}>
          {item.targets[0] && (
            <>
              <StatusMark
                status={standingMark(item.targets[0].status)}
                word={standingWord(item.targets[0].status)}
                quiet
              />{" "}
            </>
          )}
          {item.title}
          {process && item.process && <small>{item.process}</small>}
        </span>
        <Sparkline
          points={item.trend ?? []}
          bands={bands(item.targets, item.trend ?? [], write)}
          height={28}
          label={m.metric_trend_label({ name: item.title })}
        />
        <span className={styles.rowValue}>
          <strong>{value.text}</strong> {value.unit}
        </span>
      </AppLink>
    </li>
  );
}

/** Unknown is its own state: it names what is missing and the way to mend it. */
function Unknown({ item }: { item: MetricItem }) {
  const remark = item.remarks?.[0];
  return (
    <div className={styles.unknown}>
      <p>
        <StatusMark status="open" word={m.metric_unknown()} />
      </p>
      <p>{remark?.text ?? m.metric_unknown_text()}</p>
      {remark?.link && <AppLink href={remark.link}>{m.kit_mend()}</AppLink>}
    </div>
  );
}
