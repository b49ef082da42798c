import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type ApiError, send } from "@/api";
import type { Provable } from "@/api/types/effect";

/** What the history of a metric could prove. */
export function useProvability(metric: string, process: string): UseQueryResult<Provable, ApiError> {
  return useQuery<Provable, ApiError>({
    queryKey: ["/provability", metric, process],
    queryFn: () => send<Provable>("post", "/provability", { body: { metric, process: process || undefined } }),
    enabled: metric !== "",
    retry: false,
    staleTime: 300_000,
  });
}
