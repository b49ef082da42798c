import { ApiError, send } from "@/api";
import { address, callHeaders, failure } from "@/api/client";
import type { components } from "@/api/schema";
import type { Job } from "@/api/types/job";
import type { KindInfo } from "@/api/types/register";
import { fileName, saveBlob } from "@/kit";
import { m } from "@/paraglide/messages";

type S = components["schemas"];
export type ImportPreview = S["RegisterImportPreview"];
export type ImportCounts = S["RegisterImportCounts"];
export type ImportError = S["RegisterImportError"];

/** What an import did, the output of its job. Items is what an undo needs. */
export interface ImportDone {
  counts: ImportCounts;
  items: S["RegisterBulkChange"][];
  errors: ImportError[];
  found: number;
}

export const largestFile = 10 * 1024 * 1024;

/** What the person says about a file; what is empty the server finds out. */
export interface Choices {
  /** Column by field; without it the server proposes. */
  map?: Record<string, string>;
  key: string;
  mode: string;
  numbers: string;
}

export const noChoices: Choices = { key: "", mode: "", numbers: "" };

/** The mapping as the server says it, with every field that no column fills. */
export function mappingOf(kind: KindInfo, preview: ImportPreview): Record<string, string> {
  const map: Record<string, string> = { id: "" };
  for (const field of kind.fields) if (!field.computed) map[field.name] = "";
  for (const column of preview.columns) if (column.field) map[column.field] = column.name;
  return map;
}

/** The mapping after a column was given to a field, or to none. */
export function mapped(map: Record<string, string>, column: string, field: string): Record<string, string> {
  const out = Object.fromEntries(Object.entries(map).map(([name, at]) => [name, at === column ? "" : at]));
  if (field) out[field] = column;
  return out;
}

async function post(
  path: string,
  kind: string,
  choices: Choices,
  file: File,
  refused: number | "" = "",
): Promise<Response> {
  const map = choices.map && Object.entries(choices.map).map(([field, column]) => `${field}=${column}`);
  const query = { map, key: choices.key, mode: choices.mode, numbers: choices.numbers, allow_refused: refused };
  const response = await fetch(address(path, { path: { kind }, query }), {
    method: "POST",
    credentials: "same-origin",
    headers: { ...callHeaders(), "Content-Type": "application/octet-stream" },
    body: file,
  }).catch(() => {
    throw new ApiError(0, { code: "network", text: m.kit_error_network(), hint: m.kit_error_network_hint() });
  });
  if (!response.ok) throw failure(response.status, await response.json().catch(() => undefined));
  return response;
}

/** What an import would do; nothing is kept. */
export async function rehearse(kind: string, choices: Choices, file: File): Promise<ImportPreview> {
  return (await post("/records/{kind}/import/preview", kind, choices, file)).json();
}

/** Starts an import; refused is how many rows that do not fit may be left out. */
export async function load(kind: string, choices: Choices, refused: number, file: File): Promise<Job> {
  return (await post("/records/{kind}/import", kind, choices, file, refused)).json();
}

/** The rows that do not fit with their reasons, as a file to correct and load again. */
export async function refusedRows(kind: string, choices: Choices, file: File): Promise<Blob> {
  return (await post("/records/{kind}/import/refused", kind, choices, file)).blob();
}

/** Takes an import back as a whole. */
export function undoImport(kind: string, items: ImportDone["items"]): Promise<unknown> {
  return send("post", "/records/{kind}/import/undo", { path: { kind }, body: { items } });
}

/** Saves the file of the rows that do not fit. */
export function saveRefused(kind: KindInfo, rows: Blob): void {
  saveBlob(rows, `${fileName(m.register_import_errors_file({ name: kind.many }))}.csv`);
}
