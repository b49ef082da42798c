import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { get, queryKey, send, useGet } from "@/api";
import { type ApiError, asApiError } from "@/api/error";
import type { Settings, SettingsAnswer } from "@/api/types/setting";
import { useDraft } from "@/kit";
import { differences } from "./describe";

/** The settings as edited: the draft over what is kept, saving against its version, a conflict with both values. */
export interface EditedSettings {
  saved: SettingsAnswer | undefined;
  loadError: ApiError | null;
  retry: () => void;
  value: Settings | undefined;
  /** Something differs from what is kept. */
  changed: boolean;
  draftAt: string;
  /** The settings that the draft started from. */
  base: Settings | undefined;
  baseVersion: number;
  busy: boolean;
  problem: ApiError | null;
  /** Somebody else saved first: what is kept now. */
  conflict: SettingsAnswer | null;
  change: (patch: Partial<Settings>) => void;
  save: (value?: Settings) => Promise<void>;
  discard: () => void;
}

interface Edited {
  mine: Settings;
  base: Settings;
}

export function useSettings(): EditedSettings {
  const query = useGet("/settings", {}, { staleTime: 0 });
  const client = useQueryClient();
  const { draft, keep, discard } = useDraft<Edited>("settings");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [conflict, setConflict] = useState<SettingsAnswer | null>(null);
  const saved = query.data;
  const value = draft?.value.mine ?? saved?.value;
  const base = draft?.value.base ?? saved?.value;
  const baseVersion = draft?.version ?? saved?.version ?? 0;
  const changed = Boolean(draft && saved && differences(draft.value.mine, saved.value).length > 0);

  const adopt = async (answer: SettingsAnswer): Promise<void> => {
    discard();
    setConflict(null);
    setProblem(null);
    client.setQueryData(queryKey("/settings"), answer);
    // Zone, currency and rules decide what all figures say.
    await client.invalidateQueries();
  };

  const save = async (next?: Settings): Promise<void> => {
    if (!value || !saved) return;
    setBusy(true);
    setProblem(null);
    const body = next ?? value;
    const ifMatch = next && conflict ? conflict.version : baseVersion;
    try {
      await adopt(await send<SettingsAnswer>("put", "/settings", { body, ifMatch }));
    } catch (error) {
      const failed = asApiError(error);
      if (failed.stale || failed.status === 409) setConflict(await get("/settings"));
      else setProblem(failed);
    } finally {
      setBusy(false);
    }
  };

  return {
    saved,
    loadError: query.error,
    retry: () => void query.refetch(),
    value,
    changed,
    draftAt: draft?.at ?? "",
    base,
    baseVersion,
    busy,
    problem,
    conflict,
    change: (patch) => {
      if (value && base) keep({ mine: { ...value, ...patch }, base }, baseVersion);
    },
    save,
    discard: () => {
      discard();
      setConflict(null);
      setProblem(null);
    },
  };
}
