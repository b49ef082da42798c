/** The address of a metric, of its process where it has one. */
export function metricHref(item: { name: string; process: string }): string {
  return `/kennzahlen/${encodeURIComponent(item.name)}${item.process ? `?process=${encodeURIComponent(item.process)}` : ""}`;
}
