import { useState } from "react";
import { type ApiError, asApiError } from "@/api";
import type { Doc, KindInfo, RecordOne } from "@/api/types/register";
import { useDraft } from "@/kit/useDraft";
import { useSession } from "@/shell/session";
import { patchRecord, readRecord, same, touched, useRefresh } from "./data";

/** What somebody else saved in the meantime, and the fields in which both changed something. */
export interface Conflict {
  theirs: RecordOne;
  fields: string[];
}

export interface RecordEdit {
  value: Doc;
  changed: string[];
  set: (name: string, value: unknown) => void;
  save: () => Promise<void>;
  discard: () => void;
  busy: boolean;
  problem: ApiError | null;
  conflict: Conflict | null;
  /** Saves with a choice for each field of the conflict: true keeps the own value. */
  resolve: (mine: Record<string, boolean>) => Promise<void>;
  draftAt: string;
  /** The version that the draft builds on. */
  version: number;
  /** Who saved in between, when both changes fitted together. */
  joined: string;
}

/** Editing one record: a draft that survives the page, saving by version, and a conflict that loses nothing. */
export function useRecordEdit(kind: KindInfo, record: RecordOne, onSaved?: (saved: RecordOne) => void): RecordEdit {
  const { session } = useSession();
  const refresh = useRefresh();
  const { draft, keep, discard } = useDraft<{ mine: Doc; base: Doc }>(
    `record-${session?.user?.id ?? ""}-${kind.name}-${record.id}`,
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [joined, setJoined] = useState("");
  const value = draft?.value.mine ?? record.value;
  const base = draft?.value.base ?? record.value;
  const version = draft?.version ?? record.version;
  const changed = touched(value, base);

  const set = (name: string, next: unknown): void => {
    const mine = { ...value, [name]: next };
    if (next === undefined) delete mine[name];
    setJoined("");
    setProblem((now) => now && without(now, name));
    if (touched(mine, base).length === 0) discard();
    else keep({ mine, base }, version);
  };

  /** Puts the own changes on top of what somebody else saved. */
  const onTop = (mine: Doc, theirs: RecordOne, fields: string[]): Doc => {
    const next: Doc = { ...theirs.value };
    for (const name of fields) {
      if (mine[name] === undefined) delete next[name];
      else next[name] = mine[name];
    }
    keep({ mine: next, base: theirs.value }, theirs.version);
    return next;
  };

  const write = async (mine: Doc, was: Doc, at: number): Promise<void> => {
    const fields = touched(mine, was);
    if (fields.length === 0) {
      discard();
      setConflict(null);
      return;
    }
    try {
      const saved = await patchRecord(kind.name, record.id, at, pick(mine, fields));
      discard();
      setConflict(null);
      await refresh();
      onSaved?.(saved);
    } catch (error) {
      const failed = asApiError(error);
      if (!failed.stale) throw failed;
      const theirs = await readRecord(kind.name, record.id);
      const theirFields = touched(theirs.value, was);
      const both = fields.filter((name) => theirFields.includes(name) && !same(mine[name], theirs.value[name]));
      if (both.length > 0 || theirs.version === at) {
        setConflict({ theirs, fields: both });
        return;
      }
      setJoined(theirs.updated_by);
      await write(onTop(mine, theirs, fields), theirs.value, theirs.version);
    }
  };

  const guarded = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(asApiError(error));
    } finally {
      setBusy(false);
    }
  };

  return {
    value,
    changed,
    set,
    save: () => guarded(() => write(value, base, version)),
    discard: () => {
      discard();
      setProblem(null);
      setConflict(null);
    },
    busy,
    problem,
    conflict,
    resolve: (own) =>
      guarded(async () => {
        if (!conflict) return;
        const fields = changed.filter((name) => !conflict.fields.includes(name) || own[name]);
        const next = onTop(value, conflict.theirs, fields);
        await write(next, conflict.theirs.value, conflict.theirs.version);
        await refresh();
      }),
    draftAt: draft?.at ?? "",
    version,
    joined,
  };
}

function pick(doc: Doc, fields: string[]): Doc {
  return Object.fromEntries(fields.map((name) => [name, doc[name]]));
}

/** The problem without what it said of one field, which has changed since. */
function without(problem: ApiError, name: string): ApiError | null {
  const rest = problem.fields.filter((one) => one.field !== name && !new RegExp(`^${name}[.[]`).test(one.field));
  if (rest.length === problem.fields.length) return problem;
  if (rest.length === 0) return null;
  return Object.assign(Object.create(Object.getPrototypeOf(problem)), problem, {
    message: problem.message,
    fields: rest,
  });
}
