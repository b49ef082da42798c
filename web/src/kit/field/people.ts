import { useGet } from "@/api";
import { learnPeople } from "../format";
import { learnNames } from "./names";

/** Reads the names of the people of the company, so that the addresses in histories are written as names. */
export function usePeople(): void {
  const query = useGet(
    "/records/{kind}",
    { path: { kind: "person" }, query: { limit: 1000, sort: "name" } },
    { retry: false, staleTime: 300_000 },
  );
  learnNames(query.data?.items?.map((one) => ({ kind: "person", id: one.id, name: String(one.value.name ?? one.id) })));
  learnPeople(
    (query.data?.items ?? []).map((one) => ({
      email: String(one.value.email ?? ""),
      name: String(one.value.name ?? ""),
    })),
  );
}
