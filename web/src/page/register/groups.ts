import type { KindInfo } from "@/api/types/register";
import { m } from "@/paraglide/messages";

/** The words of a group of registers: a step of the route, or the organisation. */
export function groupTitle(group: string): string {
  switch (group) {
    case "decide":
      return m.shell_step_decide();
    case "deliver":
      return m.shell_step_deliver();
    case "organisation":
      return m.shell_organisation();
    default:
      return group;
  }
}

const order = ["decide", "deliver"];

/** Registers by group: the steps of the route first, the organisation after them. */
export function groupsOf(kinds: readonly KindInfo[]): { name: string; title: string; kinds: KindInfo[] }[] {
  const names = [...new Set([...order, ...kinds.map((kind) => kind.group)])];
  return names
    .map((name) => ({ name, title: groupTitle(name), kinds: kinds.filter((kind) => kind.group === name) }))
    .filter((group) => group.kinds.length > 0);
}
