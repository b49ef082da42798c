import type { LedgerReturn, LedgerSpan } from "@/api/types/ledger";
import { percent } from "@/kit/format";
import { worthText } from "@/page/effect/words";
import { m } from "@/paraglide/messages";

/** Low to high with the middle, in the unit of one class: "31 bis 64 T€, mittel 47 T€". */
export function spanText(span: LedgerSpan | null, unit: string): string {
  if (!span || span.middle === null) return "–";
  if (span.low === null || span.high === null || span.low === span.high) return worthText(span.middle, unit);
  return m.ledger_span({
    low: worthText(span.low, unit),
    middle: worthText(span.middle, unit),
    high: worthText(span.high, unit),
  });
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
