/** Kinds whose records have a page of their own beside the register. */
const pages: Record<string, string> = { initiative: "/vorhaben", business_case: "/business_case" };

/** The path of the page of a record. */
export function recordHref(kind: string, id: string): string {
  return `${pages[kind] ?? `/register/${encodeURIComponent(kind)}`}/${encodeURIComponent(id)}`;
}
