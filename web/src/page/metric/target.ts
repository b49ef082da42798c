import type { MetricUnit, TargetStanding } from "@/api/types/metric";
import { type Band, bandsOf } from "@/chart/band";
import { lineWord } from "@/chart/line/words";
import type { Status } from "@/kit/StatusMark";
import { m } from "@/paraglide/messages";
import type { MetricScale } from "./scale";

/** The mark of a verdict. */
export function standingMark(status: TargetStanding["status"]): Status {
  return status === "unknown" ? "open" : status;
}

/** The word of a verdict. */
export function standingWord(status: TargetStanding["status"]): string {
  switch (status) {
    case "on_course":
      return m.kit_status_on_course();
    case "at_risk":
      return m.kit_status_at_risk();
    case "missed":
      return m.kit_status_missed();
    default:
      return m.target_unknown();
  }
}

/** The side on which a figure is good, as a sign before the limit. */
export function sideSign(direction: TargetStanding["direction"]): string {
  return direction === "up" ? "\u2265\u00a0" : direction === "down" ? "\u2264\u00a0" : "";
}

/** "Ziel ≤ 16,0", with the next value where none holds yet. */
export function limitText(t: TargetStanding, write: MetricScale): string {
  const limit = t.limit ?? t.next?.value ?? null;
  return m.target_limit({ limit: `${sideSign(t.direction)}${write.bare(limit)}` });
}

/** The distance to the limit in words: better or worse than wanted. */
export function gapText(t: TargetStanding, write: MetricScale): string {
  if (t.gap === null) return "";
  const size = write.change(Math.abs(t.gap));
  const text = `${size.text.replace(/^[+\u2212]/, "")} ${size.unit}`.trim();
  if (t.gap === 0) return m.target_exact();
  return t.gap > 0 ? m.target_above({ gap: text }) : m.target_below({ gap: text });
}

/** The targets as a chart draws them; the name stands inside the band. */
export function bands(
  targets: Parameters<typeof bandsOf>[0],
  points: readonly { from: string }[],
  write: MetricScale,
): Band[] {
  return bandsOf(targets, points, (t, limit) => `${lineWord(t.line)} ${sideSign(t.direction)}${write.bare(limit)}`);
}

/** The unit of a target's values as the register keeps it, for the unit in which the page writes. */
export function unitOf(unit: MetricUnit, write: MetricScale): string | undefined {
  const factor = write.factor;
  switch (unit) {
    case "share":
      return "percent";
    case "seconds":
      return factor === 1 / 86400 ? "days" : factor === 1 / 3600 ? "hours" : factor === 1 / 60 ? "minutes" : undefined;
    default:
      return factor === 1e-6 ? "million" : factor === 1e-3 ? "thousand" : undefined;
  }
}
