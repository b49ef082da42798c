import createClient from "openapi-fetch";
import { m } from "@/paraglide/messages";
import { getLocale } from "@/paraglide/runtime";
import { ApiError } from "./error";
import type { Gets } from "./routes";
import type { Problem } from "./types/base";

export const apiRoot = "/api/v1";

export type QueryValue = string | number | boolean | undefined | null | readonly string[];

/** Parameters of a call: path fills {name}, query becomes ?a=b (a list repeats its name; empty values are left out). */
export interface Args {
  path?: Record<string, string | number>;
  query?: Record<string, QueryValue>;
}

export interface SendArgs extends Args {
  body?: unknown;
  /** Version that the change builds on; the server refuses with 412 when there is a newer one. */
  ifMatch?: number | string;
}

export type Method = "post" | "put" | "patch" | "delete";

let csrf = "";
let onSignedOut: () => void = () => {};

/** Keeps the token that every changing call must carry; the session query sets it. */
export function setCsrf(token: string): void {
  csrf = token;
}

/** Calls back when the server says that nobody is signed in any more. */
export function whenSignedOut(callback: () => void): void {
  onSignedOut = callback;
}

/** The headers of a call that does not go through this client, such as an upload. */
export function callHeaders(): Record<string, string> {
  return { "X-CSRF-Token": csrf, "Accept-Language": getLocale(), Accept: "application/json" };
}

// biome-ignore lint/suspicious/noExplicitAny: the typed door is get and send; routes.ts holds the answer types
const client = createClient<any>({
  baseUrl: globalThis.location.origin + apiRoot,
  credentials: "same-origin",
  // Looked up at each call, so that tests can put a fetch of their own in place.
  fetch: (request) => globalThis.fetch(request),
});

client.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", getLocale());
    if (request.method !== "GET") request.headers.set("X-CSRF-Token", csrf);
    return request;
  },
});

/** Makes the error of an answer that is not 2xx. */
export function failure(status: number, body: unknown): ApiError {
  const problem = body as Partial<Problem> | undefined;
  if (status === 401) onSignedOut();
  if (problem && typeof problem === "object" && typeof problem.text === "string") {
    return new ApiError(status, { ...problem, text: problem.text });
  }
  return new ApiError(status, { code: "http", text: m.kit_error_http({ status: String(status) }) });
}

async function call<T>(method: string, path: string, args: SendArgs, signal?: AbortSignal): Promise<T> {
  let answer: { data?: unknown; error?: unknown; response: Response };
  try {
    answer = await client.request(method as "get", path, {
      params: { path: args.path, query: cleanQuery(args.query) },
      headers: args.ifMatch === undefined ? undefined : { "If-Match": `"${args.ifMatch}"` },
      body: args.body,
      signal,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(0, { code: "network", text: m.kit_error_network(), hint: m.kit_error_network_hint() });
  }
  if (!answer.response.ok) throw failure(answer.response.status, answer.error);
  return answer.data as T;
}

function cleanQuery(query: Args["query"]): Record<string, unknown> | undefined {
  if (!query) return undefined;
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "" || value === false) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    out[name] = value;
  }
  return out;
}

/** Reads a route. */
export function get<P extends keyof Gets>(path: P, args: Args = {}, signal?: AbortSignal): Promise<Gets[P]> {
  return call<Gets[P]>("get", path, args, signal);
}

/** Sends a change. */
export function send<T = void>(method: Method, path: string, args: SendArgs = {}): Promise<T> {
  return call<T>(method, path, args);
}

/** The address of a route for links and downloads. */
export function address(path: string, args: Args = {}): string {
  let out = path;
  for (const [name, value] of Object.entries(args.path ?? {}))
    out = out.replace(`{${name}}`, encodeURIComponent(String(value)));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(cleanQuery(args.query) ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  search.set("lang", getLocale());
  return `${apiRoot}${out}?${search}`;
}

/** Reads the bytes of a route, for files that the server makes. */
export async function getBlob(path: string, args: Args = {}): Promise<Blob> {
  const response = await fetch(address(path, args), { credentials: "same-origin" }).catch(() => {
    throw new ApiError(0, { code: "network", text: m.kit_error_network(), hint: m.kit_error_network_hint() });
  });
  if (!response.ok) throw failure(response.status, await response.json().catch(() => undefined));
  return response.blob();
}

/** Posts bytes or plain text as they are. */
export async function sendBytes<T>(path: string, body: Blob | string): Promise<T> {
  const response = await fetch(`${apiRoot}${path}`, {
    method: "POST",
    credentials: "same-origin",
    headers: callHeaders(),
    body,
  }).catch(() => {
    throw new ApiError(0, { code: "network", text: m.kit_error_network(), hint: m.kit_error_network_hint() });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw failure(response.status, answer);
  return answer as T;
}

/** Posts and gives the bytes of the answer back, for exports. */
export async function fetchBlob(path: string, body: unknown): Promise<Blob> {
  const response = await fetch(`${apiRoot}${path}`, {
    method: "POST",
    credentials: "same-origin",
    headers: { ...callHeaders(), Accept: "*/*", "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new ApiError(0, { code: "network", text: m.kit_error_network(), hint: m.kit_error_network_hint() });
  });
  if (!response.ok) throw failure(response.status, await response.json().catch(() => undefined));
  return response.blob();
}
