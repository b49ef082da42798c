import { createContext, useContext } from "react";
import { ApiError, address, useGet } from "@/api";
import { callHeaders, failure } from "@/api/client";
import type { FileItem } from "@/api/types/register";
import { m } from "@/paraglide/messages";

/** The record whose files a field may name; null while it is not saved yet. */
export const FileOwner = createContext<{ kind: string; id: string } | null>(null);

export const useFileOwner = () => useContext(FileOwner);

/** The files of a record. */
export function useFiles(owner: { kind: string; id: string } | null) {
  const path = { kind: owner?.kind ?? "", id: owner?.id ?? "" };
  return useGet(
    "/records/{kind}/{id}/files",
    { path },
    { enabled: owner !== null, placeholderData: undefined, retry: false },
  );
}

/** Adds a file to a record as it is. */
export async function attachFile(owner: { kind: string; id: string }, file: File): Promise<FileItem> {
  const { kind, id } = owner;
  const to = address("/records/{kind}/{id}/files", { path: { kind, id }, query: { name: file.name } });
  const response = await fetch(to, {
    method: "POST",
    credentials: "same-origin",
    headers: { ...callHeaders(), "Content-Type": "application/octet-stream" },
    body: file,
  }).catch(() => {
    throw new ApiError(0, { code: "network", text: m.kit_error_network(), hint: m.kit_error_network_hint() });
  });
  if (!response.ok) throw failure(response.status, await response.json().catch(() => undefined));
  return response.json();
}
