import { Button } from "@mantine/core";
import type { RefObject } from "react";
import { useGet } from "@/api";
import type { MetricItem } from "@/api/types/metric";
import { AppLink, Empty, Loading, Section } from "@/kit";
import { int } from "@/kit/format";
import { byNeed, changeOf, verdict, whiskerScales } from "@/page/metric/change";
import { MetricRow, MetricTile } from "@/page/metric/MetricTile";
import metric from "@/page/metric/metric.module.css";
import { ReadingAid } from "@/page/metric/ReadingAid";
import { m } from "@/paraglide/messages";
import { important } from "./important";
import styles from "./start.module.css";

/** The metrics of the start page, the worst first. */
export function useImportant(): { items: MetricItem[]; total: number; several: boolean; pending: boolean } {
  const query = useGet("/metrics");
  const all = query.data?.items ?? [];
  return {
    items: byNeed(important(all, 7), "year_before"),
    total: query.data?.total ?? 0,
    several: new Set(all.map((i) => i.process).filter(Boolean)).size > 1,
    pending: query.isPending,
  };
}

interface Props extends ReturnType<typeof useImportant> {
  phone: boolean;
  area: RefObject<HTMLDivElement | null>;
}

/** Up to seven metrics; on phones only those that got worse in full, the rest as rows. */
export function Tiles({ items, total, several, pending, phone, area }: Props) {
  const findings = useGet("/findings");
  if (pending) return <Loading height={488} text={m.metric_list_loading()} />;
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
  const scales = whiskerScales(items, "year_before");
  const urgent = phone ? items.filter((i) => verdict(i, changeOf(i.year_before)) === "worse") : items;
  const rest = items.filter((i) => !urgent.includes(i));
  const all = <AppLink href="/kennzahlen">{m.start_metrics_count({ n: int(total) })}</AppLink>;
  const tiles = (
    <div className={metric.tiles} ref={area}>
      {urgent.map((item) => (
        <MetricTile
          key={`${item.name} ${item.process}`}
          item={item}
          against="year_before"
          scale={scales.get(item) ?? 1}
          process={several}
          findings={findings.data?.items}
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
  return (
    <Section title={m.start_metrics_all()} note={all}>
      {tiles}
      {rest.length > 0 && (
        <ul className={metric.rows}>
          {rest.map((item) => (
            <MetricRow key={`${item.name} ${item.process}`} item={item} process={several} />
          ))}
        </ul>
      )}
    </Section>
  );
}
