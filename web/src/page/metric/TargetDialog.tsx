import { Button, Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { type ApiError, asApiError, send } from "@/api";
import type { MetricDetail } from "@/api/types/metric_detail";
import type { Doc, KindInfo, RecordOne } from "@/api/types/register";
import { FieldForm } from "@/kit/field/FieldForm";
import { Refused } from "@/page/register/RecordForm";
import { m } from "@/paraglide/messages";
import styles from "./metric.module.css";
import type { MetricScale } from "./scale";
import { unitOf } from "./target";

/** What the page knows already, and what belongs into the register only. */
const LEFT_OUT = ["title", "metric", "process", "unit", "why"];

/** A target for this metric, in the unit in which the page shows it. */
export function TargetDialog({
  d,
  kind,
  write,
  onClose,
}: {
  d: MetricDetail;
  kind: KindInfo;
  write: MetricScale;
  onClose: () => void;
}): ReactElement {
  const client = useQueryClient();
  const [value, setValue] = useState<Doc>({ line: "plan", points: [{ from: `${new Date().getFullYear()}-01-01` }] });
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);
  const fields = kind.fields.filter((f) => !f.computed && !f.managed && !LEFT_OUT.includes(f.name));
  const save = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const body = {
      ...value,
      title: d.title,
      metric: d.name,
      process: d.process || undefined,
      unit: unitOf(d.unit, write),
    };
    try {
      await send<RecordOne>("post", "/records/{kind}", { path: { kind: kind.name }, body });
      await client.invalidateQueries({
        predicate: (query) => /^\/(records|metrics|targets|overview)/.test(String(query.queryKey[0])),
      });
      onClose();
    } catch (error) {
      setProblem(asApiError(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={m.target_title({ name: d.title })}
      size="lg"
      closeButtonProps={{ "aria-label": m.kit_close() }}
    >
      <form
        noValidate
        className={styles.targetForm}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p>{write.unit ? m.target_dialog_note({ unit: write.unit }) : m.target_dialog_note_plain()}</p>
        <FieldForm
          narrow
          fields={fields}
          value={value}
          problems={problem?.fields}
          onChange={(name, next) => setValue((v) => ({ ...v, [name]: next }))}
        />
        {problem ? <Refused problem={problem} /> : null}
        <div className={styles.targetButtons}>
          <Button type="submit" disabled={busy}>
            {m.target_save()}
          </Button>
          <Button variant="default" onClick={onClose}>
            {m.target_cancel()}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
