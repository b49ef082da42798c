import type { ReactElement } from "react";
import { useGet } from "@/api";
import type { ChainNode } from "@/api/types/chain";
import { EvidenceChain, ExpandedChain, type Step } from "@/kit";
import type { ChainLink } from "@/kit/chain/links";
import { useKinds } from "@/kit/field/names";
import classes from "./chain.module.css";
import { linksOf, stepOf } from "./links";

interface Place {
  kind: ChainNode["kind"];
  /** The name of a metric, otherwise the id; of an effect the id of its plan. */
  id: string;
  /** Of a metric of processes. */
  process?: string;
}

/** The evidence from one of its nine links: both ways, with the state of each. */
export function useChain({ kind, id, process }: Place): { links: ChainLink[]; here: Step; failed: boolean } {
  const query = useGet(
    "/chain",
    { query: { kind, id, process: process || undefined } },
    { enabled: id !== "", retry: false, placeholderData: undefined, staleTime: 60_000 },
  );
  const kinds = useKinds();
  const stages = kinds.data?.items.find((one) => one.name === "initiative")?.fields.find((f) => f.name === "stage");
  const stage = (value: string): string => stages?.options?.find((one) => one.value === value)?.title ?? value;
  return { links: linksOf(query.data?.items ?? [], stage), here: stepOf[kind], failed: query.error !== null };
}

/** The strip under the title of a page. It keeps its height while it is read. */
export function PageChain(place: Place): ReactElement | null {
  const { links, here, failed } = useChain(place);
  if (failed) return null;
  return (
    <div className={classes.page}>{links.length > 0 ? <ExpandedChain links={links} here={here} /> : <Waiting />}</div>
  );
}

/** The strip folded, for tiles and rows of tables. */
export function FoldedChain({ dense, ...place }: Place & { dense?: boolean }): ReactElement | null {
  const { links, here, failed } = useChain(place);
  if (failed) return null;
  return links.length > 0 ? (
    <EvidenceChain links={links} here={here} dense={dense} />
  ) : (
    <span className={classes.folded} aria-hidden="true" />
  );
}

function Waiting(): ReactElement {
  return <span className={classes.waiting} aria-hidden="true" />;
}
