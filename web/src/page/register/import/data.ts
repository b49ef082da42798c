import { ApiError, send } from "@/api";
import { address, callHeaders, failure } from "@/api/client";
import type { components } from "@/api/schema";
import type { KindInfo } from "@/api/types/register";
import { exportTable } from "@/kit";
import { m } from "@/paraglide/messages";

type S = components["schemas"];
export type ImportPreview = S["RegisterImportPreview"];
export type ImportDone = S["RegisterImportDone"];
export type ImportCounts = S["RegisterImportCounts"];
export type ImportError = S["RegisterImportError"];

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

async function post<T>(path: string, kind: string, choices: Choices, refused: number, file: File): Promise<T> {
  const map = choices.map && Object.entries(choices.map).map(([field, column]) => `${field}=${column}`);
  const query = { map, key: choices.key, mode: choices.mode, numbers: choices.numbers, allow_refused: refused || "" };
  const response = await fetch(address(path, { path: { kind }, query }), {
    method: "POST",
    credentials: "same-origin",
    headers: { ...callHeaders(), "Content-Type": "application/octet-stream" },
    body: file,
  }).catch(() => {
    throw new ApiError(0, { code: "network", text: m.kit_error_network(), hint: m.kit_error_network_hint() });
  });
  const body = await response.json().catch(() => undefined);
  if (!response.ok) throw failure(response.status, body);
  return body as T;
}

/** What an import would do; nothing is kept. */
export function rehearse(kind: string, choices: Choices, file: File): Promise<ImportPreview> {
  return post("/records/{kind}/import/preview", kind, choices, 0, file);
}

/** Imports; refused is how many rows that do not fit may be left out. */
export function load(kind: string, choices: Choices, refused: number, file: File): Promise<ImportDone> {
  return post("/records/{kind}/import", kind, choices, refused, file);
}

/** Takes an import back as a whole. */
export function undoImport(kind: string, items: ImportDone["items"]): Promise<unknown> {
  return send("post", "/records/{kind}/import/undo", { path: { kind }, body: { items } });
}

/** The errors as a file, to correct the rows beside it. */
export function saveErrors(kind: KindInfo, errors: ImportError[]): Promise<void> {
  const name = m.register_import_errors_file({ name: kind.many });
  return exportTable(
    {
      name,
      columns: [
        { title: m.register_import_line(), type: "integer" },
        { title: m.register_import_column(), type: "text" },
        { title: m.register_import_value(), type: "text" },
        { title: m.register_import_error(), type: "text" },
      ],
      rows: errors.map((one) => [one.line, one.column, one.value, one.text]),
      meta: { title: name },
    },
    "csv",
  );
}
