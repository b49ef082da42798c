import type { MetricItem } from "@/api/types/metric";
import type { Evidence, EvidenceLink } from "@/api/types/overview";
import type { ChainLink } from "@/kit/chain/links";
import { int } from "@/kit/format";
import { tableTitle } from "@/page/data/fields";
import { m } from "@/paraglide/messages";

/** The address of a metric, of its process where it has one. */
export function metricHref(item: { name: string; process: string }): string {
  return `/kennzahlen/${encodeURIComponent(item.name)}${item.process ? `?process=${encodeURIComponent(item.process)}` : ""}`;
}

/** Rows, metric and the finding about it; with evidence the chain goes on to initiative and case. */
export function metricChain(
  item: Pick<MetricItem, "name" | "process" | "table" | "counted" | "title" | "state" | "latest" | "owner">,
  findings: { id: string; number: string; title: string }[] = [],
  evidence?: Pick<Evidence, "finding" | "initiative" | "case">,
): ChainLink[] {
  const links: ChainLink[] = [
    {
      step: "rows",
      state: item.state === "known" ? "present" : "open",
      value: item.latest?.n
        ? m.metric_chain_rows({ n: int(item.latest.n), counted: item.counted })
        : m.metric_chain_rows_none(),
      detail: item.process || tableTitle(item.table),
      href: "/daten",
    },
    {
      step: "metric",
      state: item.state === "known" ? "present" : "open",
      value: item.title,
      owner: item.owner,
      href: metricHref(item),
    },
  ];
  const told = evidence?.finding;
  const first = told ? { id: told.id, number: told.number ?? "", title: told.title } : findings[0];
  links.push(
    first
      ? {
          step: "finding",
          state: "present",
          value: first.number,
          title: first.title,
          href: `/befunde/${encodeURIComponent(first.id)}`,
        }
      : { step: "finding", state: "void", value: m.metric_chain_no_finding() },
  );
  return evidence ? [...links, ...onward(evidence)] : links;
}

/** What follows a finding: the initiative that shall change it, and its case. */
export function onward(evidence: Pick<Evidence, "initiative" | "case">): ChainLink[] {
  return [neighbour("initiative", evidence.initiative), neighbour("case", evidence.case)];
}

function neighbour(step: "initiative" | "case", one: EvidenceLink | null): ChainLink {
  return one
    ? { step, state: "present", value: one.title, title: one.title, href: one.link }
    : { step, state: "open", value: m.metric_chain_open() };
}
