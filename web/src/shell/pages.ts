import type { KindInfo } from "@/api/types/register";
import type { IconName } from "@/kit/Icon";
import { m } from "@/paraglide/messages";

export interface PageEntry {
  href: string;
  label: () => string;
  /** The count that asks somebody to act. */
  counts?: "new_findings";
  /** Only for those who read figures. */
  facts?: boolean;
}

export interface StepEntry {
  id: "measure" | "decide" | "deliver" | "prove";
  label: () => string;
  icon: IconName;
  pages: PageEntry[];
}

/** The route of Lotse: steps and their pages. Only what is built stands here. */
export const route: StepEntry[] = [
  {
    id: "measure",
    label: m.shell_step_measure,
    icon: "bars",
    pages: [
      { href: "/prozesse", label: m.shell_processes, facts: true },
      { href: "/kennzahlen", label: m.shell_metrics, facts: true },
      { href: "/daten", label: m.shell_data, facts: true },
    ],
  },
  {
    id: "decide",
    label: m.shell_step_decide,
    icon: "fork",
    pages: [
      { href: "/befunde", label: m.shell_findings, counts: "new_findings", facts: true },
      { href: "/fahrplan", label: m.roadmap_title },
    ],
  },
  { id: "deliver", label: m.shell_step_deliver, icon: "check", pages: [] },
  {
    id: "prove",
    label: m.shell_step_prove,
    icon: "seal",
    pages: [
      { href: "/wirkung", label: m.effect_list_title, facts: true },
      { href: "/abschluesse", label: m.closing_list_title, facts: true },
      { href: "/beitrag", label: m.ledger_title, facts: true },
    ],
  },
];

/** The order in which registers stand in their step; those that are not named follow as the server lists them. */
const order = ["initiative", "goal", "target", "decision", "risk", "dependency", "committee", "meeting"];

/** Registers that have a page of their own; what stands in their step already is not named twice. */
const own: Record<string, string> = {
  initiative: "/vorhaben",
  effect_plan: "/wirkung",
  closing: "/abschluesse",
  ledger_entry: "/beitrag",
};

/** The pages of the registers of a group. */
export function registerPages(kinds: readonly KindInfo[], group: string): PageEntry[] {
  const place = (kind: KindInfo): number => (order.includes(kind.name) ? order.indexOf(kind.name) : order.length);
  return kinds
    .filter((kind) => kind.group === group)
    .sort((a, b) => place(a) - place(b))
    .map((kind) => ({
      href: own[kind.name] ?? `/register/${kind.name}`,
      label: () => kind.many,
    }));
}

/** The route with what the person may open; a step without pages is left out. */
export function routeWith(kinds: readonly KindInfo[], facts = true): StepEntry[] {
  return route
    .map((step) => ({
      ...step,
      pages: [
        ...step.pages.filter((page) => facts || !page.facts),
        ...registerPages(kinds, step.id).filter((page) => !step.pages.some((one) => one.href === page.href)),
      ],
    }))
    .filter((step) => step.pages.length > 0);
}

/** Pages outside the route, for crumbs and the palette. */
export const sidePages: (PageEntry & { admin?: boolean; hidden?: boolean })[] = [
  { href: "/register", label: m.shell_registers },
  { href: "/hinweise", label: m.notice_title },
  { href: "/nachweis", label: m.proof_verify_title, facts: true },
  { href: "/einstellungen", label: m.shell_settings },
  { href: "/konten", label: m.shell_accounts, admin: true },
  { href: "/bausteine", label: m.shell_kit, hidden: true },
];

/** The entry that a path lies below. */
export function entryOf(path: string, kinds: readonly KindInfo[] = []): { step?: StepEntry; page?: PageEntry } {
  const below = (href: string): boolean => path === href || path.startsWith(`${href}/`);
  for (const step of routeWith(kinds)) {
    const page = step.pages.find((one) => below(one.href));
    if (page) return { step, page };
  }
  const register = kinds.find((kind) => below(`/register/${kind.name}`));
  if (register) return { page: { href: `/register/${register.name}`, label: () => register.many } };
  return { page: sidePages.find((one) => below(one.href)) };
}

export interface Crumb {
  label: string;
  href?: string;
}

/** The crumbs of a path: step, page, and the name that the page gave itself. */
export function crumbsOf(path: string, name: string, kinds: readonly KindInfo[] = []): Crumb[] {
  if (path === "/") return [{ label: name || m.shell_start() }];
  const { step, page } = entryOf(path, kinds);
  const crumbs: Crumb[] = [];
  if (step) crumbs.push({ label: step.label() });
  else if (page?.href.startsWith("/register/")) crumbs.push({ label: m.shell_registers(), href: "/register" });
  if (page) crumbs.push({ label: page.label(), href: page.href });
  if (page && path !== page.href && name) crumbs.push({ label: name });
  if (!page && name) crumbs.push({ label: name });
  return crumbs;
}
