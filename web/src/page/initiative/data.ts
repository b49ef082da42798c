import { type UseQueryResult, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { type ApiError, useGet } from "@/api";
import type { Gate, Initiative } from "@/api/types/initiative";
import type { RecordItem, RecordList } from "@/api/types/register";
import { learnNames, useKinds } from "@/kit/field/names";

/** A read whose answer is taken as something narrower. */
type Read<T> = UseQueryResult<T, ApiError>;

function as<T>(query: Read<unknown>, data: T | undefined): Read<T> {
  return { ...query, data } as Read<T>;
}

/** The items of a list answer, with the names that it brought. */
function itemsOf<T>(query: Read<RecordList>): Read<T[]> {
  return as(query, query.data?.items as T[] | undefined);
}

function learn<T extends { names: RecordList["names"] }>(answer: T): T {
  learnNames(answer.names);
  return answer;
}

/** One initiative. */
export function useInitiative(id: string) {
  const query = useGet(
    "/records/{kind}/{id}",
    { path: { kind: "initiative", id } },
    { enabled: id !== "", placeholderData: undefined, retry: false, select: learn },
  );
  return as(query, query.data as Initiative | undefined);
}

/** Every initiative that the person may see, newest stage first; an instance holds some hundred. */
export function useInitiatives() {
  return itemsOf<RecordItem & Initiative>(
    useGet(
      "/records/{kind}",
      { path: { kind: "initiative" }, query: { limit: 1000, sort: "title" } },
      { select: learn },
    ),
  );
}

/** The records of a kind that point at an initiative. */
export function useOf(kind: string, initiative: string, field = "initiative") {
  return itemsOf<RecordItem>(
    useGet(
      "/records/{kind}",
      { path: { kind }, query: { filter: [`${field}:eq:${initiative}`], limit: 200 } },
      { enabled: initiative !== "", retry: false, select: learn },
    ),
  );
}

/** The gates of an initiative, newest first. */
export function useGates(initiative: string) {
  const query = useOf("gate", initiative);
  const gates = (query.data ?? []) as Gate[];
  return { ...query, gates: [...gates].sort((a, b) => b.created_at.localeCompare(a.created_at)) };
}

/** The initiatives that came from a finding. */
export function useMadeOf(finding: string) {
  const kinds = useKinds();
  const readable = kinds.data?.items.some((kind) => kind.name === "initiative") ?? false;
  return itemsOf<RecordItem & Initiative>(
    useGet(
      "/records/{kind}",
      { path: { kind: "initiative" }, query: { filter: [`findings:has:${finding}`], limit: 50 } },
      { enabled: readable, select: learn },
    ),
  );
}

/** Whether the person may make initiatives. */
export function useMayBegin(): boolean {
  const kinds = useKinds();
  return kinds.data?.items.find((kind) => kind.name === "initiative")?.may.includes("create") ?? false;
}

/** The words of a choice of the initiative, in the language of the reader. */
export function useWords(field: string): (value: string | undefined) => string {
  const kinds = useKinds();
  const options = kinds.data?.items
    .find((kind) => kind.name === "initiative")
    ?.fields.find((f) => f.name === field)?.options;
  return (value) => options?.find((one) => one.value === value)?.title ?? value ?? "";
}

/** Reads anew all that a change of an initiative may touch. */
export function useReread(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    () =>
      client.invalidateQueries({
        predicate: (query) => /^\/(records|initiatives|findings|chain)/.test(String(query.queryKey[0])),
      }),
    [client],
  );
}

/** The path of an initiative's page. */
export function initiativeHref(id: string): string {
  return `/vorhaben/${id}`;
}
