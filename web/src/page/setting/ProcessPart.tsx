import { Autocomplete, Checkbox, Select } from "@mantine/core";
import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { Settings } from "@/api/types/setting";
import { type Column, DataTable, Empty, Failed, Loaded, Loading, NoPermission, Section, useSearchState } from "@/kit";
import { codec, text } from "@/kit/url";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";
import { SaveBar } from "./SaveBar";
import classes from "./Setting.module.css";
import { useSettings } from "./useSettings";

const url = codec<{ process: string }>({ process: text() });

interface Row {
  activity: string;
  count: number;
}

/** Rules of each process: what runs automatically, what ends it, and how activities group into sections. */
export function ProcessPart(): ReactElement {
  const { may } = useRights();
  const edited = useSettings();
  const processes = useGet("/processes", {}, { enabled: may("facts.read") });
  const [{ process: wanted }, setUrl] = useSearchState(url);
  if (!may("facts.read")) return <NoPermission title={m.settings_no_facts()} text={m.settings_no_facts_text()} />;
  if (!edited.value) {
    return edited.loadError ? <Failed error={edited.loadError} onRetry={edited.retry} /> : <Loading height={360} />;
  }
  return (
    <Loaded query={processes} height={360}>
      {(list) => {
        const names = list.items.map((item) => item.name);
        const process = names.includes(wanted) ? wanted : (names[0] ?? "");
        if (process === "") return <Empty title={m.settings_no_process()} text={m.settings_no_process_text()} />;
        return (
          <div className={classes.part} data-wide>
            <Section first>
              <p className={classes.lead}>{m.settings_process_text()}</p>
              <Select
                label={m.settings_process()}
                className={classes.choose}
                data={list.items.map((item) => ({ value: item.name, label: item.title || item.name }))}
                value={process}
                onChange={(name) => setUrl({ process: name ?? "" }, { replace: true })}
              />
              <Activities
                process={process}
                value={edited.value as Settings}
                write={may("settings.write")}
                onChange={edited.change}
              />
            </Section>
            <SaveBar edited={edited} mayWrite={may("settings.write")} />
          </div>
        );
      }}
    </Loaded>
  );
}

function Activities({
  process,
  value,
  write,
  onChange,
}: {
  process: string;
  value: Settings;
  write: boolean;
  onChange: (patch: Partial<Settings>) => void;
}): ReactElement {
  const map = useGet("/processes/{process}/dfg", { path: { process } });
  const sections = value.sections.filter((one) => one.process === process);
  const names = sections.map((one) => one.section);
  const columns: Column<Row>[] = [
    { id: "activity", title: m.settings_activity(), value: (row) => row.activity, tone: "name" },
    { id: "count", title: m.settings_count(), value: (row) => row.count, type: "integer" },
    {
      id: "automatic",
      title: m.settings_automatic_short(),
      value: (row) => isAutomatic(value, process, row.activity),
      type: "boolean",
      cell: (row) => (
        <Checkbox
          aria-label={m.settings_automatic_of({ name: row.activity })}
          disabled={!write}
          checked={isAutomatic(value, process, row.activity)}
          onChange={(event) => onChange(setAutomatic(value, process, row.activity, event.target.checked))}
        />
      ),
    },
    {
      id: "end",
      title: m.settings_ends_short(),
      value: (row) => isEnd(value, process, row.activity),
      type: "boolean",
      cell: (row) => (
        <Checkbox
          aria-label={m.settings_ends_of({ name: row.activity })}
          disabled={!write}
          checked={isEnd(value, process, row.activity)}
          onChange={(event) => onChange(setEnd(value, process, row.activity, event.target.checked))}
        />
      ),
    },
    {
      id: "section",
      title: m.settings_section(),
      value: (row) => sectionOf(value, process, row.activity),
      cell: (row) => (
        <SectionField
          key={sectionOf(value, process, row.activity)}
          label={m.settings_section_of({ name: row.activity })}
          names={names}
          value={sectionOf(value, process, row.activity)}
          write={write}
          onChange={(section) => onChange(setSection(value, process, row.activity, section))}
        />
      ),
    },
  ];
  return (
    <Loaded query={map} height={360}>
      {(dfg) => (
        <DataTable
          name={m.settings_activities({ process })}
          columns={columns}
          rows={dfg.activities.map((one) => ({ activity: one.name, count: one.count }))}
          rowKey={(row) => row.activity}
          sort={{ id: "count", desc: true }}
        />
      )}
    </Loaded>
  );
}

/** A section is chosen or named anew; it takes effect when the field is left. */
function SectionField({
  label,
  names,
  value,
  write,
  onChange,
}: {
  label: string;
  names: string[];
  value: string;
  write: boolean;
  onChange: (section: string) => void;
}): ReactElement {
  return (
    <Autocomplete
      aria-label={label}
      data={names}
      defaultValue={value}
      readOnly={!write}
      placeholder={m.settings_none()}
      onOptionSubmit={onChange}
      onBlur={(event) => {
        const next = event.currentTarget.value.trim();
        if (next !== value) onChange(next);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
}

function isAutomatic(value: Settings, process: string, activity: string): boolean {
  return value.automatic_activities.some((one) => one.process === process && one.activity === activity);
}

function setAutomatic(value: Settings, process: string, activity: string, on: boolean): Partial<Settings> {
  const others = value.automatic_activities.filter((one) => one.process !== process || one.activity !== activity);
  return { automatic_activities: on ? [...others, { process, activity }] : others };
}

function isEnd(value: Settings, process: string, activity: string): boolean {
  return value.end_activities.some((one) => one.process === process && one.activities.includes(activity));
}

function setEnd(value: Settings, process: string, activity: string, on: boolean): Partial<Settings> {
  const mine = value.end_activities.find((one) => one.process === process)?.activities ?? [];
  const others = value.end_activities.filter((one) => one.process !== process);
  const activities = on ? [...mine, activity] : mine.filter((one) => one !== activity);
  return { end_activities: activities.length > 0 ? [...others, { process, activities }] : others };
}

function sectionOf(value: Settings, process: string, activity: string): string {
  return value.sections.find((one) => one.process === process && one.activities.includes(activity))?.section ?? "";
}

/** Moves an activity to a section; a section without activities disappears, a new one comes last. */
export function setSection(value: Settings, process: string, activity: string, section: string): Partial<Settings> {
  const without = value.sections.map((one) =>
    one.process === process ? { ...one, activities: one.activities.filter((name) => name !== activity) } : one,
  );
  if (section !== "") {
    const target = without.find((one) => one.process === process && one.section === section);
    if (target) target.activities = [...target.activities, activity];
    else without.push({ process, section, activities: [activity] });
  }
  return { sections: without.filter((one) => one.activities.length > 0) };
}
