import { Button, Checkbox, Menu, Popover, Select, TextInput } from "@mantine/core";
import { type ReactElement, type Ref, useEffect, useState } from "react";
import type { KindInfo } from "@/api/types/register";
import { FilterChips, Icon } from "@/kit";
import { inPlace } from "@/kit/field/filters";
import { fieldType } from "@/kit/field/types";
import { m } from "@/paraglide/messages";
import classes from "../register.module.css";
import { columnsOf, conditionText, opsOf, opWord, type RegisterState, takesValue, writeCondition } from "../state";

type Change = (patch: Partial<RegisterState>, options?: { replace?: boolean }) => void;

/** Chips, search box, grouping and choice of columns. */
export function FilterBar({
  kind,
  state,
  set,
  search,
  onEnterTable,
}: {
  kind: KindInfo;
  state: RegisterState;
  set: Change;
  search: Ref<HTMLInputElement>;
  onEnterTable: () => void;
}): ReactElement {
  return (
    <div className={classes.bar}>
      <FilterChips
        chips={state.filter.map((one) => ({ id: one, label: conditionText(kind, one) }))}
        onRemove={(id) => set({ filter: state.filter.filter((one) => one !== id) })}
        add={<AddFilter kind={kind} onAdd={(one) => set({ filter: [...new Set([...state.filter, one])] })} />}
      />
      <SearchBox
        value={state.q}
        onChange={(q) => set({ q }, { replace: true })}
        search={search}
        onEnter={onEnterTable}
      />
      <span className={classes.barEnd}>
        <GroupMenu kind={kind} state={state} set={set} />
        <ColumnMenu kind={kind} state={state} set={set} />
      </span>
    </div>
  );
}

/** Full text; typing waits a moment before it asks. */
function SearchBox({
  value,
  onChange,
  search,
  onEnter,
}: {
  value: string;
  onChange: (text: string) => void;
  search: Ref<HTMLInputElement>;
  onEnter: () => void;
}): ReactElement {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = window.setTimeout(() => onChange(text), 250);
    return () => window.clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <TextInput
      ref={search}
      type="search"
      className={classes.search}
      aria-label={m.register_search()}
      placeholder={m.register_search()}
      leftSection={<Icon name="search" size={14} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && text !== "") {
          event.stopPropagation();
          setText("");
        } else if (event.key === "ArrowDown" || event.key === "Enter") {
          event.preventDefault();
          onEnter();
        }
      }}
    />
  );
}

/** The button that adds a condition on one of the fields of a kind. */
export function AddFilter({ kind, onAdd }: { kind: KindInfo; onAdd: (condition: string) => void }): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="subtle" leftSection={<Icon name="plus" />} onClick={() => setOpen(!open)}>
          {m.kit_add_filter()}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={m.kit_add_filter()}>
        {open ? (
          <FilterForm
            kind={kind}
            onAdd={(condition) => {
              setOpen(false);
              onAdd(condition);
            }}
          />
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterForm({ kind, onAdd }: { kind: KindInfo; onAdd: (condition: string) => void }): ReactElement {
  const fields = kind.fields.filter((field) => opsOf(field).length > 0);
  const [name, setName] = useState(fields.find((field) => field.list)?.name ?? fields[0]?.name ?? "");
  const field = fields.find((one) => one.name === name);
  const ops = field ? opsOf(field) : [];
  const [op, setOp] = useState(ops[0] ?? "");
  const [values, setValues] = useState<string[]>([]);
  if (!field) return <p>{m.register_nothing()}</p>;
  const chosen = ops.includes(op) ? op : (ops[0] ?? "");
  const { Filter } = fieldType(field);
  const complete = !takesValue(chosen) || values.length > 0;
  return (
    <form
      className={classes.filterForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete) onAdd(writeCondition({ field: name, op: chosen, values: takesValue(chosen) ? values : [] }));
      }}
    >
      <Select
        label={m.register_field()}
        data={fields.map((one) => ({ value: one.name, label: one.title }))}
        value={name}
        searchable={fields.length > 12}
        comboboxProps={inPlace}
        data-autofocus
        onChange={(next) => {
          const to = fields.find((one) => one.name === next);
          setName(next ?? name);
          setOp((to && opsOf(to)[0]) ?? "");
          setValues([]);
        }}
      />
      <Select
        label={m.kit_condition()}
        data={ops.map((one) => ({ value: one, label: opWord(field, one) }))}
        value={chosen}
        comboboxProps={inPlace}
        onChange={(next) => setOp(next ?? chosen)}
      />
      {takesValue(chosen) ? <Filter key={name} field={field} op={chosen} values={values} onChange={setValues} /> : null}
      <Button type="submit" disabled={!complete}>
        {m.kit_apply()}
      </Button>
    </form>
  );
}

function GroupMenu({ kind, state, set }: { kind: KindInfo; state: RegisterState; set: Change }): ReactElement {
  const fields = kind.fields.filter((field) => fieldType(field).group);
  const by = fields.find((field) => field.name === state.group);
  return (
    <Menu>
      <Menu.Target>
        <Button variant="subtle" leftSection={<Icon name="group" />}>
          {by ? by.title : m.register_group()}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item aria-current={by ? undefined : "true"} onClick={() => set({ group: "" })}>
          {m.register_group_none()}
        </Menu.Item>
        {fields.map((field) => (
          <Menu.Item
            key={field.name}
            aria-current={field === by ? "true" : undefined}
            onClick={() => set({ group: field.name })}
          >
            {field.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ColumnMenu({ kind, state, set }: { kind: KindInfo; state: RegisterState; set: Change }): ReactElement {
  const shown = columnsOf(kind, state).map((field) => field.name);
  const toggle = (name: string): void => {
    const next = shown.includes(name)
      ? shown.filter((one) => one !== name)
      : kind.fields.map((field) => field.name).filter((one) => one === name || shown.includes(one));
    const usual = columnsOf(kind, { ...state, cols: [] }).map((field) => field.name);
    set({ cols: next.join() === usual.join() ? [] : next }, { replace: true });
  };
  return (
    <Menu closeOnItemClick={false}>
      <Menu.Target>
        <Button variant="subtle" leftSection={<Icon name="columns" />}>
          {m.kit_columns({ n: String(shown.length) })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {kind.fields
          .filter((field) => field.name !== state.group)
          .map((field) => (
            <Menu.Item
              key={field.name}
              component="label"
              leftSection={
                <Checkbox
                  tabIndex={-1}
                  checked={shown.includes(field.name)}
                  disabled={field.name === kind.heading}
                  onChange={() => toggle(field.name)}
                />
              }
            >
              {field.title}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
