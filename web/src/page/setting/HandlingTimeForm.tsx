import { Autocomplete, Select } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { get, useGet, useSend } from "@/api";
import { asApiError } from "@/api/error";
import type { HandlingTime } from "@/api/types/setting";
import { useDraft } from "@/kit";
import { short } from "@/kit/format";
import { readNumber } from "@/kit/table/column";
import { m } from "@/paraglide/messages";
import { AssumptionDialog, RangeFields, type RangeText, rangeProblem, today } from "./AssumptionForm";

interface Typed extends RangeText {
  process: string;
  activity: string;
}

function typed(initial: Partial<HandlingTime>): Typed {
  const number = (value: number | undefined): string => (value === undefined ? "" : short(value));
  return {
    process: initial.process ?? "",
    activity: initial.activity ?? "",
    min: number(initial.min_minutes),
    likely: number(initial.likely_minutes),
    max: number(initial.max_minutes),
    source: initial.source ?? "",
    date: initial.date ?? today(),
  };
}

/** How many minutes of work one occurrence of an activity takes. */
export function HandlingTimeForm({
  initial,
  onClose,
}: {
  initial: Partial<HandlingTime>;
  onClose: () => void;
}): ReactElement {
  const { draft, keep, discard } = useDraft<Typed>(`handling-time-${initial.id ?? "new"}`);
  const [version, setVersion] = useState(initial.version ?? 0);
  const [current, setCurrent] = useState("");
  const value = draft?.value ?? typed(initial);
  const change = (patch: Partial<Typed>): void => keep({ ...value, ...patch }, version);
  const save = useSend<HandlingTime>("put", "/assumptions/handling_time", ["/assumptions", "/findings", "/overview"]);
  const processes = useGet("/processes");
  const map = useGet(
    "/processes/{process}/dfg",
    { path: { process: value.process } },
    { enabled: value.process !== "", retry: false },
  );
  const names = (processes.data?.items ?? []).map((item) => item.name);

  const submit = async (): Promise<void> => {
    try {
      await save.mutateAsync({
        body: {
          process: value.process,
          activity: value.activity.trim(),
          min_minutes: readNumber(value.min),
          likely_minutes: readNumber(value.likely),
          max_minutes: readNumber(value.max),
          source: value.source.trim(),
          date: value.date,
          version,
        },
      });
      discard();
    } catch (error) {
      if (asApiError(error).stale || asApiError(error).status === 409) {
        const list = await get("/assumptions");
        const now = list.handling_times.find((one) => one.process === value.process && one.activity === value.activity);
        setVersion(now?.version ?? 0);
        setCurrent(
          now
            ? m.settings_range({
                low: short(now.min_minutes),
                likely: short(now.likely_minutes),
                high: short(now.max_minutes),
              })
            : m.settings_none(),
        );
      }
      throw error;
    }
  };

  return (
    <AssumptionDialog
      title={initial.id ? m.settings_change_time() : m.settings_new_time()}
      ready={
        value.process !== "" && value.activity.trim() !== "" && value.source.trim() !== "" && rangeProblem(value) === ""
      }
      draftAt={draft?.at ?? ""}
      current={current}
      onSave={submit}
      onDiscard={discard}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <Select
            label={m.settings_process()}
            data={value.process && !names.includes(value.process) ? [value.process, ...names] : names}
            value={value.process || null}
            readOnly={Boolean(initial.id)}
            error={problem?.field("process")}
            onChange={(process) => change({ process: process ?? "", activity: "" })}
          />
          <Autocomplete
            label={m.settings_activity()}
            data={(map.data?.activities ?? []).map((one) => one.name)}
            value={value.activity}
            readOnly={Boolean(initial.id)}
            error={problem?.field("activity")}
            onChange={(activity) => change({ activity })}
          />
          <RangeFields value={value} unit={m.settings_minutes_each()} problem={problem} onChange={change} />
        </>
      )}
    </AssumptionDialog>
  );
}
