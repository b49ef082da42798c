import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useSend } from "@/api";
import type { MetricDetail } from "@/api/types/metric_detail";
import { ConfirmDialog, Facts, Section } from "@/kit";
import { age, dateTime, int } from "@/kit/format";
import { tableTitle } from "@/page/data/fields";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";
import styles from "./metric.module.css";
import { Owner } from "./Owner";

/** What is measured, in a sentence; by whom, from what, how old; the formula on demand. */
export function Definition({ d, children }: { d: MetricDetail; children?: ReactNode }) {
  const [sql, setSql] = useState(false);
  return (
    <aside className={styles.side}>
      <Section title={m.metric_measured()} first>
        <p className={styles.sentence}>{d.sentence}</p>
        {d.formula && (
          <Button variant="subtle" size="xs" aria-expanded={sql} onClick={() => setSql(!sql)}>
            {sql ? m.finding_sql_hide() : m.metric_formula()}
          </Button>
        )}
        {sql && <pre className={styles.sql}>{d.formula}</pre>}
      </Section>
      <Section>
        <Facts
          columns
          items={[
            { label: m.metric_owner(), value: <Owner d={d} /> },
            { label: m.metric_version(), value: int(d.version) },
            {
              label: m.metric_direction(),
              value:
                d.direction === "up" ? m.metric_up() : d.direction === "down" ? m.metric_down() : m.metric_neutral(),
            },
            { label: m.metric_method(), value: methodText(d.interval) },
            {
              label: m.metric_source(),
              value: d.source
                ? m.metric_source_rows({
                    table: d.process || tableTitle(d.source.table),
                    rows: int(d.source.rows),
                    loads: int(d.source.loads),
                  })
                : "–",
            },
            { label: m.metric_until(), value: dateTime(d.data_until) },
            { label: m.metric_age(), value: age(d.data_age_seconds) },
          ]}
        />
        {d.own && <Remove d={d} />}
      </Section>
      {children}
    </aside>
  );
}

function methodText(interval: MetricDetail["interval"]): string {
  switch (interval) {
    case "poisson":
      return m.metric_method_poisson();
    case "student":
      return m.metric_method_student();
    case "wilson":
      return m.metric_method_wilson();
    case "order_statistics":
      return m.metric_method_order();
    default:
      return m.metric_method_none();
  }
}

/** An own metric can be taken out again; its history stays. */
function Remove({ d }: { d: MetricDetail }) {
  const { may } = useRights();
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const send = useSend("delete", "/metrics/{name}", ["/metrics"]);
  if (!may("records.write")) return null;
  return (
    <div className="lo-no-print">
      <Button variant="default" data-tone="bad" onClick={() => setAsking(true)}>
        {m.metric_delete()}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={m.metric_delete_title({ name: d.title })}
        confirm={m.metric_delete()}
        destructive
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          await send.mutateAsync({ path: { name: d.name } });
          await navigate({ to: "/kennzahlen" });
        }}
      >
        {m.metric_delete_text()}
      </ConfirmDialog>
    </div>
  );
}
