import type { KindInfo } from "@/api/types/register";
import type { TabItem } from "@/kit";
import { m } from "@/paraglide/messages";
import { type RegisterState, registerState } from "./state";

/** A view of a register: a name and what it asks for. */
export interface View {
  id: string;
  name: string;
  state: Partial<RegisterState>;
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

/** The tabs of a register: which view is shown, and what each of them asks for. */
export function useTabs(kind: KindInfo, state: RegisterState, total: number) {
  const views = builtIn(kind);
  const current =
    views.find((view) => sameView(view.state, state)) ?? views.find((view) => sameCore(view.state, state));
  const value = current?.id ?? "all";
  const tabs: TabItem<string>[] = views.map((view) => ({
    value: view.id,
    label: view.name,
    count: view.id === value ? total : view.id === "all" ? kind.count : undefined,
  }));
  const empty = registerState.read({});
  return {
    value,
    tabs,
    stateOf: (id: string): Partial<RegisterState> => ({
      ...empty,
      ...views.find((view) => view.id === id)?.state,
      open: "",
    }),
  };
}

function written(state: Partial<RegisterState>): string {
  return JSON.stringify(registerState.write({ ...registerState.read({}), ...state, open: "" }));
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
