// What a page shows stands in its address: period, filters, tab. One codec per page turns the search part of an address
// into a typed value and back; unknown or broken parts fall back to their default and are never an error.

/** The raw parameters of an address; a name that stands twice is a list. */
export type RawSearch = Record<string, string | string[]>;

/** Reads "?a=1&b=x&b=y". */
export function parseSearch(text: string): RawSearch {
  const out: RawSearch = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const have = out[name];
    if (have === undefined) out[name] = value;
    else if (Array.isArray(have)) have.push(value);
    else out[name] = [have, value];
  }
  return out;
}

/** Writes parameters back; empty values, empty lists and false are left out. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === undefined || one === null || one === "" || one === false) continue;
      params.append(name, String(one));
    }
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** One parameter: read gives its value or its default, write gives undefined for what needs not be written. */
export interface Param<T> {
  read: (raw: string[]) => T;
  write: (value: T) => string | string[] | undefined;
}

/** Free text, empty by default. */
export function text(): Param<string> {
  return { read: (raw) => raw[0] ?? "", write: (value) => value || undefined };
}

/** One of the given words; the first is the default. */
export function oneOf<const W extends string>(...words: readonly [W, ...W[]]): Param<W> {
  return {
    read: (raw) => words.find((word) => word === raw[0]) ?? words[0],
    write: (value) => (value === words[0] ? undefined : value),
  };
}

/** A date YYYY-MM-DD that exists, otherwise empty. */
export function day(): Param<string> {
  return {
    read: (raw) => (isDay(raw[0]) ? (raw[0] as string) : ""),
    write: (value) => value || undefined,
  };
}

/** A yes, written as true. */
export function flag(): Param<boolean> {
  return { read: (raw) => raw[0] === "true" || raw[0] === "1", write: (value) => (value ? "true" : undefined) };
}

/** A whole number between low and high. */
export function whole(fallback: number, low: number, high: number): Param<number> {
  return {
    read: (raw) => {
      const value = /^-?\d{1,9}$/.test(raw[0] ?? "") ? Number(raw[0]) : fallback;
      return value >= low && value <= high ? value : fallback;
    },
    write: (value) => (value === fallback ? undefined : String(value)),
  };
}

/** A list of texts, each once, in the order given; at most 200 of at most 500 characters. */
export function list(): Param<string[]> {
  return {
    read: (raw) => [...new Set(raw.filter((one) => one !== "" && one.length <= 500))].slice(0, 200),
    write: (value) => (value.length > 0 ? value : undefined),
  };
}

export type Params<T> = { [K in keyof T]: Param<T[K]> };

/** A codec: read takes whatever the address holds, write gives the shortest address that reads back the same. */
export interface Codec<T> {
  read: (raw: Record<string, unknown>) => T;
  write: (value: T) => RawSearch;
}

/** Makes a codec of named parameters. */
export function codec<T extends object>(params: Params<T>): Codec<T> {
  const names = Object.keys(params) as (keyof T & string)[];
  return {
    read: (raw) => {
      const out = {} as T;
      for (const name of names) out[name] = params[name].read(asList(raw[name]));
      return out;
    },
    write: (value) => {
      const out: RawSearch = {};
      for (const name of names) {
        const written = params[name].write(value[name]);
        if (written !== undefined) out[name] = written;
      }
      return out;
    },
  };
}

function asList(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function isDay(value: string | undefined): boolean {
  if (!value || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const parsed = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().slice(0, 10) === value;
}

/** The filter that every process query takes; the names are those of the API. */
export interface ProcessFilter {
  from: string;
  to: string;
  activity: string[];
  not_activity: string[];
  variant: string[];
  attr: string[];
  state: CaseState;
}

/** The cases that are asked for: every one, those that an end activity completes, or those still open. */
export const caseStates = ["all", "complete", "open"] as const;
export type CaseState = (typeof caseStates)[number];

/** The parameters of ProcessFilter, for the codec of a page that filters a process. */
export const processFilterParams: Params<ProcessFilter> = {
  from: day(),
  to: day(),
  activity: list(),
  not_activity: list(),
  variant: list(),
  attr: list(),
  state: oneOf(...caseStates),
};
