import { useGet } from "@/api";
import type { KindInfo, ViewItem } from "@/api/types/register";
import type { TabItem } from "@/kit";
import { parseSearch, stringifySearch } from "@/kit/url";
import { m } from "@/paraglide/messages";
import { type RegisterState, registerState } from "./state";

/** A view of a register: a name and what it asks for; saved when somebody saved it. */
export interface View {
  id: string;
  name: string;
  state: Partial<RegisterState>;
  saved?: ViewItem;
}

/** The views that every register has: all, mine where it names persons, to decide, deleted. */
export function builtIn(kind: KindInfo): View[] {
  const person = kind.fields.find((field) => field.type === "person");
  const out: View[] = [{ id: "all", name: m.register_view_all(), state: {} }];
  if (person) out.push({ id: "mine", name: m.register_view_mine(), state: { filter: [`${person.name}:eq:@me`] } });
  if (kind.approval)
    out.push({ id: "decide", name: m.register_view_decide(), state: { filter: ["state:eq:proposed"] } });
  if (kind.may.includes("delete"))
    out.push({ id: "deleted", name: m.register_view_deleted(), state: { deleted: true } });
  return out;
}

/** What a saved view asks for; it is kept as the address writes it. */
export function stateOfView(written: string): RegisterState {
  return { ...registerState.read(parseSearch(written)), open: "", view: "" };
}

/** A state as a view keeps it. */
export function writeView(state: RegisterState): string {
  return stringifySearch(registerState.write({ ...state, open: "", view: "" }));
}

/** The tabs of a register: which view is shown, and what each of them asks for. */
export function useTabs(kind: KindInfo, state: RegisterState, total: number) {
  const query = useGet("/views", { query: { kind: kind.name } }, { retry: false });
  const saved = (query.data?.items ?? []).map(
    (item): View => ({ id: item.id, name: item.name, state: stateOfView(item.state), saved: item }),
  );
  const own = builtIn(kind);
  const views = [
    ...own.filter((view) => view.id !== "deleted"),
    ...saved,
    ...own.filter((view) => view.id === "deleted"),
  ];
  const current =
    views.find((view) => view.id === state.view) ??
    own.find((view) => sameView(view.state, state)) ??
    own.find((view) => sameCore(view.state, state));
  const value = current?.id ?? "all";
  const tabs: TabItem<string>[] = views.map((view) => ({
    value: view.id,
    label: view.name,
    count: view.id === value ? total : view.id === "all" ? kind.count : undefined,
  }));
  const empty = registerState.read({});
  const shown = views.find((view) => view.id === value);
  return {
    value,
    tabs,
    current: shown,
    changed: !sameView(shown?.state ?? {}, state),
    stateOf: (id: string): Partial<RegisterState> => {
      const view = views.find((one) => one.id === id);
      return { ...empty, ...view?.state, open: "", view: view?.saved || !view ? id : "" };
    },
  };
}

export type RegisterTabs = ReturnType<typeof useTabs>;

function written(state: Partial<RegisterState>): string {
  return JSON.stringify(registerState.write({ ...registerState.read({}), ...state, open: "", view: "" }));
}

export function sameView(view: Partial<RegisterState>, state: RegisterState): boolean {
  return written(view) === written(state);
}

/** The view that a changed state came from: the one whose conditions it still holds. */
function sameCore(view: Partial<RegisterState>, state: RegisterState): boolean {
  const filter = view.filter ?? [];
  if (filter.length === 0 && !view.deleted) return false;
  return Boolean(view.deleted) === state.deleted && filter.every((one) => state.filter.includes(one));
}
