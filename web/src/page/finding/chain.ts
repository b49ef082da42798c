import type { Finding } from "@/api/types/finding";
import type { ChainLink } from "@/kit/chain/links";
import { date, int } from "@/kit/format";
import { m } from "@/paraglide/messages";
import { aboutText, findingHref } from "./text";

/** Rows, metric and finding; later steps join when they are built. Without a metric its link does not apply. */
export function chainOf(f: Finding, metricTitle = f.evidence.metric): ChainLink[] {
  return [
    {
      step: "rows",
      state: "present",
      value: m.finding_chain_rows({ n: int(f.cases_count), counted: f.counted }),
      detail: aboutText(f),
      href: f.table
        ? `/daten?table=${f.table}${f.process ? `&process=${encodeURIComponent(f.process)}` : ""}`
        : "/daten",
    },
    f.evidence.metric
      ? {
          step: "metric",
          state: "present",
          value: metricTitle,
          href: `/kennzahlen/${encodeURIComponent(f.evidence.metric)}${f.process ? `?process=${encodeURIComponent(f.process)}` : ""}`,
        }
      : { step: "metric", state: "void", value: m.finding_chain_none() },
    {
      step: "finding",
      state: "present",
      value: f.number,
      title: f.title,
      detail: date(f.first_seen),
      formula: f.formula,
      href: findingHref(f.id),
    },
  ];
}
