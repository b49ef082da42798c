import { Button } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { useGet, useSend } from "@/api";
import type { HandlingTime, Rate } from "@/api/types/setting";
import { type Column, ConfirmDialog, DataTable, Icon, Loaded, Section, useSearchState } from "@/kit";
import { moneyText, num, short } from "@/kit/format";
import { codec, text } from "@/kit/url";
import { m } from "@/paraglide/messages";
import { useRights } from "@/shell/session";
import { HandlingTimeForm } from "./HandlingTimeForm";
import { RateForm } from "./RateForm";
import classes from "./Setting.module.css";

/** Links from findings name the process and activity that is wanted. */
const url = codec<{ process: string; activity: string; neu: string }>({
  process: text(),
  activity: text(),
  neu: text(),
});

function rangeText(low: string, likely: string, high: string): string {
  return m.settings_range({ low, likely, high });
}

export function roleName(role: string): string {
  return role === "default" ? m.settings_all_roles() : role;
}

/** What no file says: handling times and hourly rates, each as a range with its source and date. */
export function AssumptionPart(): ReactElement {
  const { may } = useRights();
  const write = may("records.write");
  const query = useGet("/assumptions");
  const [wanted, setUrl] = useSearchState(url);
  const [time, setTime] = useState<Partial<HandlingTime> | null>(
    wanted.activity ? { process: wanted.process, activity: wanted.activity } : null,
  );
  const [rate, setRate] = useState<Partial<Rate> | null>(null);
  const [dropping, setDropping] = useState<{ path: string; id: string; version: number; name: string } | null>(null);
  const drop = useSend("delete", `${dropping?.path ?? ""}/{id}`, ["/assumptions", "/findings", "/overview"]);

  const actions = (edit: () => void, remove: () => void, name: string): ReactElement => (
    <span className={classes.actions}>
      <Button variant="subtle" size="xs" onClick={edit}>
        {m.settings_change()}
        <span className="lo-sr">: {name}</span>
      </Button>
      <Button variant="subtle" size="xs" data-tone="bad" onClick={remove}>
        {m.settings_delete()}
        <span className="lo-sr">: {name}</span>
      </Button>
    </span>
  );

  const timeColumns: Column<HandlingTime>[] = [
    { id: "activity", title: m.settings_activity(), value: (row) => row.activity, tone: "name" },
    { id: "process", title: m.settings_process(), value: (row) => row.process, tone: "quiet" },
    {
      id: "likely",
      title: m.settings_minutes(),
      value: (row) => row.likely_minutes,
      type: "number",
      cell: (row) => rangeText(short(row.min_minutes), short(row.likely_minutes), short(row.max_minutes)),
    },
    { id: "min", title: m.settings_min(), value: (row) => row.min_minutes, type: "number", hidden: true },
    { id: "max", title: m.settings_max(), value: (row) => row.max_minutes, type: "number", hidden: true },
    { id: "source", title: m.settings_source(), value: (row) => row.source, wrap: true },
    { id: "date", title: m.settings_date(), value: (row) => row.date, type: "date" },
  ];
  const rateColumns: Column<Rate>[] = [
    { id: "role", title: m.settings_role(), value: (row) => roleName(row.role), tone: "name" },
    {
      id: "likely",
      title: m.settings_per_hour(),
      value: (row) => Number(row.likely),
      type: "number",
      cell: (row) =>
        `${rangeText(num(Number(row.min), 2), num(Number(row.likely), 2), moneyText(Number(row.max), row.currency))}`,
    },
    { id: "source", title: m.settings_source(), value: (row) => row.source, wrap: true },
    { id: "date", title: m.settings_date(), value: (row) => row.date, type: "date" },
  ];
  if (write) {
    timeColumns.push({
      id: "act",
      title: m.settings_actions(),
      value: () => null,
      sortable: false,
      cell: (row) =>
        actions(
          () => setTime(row),
          () =>
            setDropping({ path: "/assumptions/handling_time", id: row.id, version: row.version, name: row.activity }),
          row.activity,
        ),
    });
    rateColumns.push({
      id: "act",
      title: m.settings_actions(),
      value: () => null,
      sortable: false,
      cell: (row) =>
        actions(
          () => setRate(row),
          () => setDropping({ path: "/assumptions/rate", id: row.id, version: row.version, name: roleName(row.role) }),
          roleName(row.role),
        ),
    });
  }

  return (
    <Loaded query={query} height={360}>
      {(list) => (
        <>
          <Section
            title={m.settings_handling_times()}
            first
            actions={
              write ? (
                <Button leftSection={<Icon name="plus" />} onClick={() => setTime({})}>
                  {m.settings_new_time()}
                </Button>
              ) : null
            }
          >
            <p className={classes.lead}>{m.settings_assumptions_text()}</p>
            <DataTable
              name={m.settings_handling_times()}
              columns={timeColumns}
              rows={list.handling_times}
              rowKey={(row) => row.id}
              sort={{ id: "activity", desc: false }}
              empty={m.settings_no_times()}
            />
          </Section>
          <Section
            title={m.settings_rates()}
            actions={
              write ? (
                <Button variant="default" leftSection={<Icon name="plus" />} onClick={() => setRate({})}>
                  {m.settings_new_rate()}
                </Button>
              ) : null
            }
          >
            <DataTable
              name={m.settings_rates()}
              columns={rateColumns}
              rows={list.rates}
              rowKey={(row) => row.id}
              empty={m.settings_no_rates()}
            />
          </Section>
          {write ? null : <p className={classes.note}>{m.settings_assumptions_read_only()}</p>}
          {time ? (
            <HandlingTimeForm
              initial={time}
              onClose={() => {
                setTime(null);
                setUrl({ activity: "", process: "" }, { replace: true });
              }}
            />
          ) : null}
          {rate ? <RateForm initial={rate} onClose={() => setRate(null)} /> : null}
          <ConfirmDialog
            opened={dropping !== null}
            title={m.settings_delete_title({ name: dropping?.name ?? "" })}
            confirm={m.settings_delete()}
            destructive
            onClose={() => setDropping(null)}
            onConfirm={async () => {
              if (dropping) await drop.mutateAsync({ path: { id: dropping.id }, query: { version: dropping.version } });
            }}
          >
            <p>{m.settings_delete_text()}</p>
          </ConfirmDialog>
        </>
      )}
    </Loaded>
  );
}
