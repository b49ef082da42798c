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

export interface CaseValue {
  title: string;
  initiative: string;
  currency: string;
  start: string;
  months: number;
  inputs?: InputRow[];
  probability_positive?: number;
}
