import { Button } from "@mantine/core";
import type { RefObject } from "react";
import type { MetricItem } from "@/api/types/metric";
import type { Overview } from "@/api/types/overview";
import { AppLink, Empty, Section } from "@/kit";
import { int } from "@/kit/format";
import { byNeed, changeOf, verdict, whiskerScales } from "@/page/metric/change";
import { MetricRow, MetricTile } from "@/page/metric/MetricTile";
import metric from "@/page/metric/metric.module.css";
import { ReadingAid } from "@/page/metric/ReadingAid";
import { m } from "@/paraglide/messages";
import styles from "./start.module.css";

interface Props {
  o: Overview;
  phone: boolean;
  area: RefObject<HTMLDivElement | null>;
}

/** The figures in the order of the page: those with a target as the server ranks them, then the others by their change. */
export function inOrder(o: Overview): MetricItem[] {
  const aimed = o.metrics.filter((i) => i.targets.length > 0);
  const rest = o.metrics.filter((i) => i.targets.length === 0);
  return [...aimed, ...byNeed(rest, "year_before")];
}

/** Whether a figure asks for somebody now; without a target its change says so. */
function urgent(item: MetricItem, turn: boolean): boolean {
  const main = item.targets[0];
  if (turn || main) return turn || main?.status === "missed" || main?.status === "at_risk";
  return verdict(item, changeOf(item.year_before)) === "worse";
}

/** The figures of the page; on phones only the urgent ones in full, the rest as rows. */
export function Tiles({ o, phone, area }: Props) {
  const items = inOrder(o);
  if (items.length === 0)
    return (
      <Empty
        title={m.start_no_metrics()}
        text={m.start_no_metrics_text()}
        action={
          <Button component={AppLink} href="/kennzahlen">
            {m.start_metrics_all()}
          </Button>
        }
      />
    );
  const evidence = new Map(o.evidence.map((e) => [`${e.metric} ${e.process}`, e]));
  const of = (i: MetricItem) => evidence.get(`${i.name} ${i.process}`);
  const several = new Set(items.map((i) => i.process).filter(Boolean)).size > 1;
  const scales = whiskerScales(items, "year_before");
  const full = phone ? items.filter((i) => urgent(i, of(i)?.turn ?? false)) : items;
  const rest = items.filter((i) => !full.includes(i));
  const all = (
    <AppLink href="/kennzahlen">{m.start_metrics_count({ n: int(o.counts.metrics ?? items.length) })}</AppLink>
  );
  const tiles = (
    <div className={metric.tiles} ref={area}>
      {full.map((item) => (
        <MetricTile
          key={`${item.name} ${item.process}`}
          item={item}
          against="year_before"
          scale={scales.get(item) ?? 1}
          process={several}
          turn={of(item)?.turn}
        />
      ))}
      {phone ? null : <ReadingAid />}
    </div>
  );
  if (!phone)
    return (
      <>
        {tiles}
        <p className={styles.more}>{all}</p>
      </>
    );
  const title = o.goals.total > 0 ? m.start_goals() : m.start_metrics_all();
  return (
    <Section title={title} note={o.goals.total > 0 ? m.start_goals_note({ n: int(o.goals.total) }) : all}>
      {tiles}
      {rest.length > 0 && (
        <ul className={metric.rows}>
          {rest.map((item) => (
            <MetricRow key={`${item.name} ${item.process}`} item={item} process={several} />
          ))}
        </ul>
      )}
      {o.goals.total > 0 ? <p className={styles.more}>{all}</p> : null}
    </Section>
  );
}
