import { useInfiniteQuery, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { type ApiError, get, getBlob, queryKey, send, useGet } from "@/api";
import type { BulkDone, Doc, GroupList, KindInfo, RecordList, RecordOne } from "@/api/types/register";
import { fileName, saveBlob } from "@/kit";
import { learnNames, useKinds } from "@/kit/field/names";

export { useKinds };

/** What is asked of a register: the same for the list, its groups and a file of it. */
export interface Ask {
  filter: string[];
  q: string;
  sort: string;
  deleted: boolean;
}

/** The register with this name; undefined while reading, null when the person has none such. */
export function useKind(name: string): {
  kind: KindInfo | null | undefined;
  error: ApiError | null;
  retry: () => void;
} {
  const query = useKinds();
  const kind = query.data ? (query.data.items.find((one) => one.name === name) ?? null) : undefined;
  return { kind, error: query.error, retry: () => void query.refetch() };
}

function learn<T extends { names: RecordList["names"] }>(answer: T): T {
  learnNames(answer.names);
  return answer;
}

/** One record; read anew for every id. */
export function useRecord(kind: string, id: string) {
  return useGet(
    "/records/{kind}/{id}",
    { path: { kind, id } },
    { enabled: id !== "", placeholderData: undefined, retry: false, select: learn },
  );
}

export const pageSize = 100;

/** The records of a question, page by page. */
export function usePages(kind: string, ask: Ask, enabled: boolean) {
  return useInfiniteQuery<RecordList, ApiError>({
    queryKey: [...queryKey("/records/{kind}", { path: { kind }, query: { ...ask } }), "pages"],
    initialPageParam: "",
    enabled,
    queryFn: async ({ pageParam, signal }) =>
      learn(
        await get(
          "/records/{kind}",
          { path: { kind }, query: { ...ask, after: String(pageParam), limit: pageSize } },
          signal,
        ),
      ),
    getNextPageParam: (last) => last.next || undefined,
  });
}

/** The groups of a question with their counts and sums. Money of several currencies is not added. */
export function useGroups(kind: KindInfo, ask: Ask, by: string, sums: string[], enabled: boolean) {
  const money = sums.filter((name) => kind.fields.find((field) => field.name === name)?.type === "money");
  const path = { kind: kind.name };
  const { sort: _, ...asked } = ask;
  return useQuery<GroupList, ApiError>({
    queryKey: queryKey("/records/{kind}/groups", { path, query: { ...asked, by, sum: sums } }),
    enabled,
    queryFn: async ({ signal }) => {
      const read = (sum: string[]) => get("/records/{kind}/groups", { path, query: { ...asked, by, sum } }, signal);
      try {
        return await read(sums);
      } catch (error) {
        if ((error as ApiError).code !== "several_currencies") throw error;
        return read(sums.filter((name) => !money.includes(name)));
      }
    },
  });
}

/** The condition that the records of a group meet. */
export function groupFilter(by: string, value: string | null): string {
  return value === null ? `${by}:empty` : `${by}:eq:${value}`;
}

/** The records of several groups, each with its own question. */
export function useGroupRows(kind: string, ask: Ask, by: string, open: { value: string | null; limit: number }[]) {
  return useQueries({
    queries: open.map((group) => {
      const args = {
        path: { kind },
        query: { ...ask, filter: [...ask.filter, groupFilter(by, group.value)], limit: group.limit },
      };
      return {
        queryKey: queryKey("/records/{kind}", args),
        queryFn: async ({ signal }: { signal: AbortSignal }) => learn(await get("/records/{kind}", args, signal)),
      };
    }),
  });
}

/** Saves every record of a question with these columns as a file that Lotse reads again without loss. */
export async function saveFile(kind: KindInfo, ask: Ask, columns: string[], format: "csv" | "xlsx"): Promise<void> {
  const query = { ...ask, columns: columns.join(","), format };
  const blob = await getBlob("/records/{kind}/export", { path: { kind: kind.name }, query });
  saveBlob(blob, `${fileName(kind.many)}.${format}`);
}

/** Reads everything about records anew. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    () =>
      client.invalidateQueries({
        predicate: (query) =>
          /^\/(records|views|effects|closings|ledger|chain|overview)/.test(String(query.queryKey[0])),
      }),
    [client],
  );
}

/** Reads a record past the cache. */
export async function readRecord(kind: string, id: string): Promise<RecordOne> {
  return learn(await get("/records/{kind}/{id}", { path: { kind, id } }));
}

/** Changes fields of a record; undefined empties one. */
export function patchRecord(kind: string, id: string, version: number, fields: Doc): Promise<RecordOne> {
  const body = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value ?? null]));
  return send("patch", "/records/{kind}/{id}", { path: { kind, id }, ifMatch: version, body });
}

export interface BulkBody {
  records: { id: string; version: number; to?: number }[];
  action: "change" | "delete" | "restore" | "back";
  value?: Doc;
}

export function bulk(kind: string, body: BulkBody): Promise<BulkDone> {
  return send("post", "/records/{kind}/bulk", { path: { kind }, body });
}

/** The fields in which two values differ. */
export function touched(mine: Doc, base: Doc): string[] {
  const names = new Set([...Object.keys(mine), ...Object.keys(base)]);
  return [...names].filter((name) => !same(mine[name], base[name]));
}

/** Whether two values of a field are the same, whatever the order of names inside. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Doc;
  const right = b as Doc;
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].every((name) => same(left[name], right[name]));
}

/** The name of a record. */
export function headingOf(kind: KindInfo, record: { id: string; value: Doc }): string {
  const name = record.value[kind.heading];
  return typeof name === "string" && name !== "" ? name : record.id;
}
