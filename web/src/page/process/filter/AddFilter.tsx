import { Button, Checkbox, Popover, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useGet } from "@/api";
import { readDay } from "@/kit/day";
import { date, int } from "@/kit/format";
import { Icon } from "@/kit/Icon";
import { Segments } from "@/kit/Segments";
import { type CaseState, caseStates, type ProcessFilter } from "@/kit/url";
import { m } from "@/paraglide/messages";
import { dayAfter, dayBefore, stateText } from "./chips";
import styles from "./filter.module.css";

type Kind = "period" | "activity" | "attr" | "state";

interface Props {
  process: string;
  filter: ProcessFilter;
  activities: string[];
  onChange: (patch: Partial<ProcessFilter>) => void;
}

/** Button and small form for one more filter. */
export function AddFilter({ process, filter, activities, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<Kind>("period");
  const done = (patch: Partial<ProcessFilter>) => {
    onChange(patch);
    setOpen(false);
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" width={360} trapFocus>
      <Popover.Target>
        <Button variant="subtle" leftSection={<Icon name="plus" />} onClick={() => setOpen(!open)} aria-expanded={open}>
          {m.process_filter_add()}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.form}>
          <Segments
            label={m.process_filter_kind()}
            value={kind}
            onChange={setKind}
            options={[
              { value: "period", label: m.process_filter_kind_period() },
              { value: "activity", label: m.process_filter_kind_activity() },
              { value: "attr", label: m.process_filter_kind_attr() },
              { value: "state", label: m.process_filter_kind_state() },
            ]}
          />
          {kind === "period" && <PeriodForm filter={filter} onDone={done} />}
          {kind === "activity" && <ActivityForm filter={filter} activities={activities} onDone={done} />}
          {kind === "attr" && <AttributeForm process={process} filter={filter} onDone={done} />}
          {kind === "state" && <StateForm filter={filter} onDone={done} />}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface FormProps {
  filter: ProcessFilter;
  onDone: (patch: Partial<ProcessFilter>) => void;
}

function PeriodForm({ filter, onDone }: FormProps) {
  const [from, setFrom] = useState(filter.from ? date(filter.from) : "");
  const [to, setTo] = useState(filter.to ? date(dayBefore(filter.to)) : "");
  const first = from ? readDay(from, "first") : "";
  const last = to ? readDay(to, "last") : "";
  const order = first && last && first > last ? m.process_filter_period_order() : undefined;
  const bad = (value: string | null) => (value === null ? m.process_filter_period_bad() : undefined);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (first === null || last === null || order) return;
        onDone({ from: first, to: last ? dayAfter(last) : "" });
      }}
    >
      <div className={styles.pair}>
        <TextInput
          label={m.process_filter_first()}
          value={from}
          onChange={(e) => setFrom(e.currentTarget.value)}
          error={bad(first)}
          placeholder="01.11.2025"
          data-autofocus
        />
        <TextInput
          label={m.process_filter_last()}
          value={to}
          onChange={(e) => setTo(e.currentTarget.value)}
          error={bad(last) ?? order}
          placeholder="10/2026"
        />
      </div>
      <p className={styles.hint}>{m.process_filter_period_hint()}</p>
      <Button type="submit">{m.process_filter_apply()}</Button>
    </form>
  );
}

function ActivityForm({ filter, activities, onDone }: FormProps & { activities: string[] }) {
  const [name, setName] = useState<string | null>(null);
  const [mode, setMode] = useState<"with" | "without">("with");
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!name) return;
        const add = (list: string[]) => [...new Set([...list, name])];
        onDone(mode === "with" ? { activity: add(filter.activity) } : { not_activity: add(filter.not_activity) });
      }}
    >
      <Segments
        label={m.process_filter_mode()}
        value={mode}
        onChange={setMode}
        options={[
          { value: "with", label: m.process_filter_mode_with() },
          { value: "without", label: m.process_filter_mode_without() },
        ]}
      />
      <Select
        label={m.process_filter_kind_activity()}
        data={activities}
        value={name}
        onChange={setName}
        searchable
        comboboxProps={{ withinPortal: false }}
        data-autofocus
      />
      <Button type="submit" disabled={!name}>
        {m.process_filter_apply()}
      </Button>
    </form>
  );
}

function AttributeForm({ process, filter, onDone }: FormProps & { process: string }) {
  const fields = useGet("/processes/{process}/attributes", { path: { process } });
  const [field, setField] = useState<string | null>(null);
  const [values, setValues] = useState<string[]>([]);
  const items = fields.data?.items ?? [];
  const chosen = items.find((i) => i.field === field);
  if (fields.data && items.length === 0) return <p className={styles.hint}>{m.process_filter_no_attributes()}</p>;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!field || values.length === 0) return;
        const rest = filter.attr.filter((a) => !a.startsWith(`${field}=`));
        onDone({ attr: [...rest, ...values.map((v) => `${field}=${v}`)] });
      }}
    >
      <Select
        label={m.process_filter_field()}
        data={items.map((i) => i.field)}
        value={field}
        onChange={(v) => {
          setField(v);
          setValues([]);
        }}
        searchable
        comboboxProps={{ withinPortal: false }}
        data-autofocus
      />
      {chosen && (
        <fieldset className={styles.values}>
          <legend>{m.process_filter_values()}</legend>
          {chosen.values.map((v) => (
            <Checkbox
              key={v.value}
              label={`${v.value || m.process_filter_empty()} (${int(v.count)})`}
              checked={values.includes(v.value)}
              onChange={(e) =>
                setValues(e.currentTarget.checked ? [...values, v.value] : values.filter((x) => x !== v.value))
              }
            />
          ))}
        </fieldset>
      )}
      <Button type="submit" disabled={values.length === 0}>
        {m.process_filter_apply()}
      </Button>
    </form>
  );
}

function StateForm({ filter, onDone }: FormProps) {
  const [state, setState] = useState<CaseState>(filter.state);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onDone({ state });
      }}
    >
      <Segments
        label={m.process_filter_kind_state()}
        value={state}
        onChange={setState}
        options={caseStates.map((value) => ({ value, label: stateText(value) }))}
      />
      <p className={styles.hint}>{m.process_filter_state_hint()}</p>
      <Button type="submit">{m.process_filter_apply()}</Button>
    </form>
  );
}
