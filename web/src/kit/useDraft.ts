import { useCallback, useState } from "react";

/** A form as a person left it: the value, the version it builds on, and when it was kept. */
export interface Draft<T> {
  value: T;
  version: number;
  at: string;
}

const prefix = "lotse-draft-";
const ownerKey = "lotse-draft-owner";

/** Takes every draft out of this browser: what was typed belongs to the person, and a private field to nobody else. */
export function dropDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

/** Says who is signed in. Drafts of somebody else go; one's own outlive an expired session. */
export function ownDrafts(person: string): void {
  try {
    const before = localStorage.getItem(ownerKey);
    if (before === person) return;
    if (before !== null) dropDrafts();
    localStorage.setItem(ownerKey, person);
  } catch {
    // Nothing is kept.
  }
}

function read<T>(key: string): Draft<T> | null {
  try {
    const text = localStorage.getItem(key);
    return text ? (JSON.parse(text) as Draft<T>) : null;
  } catch {
    return null;
  }
}

/**
 * Keeps what a person typed in this browser until it is saved or discarded, so that no text is ever lost. A draft is
 * written at every change and found again when the page is opened anew.
 */
export function useDraft<T>(name: string): {
  draft: Draft<T> | null;
  keep: (value: T, version: number) => void;
  discard: () => void;
} {
  const key = `${prefix}${name}`;
  const [draft, setDraft] = useState<Draft<T> | null>(() => read<T>(key));
  const keep = useCallback(
    (value: T, version: number) => {
      const next = { value, version, at: new Date().toISOString() };
      setDraft(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Without storage the draft lives as long as the page.
      }
    },
    [key],
  );
  const discard = useCallback(() => {
    setDraft(null);
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was kept.
    }
  }, [key]);
  return { draft, keep, discard };
}
