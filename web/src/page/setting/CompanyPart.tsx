import { Button, Checkbox, NumberInput, Select, TextInput } from "@mantine/core";
import { type ReactElement, useMemo, useState } from "react";
import { useGet } from "@/api";
import { Failed, Loading, Section } from "@/kit";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";
import { monthName } from "./describe";
import { SaveBar } from "./SaveBar";
import classes from "./Setting.module.css";
import { type EditedSettings, useSettings } from "./useSettings";

function zones(): string[] {
  const all = Intl.supportedValuesOf?.("timeZone") ?? [];
  return all.length > 0 ? all : ["Europe/Berlin", "Europe/Vienna", "Europe/Zurich", "UTC"];
}

/** Company, zone, currency, fiscal year, and which channels are digital. */
export function CompanyPart(): ReactElement {
  const edited = useSettings();
  const { may } = useRights();
  const write = may("settings.write");
  const value = edited.value;
  const zoneList = useMemo(zones, []);
  if (!value)
    return edited.loadError ? <Failed error={edited.loadError} onRetry={edited.retry} /> : <Loading height={360} />;
  return (
    <div className={classes.part}>
      <Section title={m.settings_company()} first>
        <div className={classes.form}>
          <TextInput
            label={m.settings_company_name()}
            value={value.company_name}
            readOnly={!write}
            error={edited.problem?.field("company_name")}
            onChange={(event) => edited.change({ company_name: event.target.value })}
          />
          <Select
            label={m.settings_zone()}
            description={m.settings_zone_text()}
            data={zoneList.includes(value.zone) ? zoneList : [value.zone, ...zoneList]}
            searchable
            value={value.zone}
            readOnly={!write}
            error={edited.problem?.field("zone")}
            onChange={(zone) => zone && edited.change({ zone })}
          />
          <div className={classes.half}>
            <TextInput
              label={m.settings_currency()}
              value={value.currency}
              maxLength={3}
              readOnly={!write}
              error={edited.problem?.field("currency")}
              onChange={(event) => edited.change({ currency: event.target.value.toUpperCase() })}
            />
            <Select
              label={m.settings_fiscal_start()}
              data={Array.from({ length: 12 }, (_, index) => ({
                value: String(index + 1),
                label: monthName(index + 1),
              }))}
              value={String(value.fiscal_start)}
              readOnly={!write}
              error={edited.problem?.field("fiscal_start")}
              onChange={(month) => month && edited.change({ fiscal_start: Number(month) })}
            />
          </div>
        </div>
      </Section>
      <Channels edited={edited} write={write} />
      <Closings edited={edited} write={write} />
      <SaveBar edited={edited} mayWrite={write} />
    </div>
  );
}

/** How results are closed: who confirms them before Finance signs, and by when. */
function Closings({ edited, write }: { edited: EditedSettings; write: boolean }): ReactElement {
  return (
    <Section title={m.settings_closing()}>
      <div className={classes.form}>
        <Checkbox
          label={m.settings_closing_department()}
          description={m.settings_closing_department_text()}
          checked={edited.value?.closing_department ?? false}
          disabled={!write}
          onChange={(event) => edited.change({ closing_department: event.target.checked })}
        />
        <NumberInput
          label={m.settings_closing_days()}
          description={m.settings_closing_days_text()}
          min={1}
          max={250}
          allowDecimal={false}
          value={edited.value?.closing_days || 10}
          readOnly={!write}
          error={edited.problem?.field("closing_days")}
          onChange={(days) => edited.change({ closing_days: Number(days) || 0 })}
        />
      </div>
    </Section>
  );
}

/** The channels found in the orders, and those that were named by hand. */
function Channels({ edited, write }: { edited: EditedSettings; write: boolean }): ReactElement {
  const { facts } = useRights();
  const datasets = useGet("/datasets", {}, { enabled: facts });
  const hasChannel = (datasets.data?.items ?? []).some(
    (item) => item.table === "orders" && item.columns.some((column) => column.name === "channel"),
  );
  const found = useGet(
    "/metrics/{name}/query",
    { path: { name: "orders" }, query: { by: "year", dim: "channel" } },
    { enabled: hasChannel, retry: false },
  );
  const [other, setOther] = useState("");
  const chosen = edited.value?.digital_channels ?? [];
  const named = new Set<string>(chosen);
  for (const point of found.data?.points ?? []) if (point.dim) named.add(point.dim);
  const all = [...named].sort((a, b) => a.localeCompare(b));
  const set = (channel: string, on: boolean): void =>
    edited.change({ digital_channels: on ? [...chosen, channel] : chosen.filter((one) => one !== channel) });
  return (
    <Section title={m.settings_digital_channels()}>
      <p className={classes.lead}>{m.settings_digital_text()}</p>
      {all.length === 0 ? <p className={classes.note}>{m.settings_no_channels()}</p> : null}
      <div className={classes.checks}>
        {all.map((channel) => (
          <Checkbox
            key={channel}
            label={channel}
            checked={chosen.includes(channel)}
            disabled={!write}
            onChange={(event) => set(channel, event.target.checked)}
          />
        ))}
      </div>
      {write ? (
        <form
          className={classes.add}
          onSubmit={(event) => {
            event.preventDefault();
            if (other.trim() !== "" && !chosen.includes(other.trim())) set(other.trim(), true);
            setOther("");
          }}
        >
          <TextInput
            label={m.settings_other_channel()}
            value={other}
            onChange={(event) => setOther(event.target.value)}
          />
          <Button type="submit" variant="default" disabled={other.trim() === ""}>
            {m.settings_add()}
          </Button>
        </form>
      ) : null}
    </Section>
  );
}
