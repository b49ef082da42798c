import { useGet } from "@/api";
import type { RecordName } from "@/api/types/register";

// The headings of records that others point at. Every answer brings those that it needs; what a draft points at beyond
// them is read one by one.

const known = new Map<string, string>();

/** Remembers names; called where an answer arrives. */
export function learnNames(names: readonly RecordName[] | undefined): void {
  for (const one of names ?? []) known.set(`${one.kind}/${one.id}`, one.name);
}

/** The name of a record, its id while it is not known. */
export function nameOf(kind: string, id: string): string {
  return known.get(`${kind}/${id}`) ?? id;
}

/** The name of a record, read from the server when no answer has brought it. */
export function useRecordName(kind: string, id: string): string {
  const missing = id !== "" && !known.has(`${kind}/${id}`);
  const query = useGet(
    "/records/{kind}/{id}",
    { path: { kind, id } },
    { enabled: missing, retry: false, placeholderData: undefined },
  );
  const { data } = useKinds();
  const heading = data?.items.find((one) => one.name === kind)?.heading;
  const found = heading ? query.data?.value[heading] : undefined;
  if (missing && typeof found === "string") learnNames([{ kind, id, name: found }]);
  return nameOf(kind, id);
}

/** The registers that the person may open, with their fields. */
export function useKinds() {
  return useGet("/records", {}, { staleTime: 60_000 });
}
