import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import type { TargetStanding } from "@/api/types/metric";
import type { MetricDetail } from "@/api/types/metric_detail";
import { lineWord } from "@/chart/line/words";
import { AppLink, Icon, Section, StatusMark } from "@/kit";
import { date } from "@/kit/format";
import { useKind } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import styles from "./metric.module.css";
import { type MetricScale, metricScale } from "./scale";
import { gapText, limitText, sideSign, standingMark, standingWord } from "./target";

const TargetDialog = lazy(() => import("./TargetDialog").then((module) => ({ default: module.TargetDialog })));

/** The targets of a metric with their status, owner and next review, and the way to another one. */
export function TargetPart({ d }: { d: MetricDetail }) {
  const [adding, setAdding] = useState(false);
  const { kind } = useKind("target");
  const write = metricScale(d.unit, d.currency, d.latest?.value ?? d.targets[0]?.limit ?? null);
  return (
    <Section
      title={m.target_many()}
      actions={
        kind?.may.includes("create") ? (
          <Button variant="subtle" size="xs" leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
            {m.target_add()}
          </Button>
        ) : null
      }
    >
      {d.targets.length === 0 ? (
        <p>{m.target_none()}</p>
      ) : (
        <ul className={styles.targets}>
          {d.targets.map((t) => (
            <TargetLine key={t.id} t={t} write={write} />
          ))}
        </ul>
      )}
      {adding && kind ? (
        <Suspense fallback={null}>
          <TargetDialog d={d} kind={kind} write={write} onClose={() => setAdding(false)} />
        </Suspense>
      ) : null}
    </Section>
  );
}

function TargetLine({ t, write }: { t: TargetStanding; write: MetricScale }) {
  const facts = [
    t.secured === false ? m.target_unsecured() : "",
    t.next
      ? m.target_next({ date: date(t.next.from), limit: `${sideSign(t.direction)}${write.bare(t.next.value)}` })
      : "",
    t.owner_name ? m.target_owner({ name: t.owner_name }) : m.target_owner_none(),
    t.next_review ? m.target_review({ date: date(t.next_review) }) : "",
  ].filter(Boolean);
  const why = t.status === "unknown" ? t.remarks?.[0]?.text : "";
  return (
    <li>
      <StatusMark status={standingMark(t.status)} word={standingWord(t.status)} quiet />
      <span>
        <strong>
          <AppLink href={`/register/target/${encodeURIComponent(t.id)}`}>
            {lineWord(t.line)}: {limitText(t, write)}
            {write.unit ? `\u00a0${write.unit}` : ""}
          </AppLink>
        </strong>
        <small>{[standingWord(t.status), why || gapText(t, write)].filter(Boolean).join(", ")}</small>
        <small>{facts.join(" · ")}</small>
      </span>
    </li>
  );
}
