// Shapes that every area of the API shares.

export interface Place {
  file?: string;
  line?: number;
  column?: string;
}

export interface FieldProblem {
  field: string;
  text: string;
}

export interface Problem {
  code: string;
  text: string;
  hint: string;
  place: Place;
  fields: FieldProblem[] | null;
  reference: string;
}

export interface Remark {
  code: string;
  text: string;
  link?: string;
}

export interface List<T> {
  items: T[];
  total: number;
  remarks?: Remark[] | null;
}

export type Cell = string | number | boolean | null;

/** Rows of a fact table or behind a point, as the server shows them. */
export interface RowPage {
  columns: { name: string; title?: string; type?: string }[];
  rows: Cell[][];
  total: number;
  remarks?: Remark[] | null;
}
