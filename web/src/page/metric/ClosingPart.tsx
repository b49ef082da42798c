import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useGet } from "@/api";
import type { Closing, ClosingDue } from "@/api/types/effect";
import type { MetricDetail } from "@/api/types/metric_detail";
import { AppLink, Section, StatusMark } from "@/kit";
import { int, month, monthShort } from "@/kit/format";
import { ProposeDialog } from "@/page/closing/ProposeDialog";
import { closingHref, closingValue, statusMark, statusWord } from "@/page/closing/words";
import { useKind } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import { useClosings } from "./marks";
import styles from "./metric.module.css";

/** How many stand on the page; the list of closings has the rest. */
const MOST = 5;

/** The closings of the metric: what was signed beside what the facts say today, and why they differ. */
export function ClosingPart({ d }: { d: MetricDetail }): ReactElement {
  const closings = useClosings(d);
  return (
    <Section
      title={m.metric_closings()}
      note={
        closings.length > 0 ? (
          <AppLink href="/abschluesse?view=all">{m.metric_closings_all({ n: int(closings.length) })}</AppLink>
        ) : undefined
      }
    >
      {closings.length === 0 ? (
        <p className={styles.quiet}>{m.metric_closings_none()}</p>
      ) : (
        <table className={styles.closings}>
          <thead>
            <tr>
              <th scope="col">{m.closing_col_period()}</th>
              <th scope="col">{m.metric_closing_signed()}</th>
              <th scope="col">{m.metric_closing_today()}</th>
              <th scope="col">{m.closing_col_status()}</th>
            </tr>
          </thead>
          {closings.slice(0, MOST).map((one) => (
            <Row key={one.id} one={one} />
          ))}
        </table>
      )}
      <Propose d={d} closings={closings} />
    </Section>
  );
}

/** One period. The value of today is computed by the server from the facts of now. */
function Row({ one }: { one: Closing }): ReactElement {
  const signed = one.status === "signed";
  const whole = useGet("/closings/{id}", { path: { id: one.id } }, { enabled: signed, placeholderData: undefined });
  const now = whole.data?.restatement;
  const changed = signed && now?.changed === true;
  const shown = whole.data ?? one;
  const last = one.steps.findLast((step) => step.step === "sign");
  return (
    <tbody data-changed={changed || undefined}>
      <tr>
        <th scope="row">
          <AppLink href={closingHref(one.id)}>{one.grain === "month" ? monthShort(one.from) : one.label}</AppLink>
        </th>
        <td>{signed ? closingValue(one, one.value) : "–"}</td>
        <td>{signed ? (now ? closingValue(one, now.value) : "…") : closingValue(one, one.value)}</td>
        <td>
          <StatusMark
            status={statusMark(shown)}
            word={changed ? m.kit_status_restated() : (signed && last?.name) || statusWord(one.status)}
          />
        </td>
      </tr>
      {changed && now ? (
        <tr>
          <td colSpan={4}>
            <strong>
              {m.closing_restated({ signed: closingValue(one, one.value), today: closingValue(one, now.value) })}
            </strong>
            {now.why.map((remark) => (
              <span key={remark.code}>{remark.text}</span>
            ))}
          </td>
        </tr>
      ) : null}
    </tbody>
  );
}

/** Proposes the closing of the last complete month while nobody did. */
function Propose({ d, closings }: { d: MetricDetail; closings: readonly Closing[] }): ReactElement | null {
  const { kind } = useKind("effect_plan");
  const list = useGet("/closings", { query: { subject: "metric", metric: d.name, process: d.process || undefined } });
  const answer = useGet("/metrics/{name}/query", {
    path: { name: d.name },
    query: { process: d.process, by: "month" },
  });
  const [due, setDue] = useState<ClosingDue | null>(null);
  const last = answer.data?.points.findLast((point) => point.complete && point.value !== null);
  if (!kind?.may.includes("create") || !last) return null;
  const from = last.from.slice(0, 10);
  if (closings.some((one) => one.grain === "month" && one.from === from && one.status !== "refused")) return null;
  const label = month(from);
  const open = (): void =>
    setDue({
      subject: "metric",
      metric: d.name,
      process: d.process,
      title: d.title,
      grain: "month",
      from,
      to: "",
      label,
      plan: "",
      due: "",
      state: "due",
      closing: "",
      status: "",
      next: "propose",
    });
  return (
    <p className="lo-no-print">
      <Button variant="default" size="xs" onClick={open}>
        {m.metric_closing_propose({ period: label })}
      </Button>
      {due ? (
        <ProposeDialog due={due} department={list.data?.department ?? false} onClose={() => setDue(null)} />
      ) : null}
    </p>
  );
}
