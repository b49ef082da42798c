import { type Codec, codec, list, oneOf, whole } from "@/kit/url";

/** What the roadmap shows stands in its address. */
export interface RoadmapState {
  group: "stage" | "area";
  years: "3" | "1" | "2" | "5";
  /** Years that the first one lies away from this one. */
  away: number;
  /** Conditions on initiatives, as in their register. */
  filter: string[];
}

export const roadmapState: Codec<RoadmapState> = codec<RoadmapState>({
  group: oneOf("stage", "area"),
  years: oneOf("3", "1", "2", "5"),
  away: whole(0, -20, 20),
  filter: list(),
});

/** First day and day after the last of what is shown. */
export function spanOf(state: RoadmapState, now: Date): { from: string; to: string } {
  const year = now.getFullYear() + state.away;
  return { from: `${year}-01-01`, to: `${year + Number(state.years)}-01-01` };
}
