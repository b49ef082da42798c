import type { IconName } from "@/kit/Icon";
import { m } from "@/paraglide/messages";

export interface PageEntry {
  href: string;
  label: () => string;
  /** The count that asks somebody to act. */
  counts?: "new_findings";
}

export interface StepEntry {
  id: "measure" | "decide";
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
      { href: "/prozesse", label: m.shell_processes },
      { href: "/kennzahlen", label: m.shell_metrics },
      { href: "/daten", label: m.shell_data },
    ],
  },
  {
    id: "decide",
    label: m.shell_step_decide,
    icon: "fork",
    pages: [{ href: "/befunde", label: m.shell_findings, counts: "new_findings" }],
  },
];

/** Pages outside the route, for crumbs and the palette. */
export const sidePages: (PageEntry & { admin?: boolean; hidden?: boolean })[] = [
  { href: "/einstellungen", label: m.shell_settings },
  { href: "/konten", label: m.shell_accounts, admin: true },
  { href: "/bausteine", label: m.shell_kit, hidden: true },
];

/** The entry that a path lies below. */
export function entryOf(path: string): { step?: StepEntry; page?: PageEntry } {
  const below = (href: string): boolean => path === href || path.startsWith(`${href}/`);
  for (const step of route) {
    const page = step.pages.find((one) => below(one.href));
    if (page) return { step, page };
  }
  return { page: sidePages.find((one) => below(one.href)) };
}

export interface Crumb {
  label: string;
  href?: string;
}

/** The crumbs of a path: step, page, and the name that the page gave itself. */
export function crumbsOf(path: string, name: string): Crumb[] {
  if (path === "/") return [{ label: name || m.shell_start() }];
  const { step, page } = entryOf(path);
  const crumbs: Crumb[] = [];
  if (step) crumbs.push({ label: step.label() });
  if (page) crumbs.push({ label: page.label(), href: page.href });
  if (page && path !== page.href && name) crumbs.push({ label: name });
  if (!page && name) crumbs.push({ label: name });
  return crumbs;
}
