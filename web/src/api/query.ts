import {
  keepPreviousData,
  QueryClient,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { getLocale } from "@/paraglide/runtime";
import { type Args, get, type Method, type SendArgs, send } from "./client";
import { ApiError } from "./error";
import type { Gets } from "./routes";

/** The one cache of the app. Client errors are not tried again, a lost connection is tried twice. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (count, error) => count < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503),
        refetchOnWindowFocus: false,
        placeholderData: keepPreviousData,
      },
    },
  });
}

/** The cache key of a route; texts come from the server, so the language belongs to it. */
export function queryKey(path: string, args: Args = {}): readonly unknown[] {
  return [path, args, getLocale()];
}

type GetOptions<T> = Omit<UseQueryOptions<T, ApiError>, "queryKey" | "queryFn">;

/** Reads a route and keeps it: `useGet("/processes/{process}/dfg", { path: { process }, query: filter })`. */
export function useGet<P extends keyof Gets>(
  path: P,
  args: Args = {},
  options: GetOptions<Gets[P]> = {},
): UseQueryResult<Gets[P], ApiError> {
  return useQuery({
    queryKey: queryKey(path, args),
    queryFn: ({ signal }) => get(path, args, signal),
    ...options,
  } as UseQueryOptions<Gets[P], ApiError>);
}

/** Sends changes to a route; afterwards the named routes are read anew. */
export function useSend<T = void>(
  method: Method,
  path: string,
  refresh: readonly (keyof Gets)[] = [],
): UseMutationResult<T, ApiError, SendArgs> {
  const client = useQueryClient();
  return useMutation<T, ApiError, SendArgs>({
    mutationFn: (args) => send<T>(method, path, args),
    onSuccess: async () => {
      await Promise.all(refresh.map((route) => client.invalidateQueries({ queryKey: [route] })));
    },
  });
}
