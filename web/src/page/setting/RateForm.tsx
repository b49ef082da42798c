import { TextInput } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { get, useSend } from "@/api";
import { asApiError } from "@/api/error";
import type { Rate } from "@/api/types/setting";
import { useDraft } from "@/kit";
import { num } from "@/kit/format";
import { readNumber } from "@/kit/table/column";
import { m } from "@/paraglide/messages";
import { useSession } from "@/shell/session";
import { AssumptionDialog, RangeFields, type RangeText, rangeProblem, today } from "./AssumptionForm";

interface Typed extends RangeText {
  role: string;
  currency: string;
}

function amount(text: string): string {
  return (readNumber(text) ?? 0).toFixed(2);
}

/** What an hour of work costs. Without a role it holds for all that have no rate of their own. */
export function RateForm({ initial, onClose }: { initial: Partial<Rate>; onClose: () => void }): ReactElement {
  const { session } = useSession();
  const { draft, keep, discard } = useDraft<Typed>(`rate-${initial.id ?? "new"}`);
  const [version, setVersion] = useState(initial.version ?? 0);
  const [current, setCurrent] = useState("");
  const shown = (text: string | undefined): string => (text === undefined ? "" : num(Number(text), 2));
  const value: Typed = draft?.value ?? {
    role: initial.role === "default" ? "" : (initial.role ?? ""),
    currency: initial.currency ?? session?.instance.currency ?? "EUR",
    min: shown(initial.min),
    likely: shown(initial.likely),
    max: shown(initial.max),
    source: initial.source ?? "",
    date: initial.date ?? today(),
  };
  const change = (patch: Partial<Typed>): void => keep({ ...value, ...patch }, version);
  const save = useSend<Rate>("put", "/assumptions/rate", ["/assumptions", "/findings", "/overview"]);
  const role = value.role.trim() || "default";

  const submit = async (): Promise<void> => {
    try {
      await save.mutateAsync({
        body: {
          role,
          min: amount(value.min),
          likely: amount(value.likely),
          max: amount(value.max),
          currency: value.currency,
          source: value.source.trim(),
          date: value.date,
          version,
        },
      });
      discard();
    } catch (error) {
      if (asApiError(error).stale || asApiError(error).status === 409) {
        const now = (await get("/assumptions")).rates.find((one) => one.role === role);
        setVersion(now?.version ?? 0);
        setCurrent(
          now
            ? m.settings_range({ low: shown(now.min), likely: shown(now.likely), high: shown(now.max) })
            : m.settings_none(),
        );
      }
      throw error;
    }
  };

  return (
    <AssumptionDialog
      title={initial.id ? m.settings_change_rate() : m.settings_new_rate()}
      ready={value.source.trim() !== "" && rangeProblem(value) === "" && /^[A-Z]{3}$/.test(value.currency)}
      draftAt={draft?.at ?? ""}
      current={current}
      onSave={submit}
      onDiscard={discard}
      onClose={onClose}
    >
      {(problem) => (
        <>
          <TextInput
            label={m.settings_role()}
            description={m.settings_role_text()}
            placeholder={m.settings_all_roles()}
            value={value.role}
            readOnly={Boolean(initial.id)}
            error={problem?.field("role")}
            onChange={(event) => change({ role: event.target.value })}
          />
          <TextInput
            label={m.settings_currency()}
            maxLength={3}
            value={value.currency}
            error={problem?.field("currency")}
            onChange={(event) => change({ currency: event.target.value.toUpperCase() })}
          />
          <RangeFields
            value={value}
            unit={m.settings_per_hour_in({ currency: value.currency })}
            problem={problem}
            onChange={change}
          />
        </>
      )}
    </AssumptionDialog>
  );
}
