import type { FieldProblem, Place, Problem } from "./types/base";

/** A failed call: what is wrong (message), what to do (hint), where (place). Status 0 is a call that never arrived. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string;
  readonly place: Place;
  readonly fields: FieldProblem[];
  readonly reference: string;

  constructor(status: number, problem: Partial<Problem> & { text: string }) {
    super(problem.text);
    this.name = "ApiError";
    this.status = status;
    this.code = problem.code ?? "unknown";
    this.hint = problem.hint ?? "";
    this.place = problem.place ?? {};
    this.fields = problem.fields ?? [];
    this.reference = problem.reference ?? "";
  }

  /** The text of the field that did not pass, by its path. */
  field(name: string): string | undefined {
    return this.fields.find((f) => f.field === name || f.field === `body.${name}`)?.text;
  }

  /** Somebody else saved in the meantime. */
  get stale(): boolean {
    return this.status === 412;
  }
}

/** Any thrown thing as an ApiError. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, { code: "unexpected", text: error instanceof Error ? error.message : String(error) });
}
