import { useMemo, useState } from "react";
import type { FieldInfo, GroupItem, KindInfo } from "@/api/types/register";
import { fieldType } from "@/kit/field/types";
import { m } from "@/paraglide/messages";
import { type Ask, pageSize, useGroupRows, useGroups, usePages } from "../data";
import type { Line } from "./lines";

/** Groups beyond these begin closed, so that a page never asks for hundreds of lists at once. */
const openAtFirst = 12;

/** The lines of a register, flat or by groups, with the sums of its number columns. */
export function useLines(kind: KindInfo, ask: Ask, by: FieldInfo | undefined, columns: readonly FieldInfo[]) {
  const sums = columns
    .filter((field) => fieldType(field).sum && !field.alone)
    .map((field) => field.name)
    .slice(0, 10);
  const pages = usePages(kind.name, ask, !by);
  const groups = useGroups(kind, ask, by?.name ?? "", sums, Boolean(by) || sums.length > 0);
  const [closed, setClosed] = useState<Record<string, boolean>>({});
  const [limits, setLimits] = useState<Record<string, number>>({});
  const ordered = useMemo(() => (by ? inOrder(by, groups.data?.items ?? []) : []), [by, groups.data]);
  const isOpen = (group: GroupItem, index: number): boolean => !(closed[keyOf(group)] ?? index >= openAtFirst);
  const open = ordered.filter(isOpen).map((group) => ({ value: group.value, limit: limits[keyOf(group)] ?? pageSize }));
  const rows = useGroupRows(kind.name, ask, by?.name ?? "", by ? open : []);

  const lines: Line[] = [];
  if (by) {
    let at = 0;
    ordered.forEach((group, index) => {
      const key = keyOf(group);
      const shown = isOpen(group, index);
      const title = group.value === null ? m.register_group_without({ name: by.title }) : group.title;
      lines.push({ type: "group", key, title, count: group.count, open: shown, sums: sumsOf(group) });
      if (!shown) return;
      const query = rows[at++];
      for (const record of query?.data?.items ?? []) lines.push({ type: "row", key: record.id, record });
      const left = group.count - (query?.data?.items.length ?? 0);
      if (query?.data?.next && left > 0) {
        const limit = Math.min(1000, (limits[key] ?? pageSize) + 200);
        lines.push({
          type: "more",
          key: `more-${key}`,
          left,
          busy: query.isFetching,
          onMore: () => setLimits((now) => ({ ...now, [key]: limit })),
        });
      }
    });
  } else {
    const loaded = (pages.data?.pages ?? []).flatMap((page) => page.items);
    for (const record of loaded) lines.push({ type: "row", key: record.id, record });
    if (pages.hasNextPage) {
      const left = (pages.data?.pages[0]?.total ?? loaded.length) - loaded.length;
      const onMore = () => void pages.fetchNextPage();
      lines.push({ type: "more", key: "more", left, busy: pages.isFetchingNextPage, onMore });
    }
  }
  const all = groups.data?.items ?? [];
  return {
    lines,
    total: by ? (groups.data?.total ?? 0) : (pages.data?.pages[0]?.total ?? 0),
    sums: by ? {} : sumsOf(all[0]),
    remarks: by ? (groups.data?.remarks ?? []) : [],
    error: by ? groups.error : pages.error,
    pending: by ? groups.isPending : pages.isPending,
    retry: () => void (by ? groups.refetch() : pages.refetch()),
    toggle: (key: string, opened: boolean) => setClosed((now) => ({ ...now, [key]: opened })),
  };
}

function keyOf(group: GroupItem): string {
  return `group-${group.value ?? "\u0000"}`;
}

function sumsOf(group: GroupItem | undefined): Record<string, number | null> {
  return Object.fromEntries((group?.sums ?? []).map((sum) => [sum.field, sum.value]));
}

/** Options in the order of the field, everything else by name, what has no value last. */
function inOrder(by: FieldInfo, groups: readonly GroupItem[]): GroupItem[] {
  const place = (group: GroupItem): number => by.options.findIndex((option) => option.value === group.value);
  return [...groups].sort((a, b) => {
    if ((a.value === null) !== (b.value === null)) return a.value === null ? 1 : -1;
    return by.options.length > 0 ? place(a) - place(b) : a.title.localeCompare(b.title);
  });
}
