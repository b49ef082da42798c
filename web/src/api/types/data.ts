import type { components } from "../schema";

type S = components["schemas"];

export type Upload = S["IntakeUpload"];
export type Analysis = S["IntakeAnalysis"];
export type FileColumn = S["IntakeColumnInfo"];
export type MappingSuggestion = S["MappingGuess"];
export type Preview = S["IntakePreview"];
export type Load = S["IntakeLoadInfo"];
export type Dataset = S["IntakeDatasetInfo"];
export type DatasetColumn = S["IntakeResultColumn"];
export type Dependents = S["IntakeDependentList"];
export type RefusedRow = S["ConvertRefused"];
export type MappingEntry = S["MappingEntry"];
export type DateOrder = "dmy" | "mdy" | "ymd" | "";
export type Overlap = "" | "replace" | "skip" | "add";

/** A plan with every part filled in, as the wizard keeps it. */
export type Plan = Required<S["ConvertPlan"]>;

// The outputs of jobs are not in the API document, since a job's output is open; they follow intake/dryrun.go and load.go.

export interface Check {
  code: string;
  state: "ok" | "note" | "bad" | "question";
  title: string;
  detail: string;
  count: number;
  example_line: number;
  action: "drop" | "keep" | "mapping" | "dates" | "currency" | "overlap" | "refused" | "";
}

export interface Question {
  code: "dates" | "currency" | "overlap" | "refused";
  text: string;
  /** The load is refused without an answer. */
  blocking: boolean;
  options: { value: string; text: string }[];
}

export interface DryRun {
  verdict: "usable" | "usable_with_refusals" | "unusable" | "question";
  sentence: string;
  table: string;
  process: string;
  rows_read: number;
  rows_usable: number;
  rows_refused: number;
  rows_left_out: number;
  refused_sample: RefusedRow[];
  overlapping: number;
  checks: Check[];
  questions: Question[];
  existing_load: { load: number; table: string; process: string; loaded_at: string } | null;
  same_mapping: boolean;
  columns: DatasetColumn[];
  preview: Preview;
  remarks: S["BaseRemark"][];
  plan: S["ConvertPlan"];
}

export interface LoadResult {
  table: string;
  process: string;
  load: number;
  rows_read: number;
  rows_loaded: number;
  rows_refused: number;
  refused: RefusedRow[];
  remarks: S["BaseRemark"][];
  /** The job that derives the cases of a process from the new rows. */
  derive_job?: string;
}
