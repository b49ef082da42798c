import type { FindingDetail } from "@/api/types/finding";
import type { Initiative } from "@/api/types/initiative";
import type { MetricItem } from "@/api/types/metric";
import type { RecordItem } from "@/api/types/register";
import type { ChainLink } from "@/kit/chain/links";
import { date, moneyText } from "@/kit/format";
import { chainOf } from "@/page/finding/chain";
import { metricChain, metricHref } from "@/page/metric/chain";
import { m } from "@/paraglide/messages";
import { initiativeHref } from "./data";

/** What the chain of an initiative is made of. businessCase is undefined where the person may not read cases. */
export interface ChainParts {
  initiative: Initiative;
  stage: string;
  finding?: FindingDetail;
  metric?: MetricItem;
  businessCase?: RecordItem | null;
}

/** Rows, metric, finding, initiative and business case; later steps join when they are built. */
export function initiativeChain({ initiative, stage, finding, metric, businessCase }: ChainParts): ChainLink[] {
  const { value } = initiative;
  return [
    ...before(initiative, finding, metric),
    {
      step: "initiative",
      state: "present",
      value: stage,
      title: value.title,
      detail: value.stage_since ? m.initiative_since({ day: date(value.stage_since) }) : date(initiative.created_at),
      version: String(initiative.version),
      href: initiativeHref(initiative.id),
    },
    ...caseLink(businessCase),
  ];
}

/** What was measured before: with the finding, otherwise with the metric alone. */
function before({ value }: Initiative, finding?: FindingDetail, metric?: MetricItem): ChainLink[] {
  if (finding) {
    const links = chainOf(finding, metric?.title ?? finding.evidence.metric);
    if (!metric) return links;
    return links.map((link) =>
      link.step === "metric"
        ? { step: "metric", state: "present", value: metric.title, href: metricHref(metric) }
        : link,
    );
  }
  const measured: ChainLink[] = metric
    ? metricChain(metric).filter((link) => link.step === "rows" || link.step === "metric")
    : [
        { step: "rows", state: "open", value: m.initiative_chain_open() },
        { step: "metric", state: "open", value: m.initiative_chain_open() },
      ];
  return [
    ...measured,
    value.findings?.length
      ? { step: "finding", state: "broken", value: m.initiative_chain_gone() }
      : { step: "finding", state: "void", value: m.initiative_chain_none() },
  ];
}

function caseLink(record: RecordItem | null | undefined): ChainLink[] {
  if (record === undefined) return [];
  if (!record) return [{ step: "case", state: "open", value: m.initiative_chain_open() }];
  const npv = record.value.npv as { amount: string; currency: string } | undefined;
  const approved = record.state === "approved";
  return [
    {
      step: "case",
      state: approved ? "present" : "open",
      value: npv ? moneyText(Number(npv.amount), npv.currency) : m.initiative_chain_draft(),
      detail: approved ? m.initiative_case_approved() : m.initiative_case_open(),
      href: `/business_case/${record.id}`,
    },
  ];
}
