import type { EffectItem } from "@/api/types/effect";
import { m } from "@/paraglide/messages";

/** Where the signature of an effect stands, in words. */
export function closingWord(row: EffectItem): string {
  if (row.state === "draft") return m.effect_state_draft();
  if (row.state === "proposed") return m.effect_state_proposed();
  if (row.state === "refused") return m.effect_state_refused();
  if (row.state === "superseded") return m.effect_state_superseded();
  switch (row.closing?.status) {
    case "signed":
      return m.effect_closing_signed();
    case "proposed":
    case "confirmed":
      return m.effect_closing_waiting();
    case "refused":
      return m.effect_closing_refused();
    case "reopened":
      return m.effect_closing_reopened();
    default:
      return row.complete ? m.effect_closing_due() : m.effect_closing_none();
  }
}
