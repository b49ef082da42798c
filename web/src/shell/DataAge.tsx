import type { ReactElement } from "react";
import { useGet } from "@/api";
import { dateTime } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { useRights } from "./session";

/** The instant of the newest load, empty while nothing is loaded. */
export function useDataState(): string {
  const { facts } = useRights();
  const query = useGet("/datasets", {}, { enabled: facts, staleTime: 60_000, retry: false });
  const times = (query.data?.items ?? []).map((dataset) => dataset.loaded_at).filter(Boolean);
  return times.sort().at(-1) ?? "";
}

/** "Datenstand 24.11.2026, 06:00"; nothing for those who read no figures. */
export function DataAge(): ReactElement | null {
  const latest = useDataState();
  const { facts } = useRights();
  if (!facts) return null;
  return <>{latest ? m.shell_data_state({ at: dateTime(latest) }) : m.shell_no_data()}</>;
}
