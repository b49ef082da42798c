import type { components } from "../schema";

type S = components["schemas"];

export type Assessed = S["BusinesscaseAssessed"];
export type InputName = S["BusinesscaseInputName"];
export type BindingList = S["BusinesscaseBindingList"];
export type BoundNow = S["BusinesscaseBoundNow"];
export type Compared = S["BusinesscaseCompared"];
export type BindBody = S["BusinesscaseBindBody"];

export interface Range {
  min: number;
  likely: number;
  max: number;
}

export type Origin = "measured" | "quoted" | "estimated" | "guessed";

/** One number of a case, as the record keeps it; a measured one has its number in its binding. */
export interface InputRow {
  key: string;
  range?: Range;
  distribution?: string;
  origin: Origin;
  source?: string;
  driver?: string;
}

/** A line of a case: a cost, a benefit or a role, with the columns of its sort. */
export interface Line {
  id: string;
  name?: string;
  [column: string]: unknown;
}

export type LinePart = "roles" | "costs" | "benefits";

/** What a person changes on the page of a case. */
export interface CaseParts {
  roles?: Line[];
  costs?: Line[];
  benefits?: Line[];
  inputs?: InputRow[];
  scenarios?: { name: string; key: string; value: number }[];
}

export interface CaseValue extends CaseParts {
  title: string;
  initiative: string;
  currency: string;
  start: string;
  months: number;
  probability_positive?: number;
}
