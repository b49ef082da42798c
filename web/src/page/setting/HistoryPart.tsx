import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { Settings, SettingsHistory } from "@/api/types/setting";
import { type Column, DataTable, Loaded, Section } from "@/kit";
import { personName } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { defaults, fieldTitle, settingFields, settingText } from "./describe";

interface Change {
  key: string;
  version: number;
  at: string;
  by: string;
  field: string;
  before: string;
  after: string;
}

/** Every version against the one before, field by field; newest first. */
export function changes(history: SettingsHistory): Change[] {
  const oldest = [...history.items].reverse();
  const out: Change[] = [];
  let before: Settings = defaults;
  for (const entry of oldest) {
    for (const field of settingFields) {
      const old = settingText(before, field);
      const now = settingText(entry.value, field);
      if (old === now) continue;
      out.push({
        key: `${entry.version}-${field}`,
        version: entry.version,
        at: entry.at,
        by: entry.by,
        field: fieldTitle(field),
        before: old,
        after: now,
      });
    }
    before = entry.value;
  }
  return out.reverse();
}

/** Who changed what and when, with old and new value. */
export function HistoryPart(): ReactElement {
  const query = useGet("/settings/history");
  const columns: Column<Change>[] = [
    { id: "at", title: m.settings_at(), value: (row) => row.at, type: "instant" },
    { id: "by", title: m.settings_by(), value: (row) => personName(row.by), tone: "quiet" },
    { id: "field", title: m.settings_field(), value: (row) => row.field, tone: "name" },
    { id: "before", title: m.settings_before(), value: (row) => row.before, tone: "quiet", wrap: true },
    { id: "after", title: m.settings_after(), value: (row) => row.after, wrap: true },
    { id: "version", title: m.settings_version(), value: (row) => row.version, type: "integer" },
  ];
  return (
    <Section title={m.settings_history_title()} first>
      <Loaded query={query} height={240}>
        {(history) => (
          <DataTable
            name={m.settings_history_title()}
            columns={columns}
            rows={changes(history)}
            rowKey={(row) => row.key}
            empty={m.settings_never()}
          />
        )}
      </Loaded>
    </Section>
  );
}
