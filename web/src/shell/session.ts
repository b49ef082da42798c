import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { get, type Permission, queryKey, type Session, setCsrf, useGet } from "@/api";
import type { ApiError } from "@/api/error";
import { setZone } from "@/kit/format";
import { ownDrafts } from "@/kit/useDraft";

/** Who is signed in, and the instance. One read for the whole app; the token of changing calls comes with it. */
export function useSession(): { session: Session | undefined; error: ApiError | null; retry: () => void } {
  const query = useGet("/session", {}, { staleTime: Number.POSITIVE_INFINITY });
  if (query.data) adopt(query.data);
  return { session: query.data, error: query.error, retry: () => void query.refetch() };
}

function adopt(session: Session): void {
  setCsrf(session.csrf);
  if (session.user) ownDrafts(session.user.id);
  if (session.instance.zone) setZone(session.instance.zone);
}

/** Reads the session anew, after signing in or out. */
export async function refreshSession(client: QueryClient): Promise<Session> {
  const session = await get("/session");
  adopt(session);
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== "/session" });
  client.setQueryData(queryKey("/session"), session);
  return session;
}

/** Notes that nobody is signed in any more; the frame then shows the sign-in page. */
export function useSignedOut(): () => void {
  const client = useQueryClient();
  return () => {
    client.setQueryData<Session>(queryKey("/session"), (have) => have && { ...have, user: null });
  };
}

/** What the signed-in person may do; the server decides, this only leaves out what would be refused. */
export function useRights(): { may: (permission: Permission) => boolean; facts: boolean } {
  const { session } = useSession();
  const may = (permission: Permission): boolean => session?.user?.permissions?.includes(permission) ?? false;
  return { may, facts: may("facts.read") };
}

/** Sets the title of the window. */
export function useWindowTitle(name: string): void {
  useEffect(() => {
    document.title = name ? `${name} · Lotse` : "Lotse";
  }, [name]);
}
