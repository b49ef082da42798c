import type { Cell, Remark } from "./base";

export interface Upload {
  id: string;
  name: string;
  size: number;
  sha256: string;
  expires_at: string;
}

export type DateOrder = "dmy" | "mdy" | "ymd" | "";

export interface Format {
  kind: "csv" | "xlsx" | "xes";
  compressed: boolean;
  encoding: string;
  delimiter: string;
  quote: string;
  decimal: string;
  sheet: string;
  sheets: { name: string; rows: number; hidden: boolean }[] | null;
  header_row: number;
  dates: { order: DateOrder; ambiguous: boolean; example: string };
  problem?: string;
}

export interface FileColumn {
  name: string;
  examples: string[] | null;
  type: string;
  empty_share: number;
  distinct: number;
  min: string | null;
  max: string | null;
}

export type Certainty = 1 | 2 | 3;

export interface MappingSuggestion {
  column: string;
  field: string;
  label: string;
  reason: string;
  certainty: Certainty;
  person: boolean;
}

export interface Preview {
  columns: string[] | { name: string; title?: string }[] | null;
  rows: Cell[][] | null;
}

export interface Analysis {
  upload: Upload;
  format: Format;
  rows: number;
  rows_exact: boolean;
  columns: FileColumn[];
  proposal: {
    table: string;
    process: string;
    reason: string;
    certainty: Certainty;
    tables: { table: string; certainty: Certainty; reason: string }[] | null;
  };
  mapping: MappingSuggestion[];
  remembered: boolean;
  source_key: string;
  existing: { load: string; loaded_at: string } | null;
  preview: Preview;
  remarks: Remark[] | null;
}

export type Overlap = "" | "replace" | "skip" | "add";

export interface Plan {
  table: string;
  process: string;
  mapping: { column: string; field: string }[];
  sheet: string;
  header_row: number;
  delimiter: string;
  encoding: string;
  zone: string;
  currency: string;
  dates: DateOrder;
  overlap: Overlap;
  allow_refused: string;
  replace: boolean;
  drop: string[];
  purposes: { column: string; purpose: string }[];
}

export interface RefusedRow {
  line: number;
  column: string;
  value?: string;
  reason: string;
}

export interface Check {
  code: string;
  state: "ok" | "note" | "bad" | "question";
  title: string;
  detail: string;
  count: number;
  example_line: number;
  action: string;
}

export interface Question {
  code: "dates" | "currency" | "overlap" | "refused";
  text: string;
  options: (string | { value: string; label: string })[] | null;
}

export interface DryRun {
  verdict: "usable" | "usable_with_refusals" | "unusable" | "question";
  sentence: string;
  rows_read: number;
  rows_usable: number;
  rows_refused: number;
  refused_sample: RefusedRow[] | null;
  overlapping: number;
  checks: Check[] | null;
  questions: Question[] | null;
  existing_load: string;
  preview: Preview;
  remarks: Remark[] | null;
}

export interface LoadResult {
  table: string;
  process: string;
  load: string;
  rows_read: number;
  rows_loaded: number;
  rows_refused: number;
  refused: RefusedRow[] | null;
  remarks: Remark[] | null;
  mapping: unknown;
}

export interface Load {
  id: string;
  table: string;
  process: string;
  file: string;
  rows_read: number;
  rows_loaded: number;
  rows_refused: number;
  loaded_at: string;
  loaded_by: string;
  undone_at: string | null;
  remarks?: Remark[] | null;
}

export interface Dataset {
  table: string;
  process: string;
  title: string;
  rows: number;
  first: string | null;
  last: string | null;
  loaded_at: string;
  loads: number;
  bytes: number;
  columns: { name: string; type: string; source: string; case: boolean; person: boolean }[] | null;
  quality: { code: string; text: string }[] | null;
}

export interface Dependents {
  items: { kind: string; title: string; link?: string }[] | null;
  total?: number;
}
