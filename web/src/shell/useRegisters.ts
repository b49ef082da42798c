import { useMemo } from "react";
import { useGet } from "@/api";
import type { KindInfo } from "@/api/types/register";
import { routeWith, type StepEntry } from "./pages";
import { useRights } from "./session";

const none: KindInfo[] = [];

/** The registers that the person may open, and the route with them. */
export function useRegisters(): { kinds: KindInfo[]; route: StepEntry[] } {
  const { may, facts } = useRights();
  const query = useGet("/records", {}, { enabled: may("register.read"), staleTime: 60_000, retry: false });
  const kinds = query.data?.items ?? none;
  const route = useMemo(() => routeWith(kinds, facts), [kinds, facts]);
  return { kinds, route };
}
