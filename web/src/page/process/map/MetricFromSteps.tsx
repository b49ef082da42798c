import { Button, Select, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useSend } from "@/api";
import { Segments, StatusMark } from "@/kit";
import { m } from "@/paraglide/messages";
import styles from "../process.module.css";
import { metricName } from "./metricName";

interface Props {
  process: string;
  activities: string[];
  from?: string;
  to?: string;
}

/** Makes the time from the first a to the last b of a case a metric of its own. */
export function MetricFromSteps({ process, activities, from, to }: Props) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const [a, setA] = useState<string | null>(from ?? null);
  const [b, setB] = useState<string | null>(to ?? null);
  const [statistic, setStatistic] = useState<"median" | "p90">("median");
  const [title, setTitle] = useState("");
  const send = useSend<{ name: string }>("post", "/metrics", ["/metrics"]);
  // The second step may be chosen on the map: a click there while the first stands fills the second.
  const chosen = useRef(from);
  useEffect(() => {
    if (from === chosen.current) return;
    chosen.current = from;
    if (open && from && !to && a && !b && from !== a) setB(from);
  }, [from, to, open, a, b]);
  const proposed = a && b ? m.process_metric_proposed({ from: a, to: b }) : "";
  const create = async () => {
    const words = title.trim() || proposed;
    const made = await send.mutateAsync({
      body: { name: metricName(words), title: words, process, from_activity: a, to_activity: b, statistic },
    });
    await navigate({
      to: `/kennzahlen/${encodeURIComponent(made?.name ?? metricName(words))}`,
      search: { process } as never,
    });
  };
  if (!open) {
    return (
      <div className={`${styles.block} lo-no-print`}>
        <Button
          variant={from && to ? "filled" : "default"}
          onClick={() => {
            setA(from ?? null);
            setB(to ?? null);
            setOpen(true);
          }}
        >
          {m.process_metric_make()}
        </Button>
      </div>
    );
  }
  return (
    <form
      className={`${styles.block} lo-no-print`}
      onSubmit={(event) => {
        event.preventDefault();
        void create().catch(() => undefined);
      }}
    >
      <p className={styles.blockHead}>{m.process_metric_make()}</p>
      <Select label={m.process_metric_first()} data={activities} value={a} onChange={setA} searchable />
      <Select label={m.process_metric_last()} data={activities} value={b} onChange={setB} searchable />
      <Segments
        label={m.process_metric_statistic()}
        showLabel
        value={statistic}
        onChange={setStatistic}
        options={[
          { value: "median", label: m.process_metric_median() },
          { value: "p90", label: m.process_metric_p90() },
        ]}
      />
      <TextInput
        label={m.process_metric_title()}
        placeholder={proposed}
        value={title}
        onChange={(e) => setTitle(e.currentTarget.value)}
      />
      {send.error && (
        <p role="alert" className={styles.findingMeta}>
          <StatusMark status="missed" quiet />
          {send.error.message} {send.error.hint}
        </p>
      )}
      <div className={styles.figures}>
        <Button type="submit" disabled={!a || !b} loading={send.isPending}>
          {m.process_metric_create()}
        </Button>
        <Button variant="default" onClick={() => setOpen(false)}>
          {m.kit_cancel()}
        </Button>
      </div>
    </form>
  );
}
