import { useCallback, useEffect, useState } from "react";
import type { Analysis, DryRun, Plan } from "@/api/types/data";
import { codec, oneOf, text } from "@/kit/url";
import { keep, skip } from "../fields";

export const wizardSteps = ["file", "map", "check", "load"] as const;
export type WizardStep = (typeof wizardSteps)[number];

/** What stands in the address, so that leaving and coming back finds the upload and its running job again. */
export interface WizardUrl {
  upload: string;
  step: WizardStep;
  /** The job of the step: analysis, dry run or load. */
  job: string;
  sheet: string;
  header_row: string;
  delimiter: string;
  encoding: string;
  /** The table that the person chose; empty for the proposed one. */
  table: string;
}

export const wizardCodec = codec<WizardUrl>({
  upload: text(),
  step: oneOf(...wizardSteps),
  job: text(),
  sheet: text(),
  header_row: text(),
  delimiter: text(),
  encoding: text(),
  table: text(),
});

/** How the file shall be read; empty parts are left to the recognition. */
export type Reading = Pick<WizardUrl, "sheet" | "header_row" | "delimiter" | "encoding">;

/** The plan that the server proposes for a file. */
export function planFrom(analysis: Analysis): Plan {
  return {
    process: "",
    sheet: "",
    header_row: 0,
    delimiter: "",
    encoding: "",
    zone: "",
    currency: "",
    dates: "",
    overlap: "",
    allow_refused: "0",
    replace: false,
    auto: false,
    drop: [],
    purposes: [],
    mapping: [],
    ...analysis.plan,
    table: analysis.plan.table || tableName(analysis.upload.name),
  };
}

/** Rows that the load will add: without those that are there already when only new ones are wanted. */
export function rowsToLoad(result: Pick<DryRun, "rows_usable" | "overlapping">, plan: Pick<Plan, "overlap">): number {
  return plan.overlap === "skip" ? Math.max(0, result.rows_usable - result.overlapping) : result.rows_usable;
}

/** Gives a column a field. A field belongs to one column: the one that had it is kept under its own name. */
export function mapColumn(plan: Plan, column: string, field: string): Plan {
  return {
    ...plan,
    mapping: plan.mapping.map((entry) => {
      if (entry.column === column) return { ...entry, field };
      if (field !== keep && field !== skip && entry.field === field) return { ...entry, field: keep };
      return entry;
    }),
  };
}

/** The name of a free table, from that of its file. */
export function tableName(file: string): string {
  const base = file.replace(/\.(gz|csv|tsv|txt|xlsx|xes|xml)\b/gi, "").toLowerCase();
  return base.replace(/[^\p{L}\p{N}]+/gu, "_").replace(/^_+|_+$/g, "") || "tabelle";
}

const storageKey = (upload: string): string => `lotse-plan-${upload}`;

function readDraft(upload: string): Plan | null {
  try {
    const text = localStorage.getItem(storageKey(upload));
    return text ? (JSON.parse(text) as Plan) : null;
  } catch {
    return null;
  }
}

/** The plan of an upload, kept in this browser until it is loaded. */
export function usePlan(analysis: Analysis | undefined): {
  plan: Plan | null;
  change: (plan: Plan) => void;
  forget: () => void;
} {
  const upload = analysis?.upload.id ?? "";
  const reading = analysis
    ? JSON.stringify([analysis.format.sheet, analysis.format.header_row, analysis.plan.table])
    : "";
  const [state, setState] = useState<{ key: string; plan: Plan } | null>(null);
  const key = `${upload}#${reading}`;
  useEffect(() => {
    if (!analysis || state?.key === key) return;
    const draft = readDraft(upload);
    const columns = new Set(analysis.columns.map((column) => column.name));
    const fits = draft?.table === analysis.plan.table && draft.mapping.every((entry) => columns.has(entry.column));
    setState({ key, plan: fits && draft ? draft : planFrom(analysis) });
  }, [analysis, key, state, upload]);
  const change = useCallback(
    (plan: Plan) => {
      setState({ key, plan });
      try {
        localStorage.setItem(storageKey(upload), JSON.stringify(plan));
      } catch {
        // Without storage the plan lives as long as the page.
      }
    },
    [key, upload],
  );
  const forget = useCallback(() => localStorage.removeItem(storageKey(upload)), [upload]);
  return { plan: state?.key === key ? state.plan : null, change, forget };
}
