import type { LedgerReturn, LedgerSpan } from "@/api/types/ledger";
import { percent } from "@/kit/format";
import { worthText, worthWriter } from "@/page/effect/words";
import { m } from "@/paraglide/messages";

/** Low to high with the middle, in the unit of one class: "31 bis 64 T€, mittel 47 T€". */
export function spanText(span: Pick<LedgerSpan, "low" | "middle" | "high"> | null, unit: string): string {
  if (!span || span.middle === null) return "–";
  if (span.low === null || span.high === null || span.low === span.high) return worthText(span.middle, unit);
  const write = worthWriter(unit, Math.max(...[span.low, span.middle, span.high].map(Math.abs)));
  return m.ledger_span({ low: write.bare(span.low), middle: write.text(span.middle), high: write.text(span.high) });
}

/** The return with its interval: "134 % (88 bis 190 %)". */
export function returnText(value: LedgerReturn | null): string {
  if (!value || value.middle === null) return "–";
  if (value.low === null || value.high === null) return percent(value.middle, 0);
  return m.ledger_return_span({
    middle: percent(value.middle, 0),
    low: percent(value.low, 0),
    high: percent(value.high, 0),
  });
}
