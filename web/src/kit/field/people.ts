import { useGet } from "@/api";
import { learnPeople } from "../format";

/** Reads the names of the people of the company, so that the addresses in histories are written as names. */
export function usePeople(): void {
  const query = useGet(
    "/records/{kind}",
    { path: { kind: "person" }, query: { limit: 1000, sort: "name" } },
    { retry: false, staleTime: 300_000 },
  );
  learnPeople(
    (query.data?.items ?? []).map((one) => ({
      email: String(one.value.email ?? ""),
      name: String(one.value.name ?? ""),
    })),
  );
}
