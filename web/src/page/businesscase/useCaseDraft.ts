import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiError, send } from "@/api";
import type { Assessed, CaseParts, CaseValue, InputRow } from "@/api/types/business_case";
import type { RecordOne } from "@/api/types/register";
import { patchRecord, useRefresh } from "@/page/register/data";

const names = ["roles", "costs", "benefits", "inputs", "scenarios"] as const;

/** The parts of a case as the record keeps them. */
function partsOf(value: CaseValue): CaseParts {
  return Object.fromEntries(names.map((name) => [name, value[name] ?? []]));
}

/** The lines and inputs of a case while a person changes them, with what they come to; nothing is kept until it is saved. */
export function useCaseDraft(record: RecordOne) {
  const value = record.value as unknown as CaseValue;
  const [changed, setChanged] = useState<CaseParts | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const refresh = useRefresh();
  const [settled] = useDebouncedValue(changed, 300);
  const parts = changed ?? partsOf(value);
  const draft = useQuery<Assessed, ApiError>({
    queryKey: ["business_case_draft", record.id, record.version, settled],
    enabled: settled !== null && changed !== null,
    retry: false,
    queryFn: () =>
      send<Assessed>("post", "/business_cases/assess", {
        query: { id: record.id },
        body: { ...record.value, ...settled },
      }),
  });
  const put = (next: CaseParts): void => {
    setProblem(null);
    setChanged(next);
  };
  const change = (key: string, next: Partial<InputRow>): void =>
    put({ ...parts, inputs: (parts.inputs ?? []).map((row) => (row.key === key ? { ...row, ...next } : row)) });
  const discard = (): void => {
    setChanged(null);
    setProblem(null);
  };
  const save = async (): Promise<void> => {
    try {
      await patchRecord("business_case", record.id, record.version, { ...parts });
      setChanged(null);
      await refresh();
    } catch (error) {
      setProblem(error as ApiError);
    }
  };
  return {
    parts,
    rows: parts.inputs ?? [],
    changed: changed !== null,
    assessed: changed === null || draft.error ? undefined : draft.data,
    problem: problem ?? (changed === null ? null : draft.error),
    put,
    change,
    discard,
    save,
  };
}

export type CaseDraft = ReturnType<typeof useCaseDraft>;
