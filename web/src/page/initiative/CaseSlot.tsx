import { type ComponentType, lazy, type ReactElement, Suspense } from "react";
import { Loading } from "@/kit";

/** What the summary of a business case is handed. */
export interface CaseSummaryProps {
  /** Id of the initiative. */
  initiative: string;
}

type Summary = { BusinessCaseSummary: ComponentType<CaseSummaryProps> };

const found = import.meta.glob<Summary>("../businesscase/BusinessCaseSummary.tsx");
const load = Object.values(found)[0];
const Summary = load && lazy(async () => ({ default: (await load()).BusinessCaseSummary }));

/** The place of the business case on the page of its initiative. */
export function CaseSlot(props: CaseSummaryProps): ReactElement | null {
  if (!Summary) return null;
  return (
    <Suspense fallback={<Loading height={320} />}>
      <Summary {...props} />
    </Suspense>
  );
}
