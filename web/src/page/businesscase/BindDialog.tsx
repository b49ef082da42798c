import { Select } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { send, useGet } from "@/api";
import type { BindBody, InputName } from "@/api/types/business_case";
import type { RecordOne } from "@/api/types/register";
import { ConfirmDialog, Segments } from "@/kit";
import { NumberBox } from "@/kit/field/NumberBox";
import { useRefresh } from "@/page/register/data";
import { m } from "@/paraglide/messages";
import classes from "./businesscase.module.css";

type By = "month" | "quarter" | "year";
type Part = "size" | "money";

interface Kept {
  key: string;
  metric?: string;
  process?: string;
  by?: By;
  finding?: string;
  part?: Part;
  factor?: number;
}

/** Names the measurement behind an input; the server takes the value. */
export function BindDialog({
  record,
  input,
  onClose,
}: {
  record: RecordOne;
  input: InputName;
  onClose: () => void;
}): ReactElement {
  const kept = ((record.value as { bindings?: Kept[] }).bindings ?? []).find((one) => one.key === input.key);
  const metrics = useGet("/metrics", {});
  const findings = useGet("/findings", {});
  const refresh = useRefresh();
  const [kind, setKind] = useState<"metric" | "finding">(kept?.finding ? "finding" : "metric");
  const [metric, setMetric] = useState<string | null>(kept?.metric ? `${kept.metric}\n${kept.process ?? ""}` : null);
  const [finding, setFinding] = useState<string | null>(kept?.finding ?? null);
  const [by, setBy] = useState<By>(kept?.by ?? "month");
  const [part, setPart] = useState<Part>(kept?.part ?? "size");
  const [factor, setFactor] = useState<unknown>(kept?.factor ?? 1);
  const chosen = kind === "metric" ? metric : finding;
  const body = (): BindBody => {
    const [name, process] = (metric ?? "").split("\n");
    const common = { key: input.key, factor: typeof factor === "number" ? factor : 1 };
    return kind === "metric" ? { ...common, metric: name, process, by } : { ...common, finding: finding ?? "", part };
  };
  const bind = async (): Promise<void> => {
    await send("post", "/business_cases/{id}/bind", { path: { id: record.id }, ifMatch: record.version, body: body() });
    await refresh();
  };
  return (
    <ConfirmDialog
      opened
      title={m.businesscase_bind_row({ name: input.title })}
      confirm={m.businesscase_bind()}
      disabled={!chosen || typeof factor !== "number" || factor <= 0}
      onClose={onClose}
      onConfirm={bind}
    >
      <div className={classes.form}>
        <Segments
          label={m.businesscase_bind_kind()}
          value={kind}
          onChange={setKind}
          options={[
            { value: "metric", label: m.businesscase_bind_metric() },
            { value: "finding", label: m.businesscase_bind_finding() },
          ]}
        />
        {kind === "metric" ? (
          <>
            <Select
              label={m.businesscase_bind_metric()}
              searchable
              data-autofocus
              value={metric}
              onChange={setMetric}
              data={(metrics.data?.items ?? []).map((one) => ({
                value: `${one.name}\n${one.process}`,
                label: one.process ? `${one.title} (${one.process})` : one.title,
              }))}
            />
            <Segments
              label={m.businesscase_bind_by()}
              showLabel
              value={by}
              onChange={setBy}
              options={[
                { value: "month", label: m.businesscase_by_month() },
                { value: "quarter", label: m.businesscase_by_quarter() },
                { value: "year", label: m.businesscase_by_year() },
              ]}
            />
          </>
        ) : (
          <>
            <Select
              label={m.businesscase_bind_finding()}
              searchable
              value={finding}
              onChange={setFinding}
              data={(findings.data?.items ?? []).map((one) => ({
                value: one.id,
                label: `${one.number}: ${one.title}`,
              }))}
            />
            <Segments
              label={m.businesscase_bind_part()}
              showLabel
              value={part}
              onChange={setPart}
              options={[
                { value: "size", label: m.businesscase_part_size() },
                { value: "money", label: m.businesscase_part_money() },
              ]}
            />
          </>
        )}
        <NumberBox
          label={m.businesscase_bind_factor()}
          description={m.businesscase_bind_factor_help()}
          value={factor}
          onChange={setFactor}
        />
      </div>
    </ConfirmDialog>
  );
}
