import { MultiSelect, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { lazy, type ReactElement, Suspense, useState } from "react";
import { useGet } from "@/api";
import type { KindInfo } from "@/api/types/register";
import { m } from "@/paraglide/messages";
import type { FilterProps, InputProps } from "./field";
import { inPlace } from "./filters";
import { learnNames, nameOf, useKinds, useRecordName } from "./names";
import { shell } from "./shell";

const CreateRecord = lazy(() => import("./CreateRecord"));

const createValue = "\u0000new";

interface Option {
  value: string;
  label: string;
}

/** The records of a kind whose name holds the words, at most twenty. */
function useOptions(kind: KindInfo | undefined, words: string, open: boolean): Option[] {
  const heading = kind?.heading ?? "";
  const query = useGet(
    "/records/{kind}",
    {
      path: { kind: kind?.name ?? "" },
      query: { sort: heading, limit: 20, filter: words ? [`${heading}:contains:${words}`] : [] },
    },
    { enabled: open && kind !== undefined, retry: false },
  );
  const items = query.data?.items ?? [];
  return items.map((item) => {
    const name = String(item.value[heading] ?? item.id);
    learnNames([{ kind: kind?.name ?? "", id: item.id, name }]);
    return { value: item.id, label: name };
  });
}

/** The search of a picker: its options, with what can be made on the way. */
function usePicker(to: string, chosen: string[], mayCreate: boolean) {
  const { data } = useKinds();
  const kind = data?.items.find((one) => one.name === to);
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [making, setMaking] = useState<string | null>(null);
  const typed = chosen.some((id) => nameOf(to, id) === text) ? "" : text.trim();
  const [words] = useDebouncedValue(typed, 150);
  const found = useOptions(kind, words, open);
  const missing = chosen.filter((id) => !found.some((option) => option.value === id));
  const options = [...found, ...missing.map((id) => ({ value: id, label: nameOf(to, id) }))];
  if (mayCreate && typed !== "" && kind?.may.includes("create"))
    options.push({ value: createValue, label: m.register_create_named({ name: typed, kind: kind.one }) });
  return { kind, self: data?.self ?? "", options, text, setText, setOpen, typed, making, setMaking };
}

/** One record of another register: search, and create in place. */
export function OneRecord(props: InputProps): ReactElement {
  const { field, value, onChange } = props;
  const id = typeof value === "string" ? value : "";
  const name = useRecordName(field.to, id);
  const picker = usePicker(field.to, id ? [id] : [], true);
  return (
    <>
      <Select
        {...shell(props)}
        searchable
        clearable={!field.required}
        placeholder={m.register_search_record()}
        nothingFoundMessage={m.register_nothing()}
        data={
          id && !picker.options.some((option) => option.value === id)
            ? [...picker.options, { value: id, label: name }]
            : picker.options
        }
        filter={({ options }) => options}
        searchValue={picker.text}
        onSearchChange={picker.setText}
        onDropdownOpen={() => picker.setOpen(true)}
        value={id || null}
        onChange={(next) => {
          if (next === createValue) picker.setMaking(picker.typed);
          else onChange(next ?? undefined);
        }}
      />
      <Making picker={picker} onDone={(made) => onChange(made)} />
    </>
  );
}

/** Several records of another register. */
export function ManyRecords(props: InputProps): ReactElement {
  const { field, value, onChange } = props;
  const ids = Array.isArray(value) ? value.map(String) : [];
  const picker = usePicker(field.to, ids, true);
  const set = (next: string[]): void => onChange(next.length > 0 ? next : undefined);
  return (
    <>
      <MultiSelect
        {...shell(props)}
        searchable
        placeholder={ids.length === 0 ? m.register_search_record() : undefined}
        nothingFoundMessage={m.register_nothing()}
        data={picker.options}
        filter={({ options }) => options}
        searchValue={picker.text}
        onSearchChange={picker.setText}
        onDropdownOpen={() => picker.setOpen(true)}
        value={ids}
        onChange={(next) => {
          if (next.includes(createValue)) picker.setMaking(picker.typed);
          else set(next);
        }}
      />
      <Making picker={picker} onDone={(made) => set([...ids, made])} />
    </>
  );
}

function Making({
  picker,
  onDone,
}: {
  picker: ReturnType<typeof usePicker>;
  onDone: (id: string) => void;
}): ReactElement | null {
  if (picker.making === null || !picker.kind) return null;
  return (
    <Suspense fallback={null}>
      <CreateRecord
        kind={picker.kind}
        name={picker.making}
        onClose={() => picker.setMaking(null)}
        onDone={(id) => {
          picker.setMaking(null);
          picker.setText("");
          onDone(id);
        }}
      />
    </Suspense>
  );
}

/** The filter by records; a person can say "ich". */
export function RecordFilter({ field, values, onChange }: FilterProps): ReactElement {
  const picker = usePicker(field.to, values, false);
  const person = field.type === "person" || field.type === "persons";
  const options = picker.options.filter((option) => option.value !== "@me");
  return (
    <MultiSelect
      label={m.kit_value()}
      searchable
      nothingFoundMessage={m.register_nothing()}
      data={person ? [{ value: "@me", label: m.register_me() }, ...options] : options}
      filter={({ options: all }) => all}
      searchValue={picker.text}
      onSearchChange={picker.setText}
      onDropdownOpen={() => picker.setOpen(true)}
      value={values}
      onChange={onChange}
      comboboxProps={inPlace}
    />
  );
}
