import { useCallback, useState } from "react";
import { type ApiError, asApiError } from "@/api";

export interface Act {
  busy: boolean;
  /** What went wrong, in words; empty when nothing did. */
  problem: string;
  error: ApiError | null;
  run: (work: () => Promise<unknown>) => Promise<boolean>;
  clear: () => void;
}

/** One thing that a person does on the page, with its way and its failure. */
export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const run = useCallback(async (work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await work();
      return true;
    } catch (failure) {
      setError(asApiError(failure));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setError(null), []);
  const problem = error
    ? [error.message, ...error.fields.map((field) => field.text), error.hint].filter(Boolean).join(" ")
    : "";
  return { busy, problem, error, run, clear };
}
