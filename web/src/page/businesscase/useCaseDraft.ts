import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiError, send } from "@/api";
import type { Assessed, CaseValue, InputRow } from "@/api/types/business_case";
import type { RecordOne } from "@/api/types/register";
import { patchRecord, useRefresh } from "@/page/register/data";

/** The inputs of a case while a person changes them, with what they come to; nothing is kept until it is saved. */
export function useCaseDraft(record: RecordOne) {
  const value = record.value as unknown as CaseValue;
  const [rows, setRows] = useState<InputRow[] | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);
  const refresh = useRefresh();
  const [settled] = useDebouncedValue(rows, 300);
  const draft = useQuery<Assessed, ApiError>({
    queryKey: ["business_case_draft", record.id, record.version, settled],
    enabled: settled !== null && rows !== null,
    retry: false,
    queryFn: () =>
      send<Assessed>("post", "/business_cases/assess", {
        query: { id: record.id },
        body: { ...record.value, inputs: settled },
      }),
  });
  const change = (key: string, next: Partial<InputRow>): void => {
    setProblem(null);
    setRows((rows ?? value.inputs ?? []).map((row) => (row.key === key ? { ...row, ...next } : row)));
  };
  const discard = (): void => {
    setRows(null);
    setProblem(null);
  };
  const save = async (): Promise<void> => {
    try {
      await patchRecord("business_case", record.id, record.version, { inputs: rows });
      setRows(null);
      await refresh();
    } catch (error) {
      setProblem(error as ApiError);
    }
  };
  return {
    rows: rows ?? value.inputs ?? [],
    changed: rows !== null,
    assessed: rows === null || draft.error ? undefined : draft.data,
    problem: problem ?? (rows === null ? null : draft.error),
    change,
    discard,
    save,
  };
}

export type CaseDraft = ReturnType<typeof useCaseDraft>;
