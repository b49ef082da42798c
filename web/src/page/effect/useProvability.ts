import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type ApiError, send } from "@/api";
import type { Provable } from "@/api/types/effect";

/** What else is known of the question; the promise in the unit of the metric. */
export interface Asked {
  grain?: string;
  promised?: number | null;
  before?: string;
}

/** What the history of a metric could prove. */
export function useProvability(metric: string, process: string, asked: Asked = {}): UseQueryResult<Provable, ApiError> {
  const body = {
    metric,
    process: process || undefined,
    grain: asked.grain || undefined,
    promised: asked.promised ?? undefined,
    before: asked.before || undefined,
  };
  return useQuery<Provable, ApiError>({
    queryKey: ["/provability", body],
    queryFn: () => send<Provable>("post", "/provability", { body }),
    enabled: metric !== "",
    retry: false,
    staleTime: 300_000,
  });
}
