import { useGet } from "@/api";
import { FilterChips } from "@/kit/FilterChips";
import { m } from "@/paraglide/messages";
import { filterOf, type ProcessState } from "../state";
import { AddFilter } from "./AddFilter";
import { chipsOf, without } from "./chips";

interface Props {
  process: string;
  state: ProcessState;
  set: (patch: Partial<ProcessState>) => void;
  /** Cases without any filter. */
  all: number | undefined;
  activities: string[];
}

/** The filter of the page as a chain of chips, each with the number of cases that it leaves. */
export function FilterBar({ process, state, set, all, activities }: Props) {
  const filter = filterOf(state);
  const chain = useGet("/processes/{process}/filter_chain", { path: { process }, query: { ...filter } });
  return (
    <FilterChips
      all={{ label: m.process_filter_all(), count: all ?? chain.data?.items[0]?.cases }}
      chips={chipsOf(filter, chain.error ? undefined : chain.data?.items)}
      onRemove={(id) => set(without(filter, id))}
      add={<AddFilter process={process} filter={filter} activities={activities} onChange={set} />}
    />
  );
}
