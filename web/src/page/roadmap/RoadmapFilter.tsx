import { type ReactElement, useMemo } from "react";
import type { KindInfo } from "@/api/types/register";
import { FilterChips } from "@/kit";
import { useRecordName } from "@/kit/field/names";
import { AddFilter } from "@/page/register/filter/FilterBar";
import { conditionText, parseCondition } from "@/page/register/state";

/** What a roadmap is usually cut by, in the order in which it is offered. */
const offered = ["stage", "units", "area", "owner", "sponsor", "processes"];

interface Named {
  kind: string;
  id: string;
}

/** The conditions on initiatives that the address holds, and the way to another one. */
export function RoadmapFilter({
  kind,
  filter,
  onChange,
}: {
  kind: KindInfo;
  filter: readonly string[];
  onChange: (filter: string[]) => void;
}): ReactElement {
  const part = useMemo(
    () => ({ ...kind, fields: offered.flatMap((name) => kind.fields.filter((field) => field.name === name)) }),
    [kind],
  );
  return (
    <WithNames names={namesOf(kind, filter)}>
      {() => (
        <FilterChips
          chips={filter.map((one) => ({ id: one, label: conditionText(kind, one) }))}
          onRemove={(id) => onChange(filter.filter((one) => one !== id))}
          add={<AddFilter kind={part} onAdd={(one) => onChange([...new Set([...filter, one])])} />}
        />
      )}
    </WithNames>
  );
}

/** The records that conditions name; @me and the like are words, not records. */
function namesOf(kind: KindInfo, filter: readonly string[]): Named[] {
  return filter.flatMap((one) => {
    const condition = parseCondition(one);
    const to = kind.fields.find((field) => field.name === condition.field)?.to;
    return to ? condition.values.filter((id) => id && !id.startsWith("@")).map((id) => ({ kind: to, id })) : [];
  });
}

/** Shows its children when the headings of the records are read, one after the other; until then their ids stand there. */
function WithNames({ names, children }: { names: readonly Named[]; children: () => ReactElement }): ReactElement {
  const [first, ...rest] = names;
  if (!first) return children();
  return (
    <WithName one={first} key={`${first.kind}/${first.id}`}>
      {() => <WithNames names={rest}>{children}</WithNames>}
    </WithName>
  );
}

function WithName({ one, children }: { one: Named; children: () => ReactElement }): ReactElement {
  useRecordName(one.kind, one.id);
  return children();
}
