import { type Codec, codec, text } from "@/kit/url";

/** What the page of a new plan keeps in its address. */
export interface PlanState {
  initiative: string;
}

export const planState: Codec<PlanState> = codec<PlanState>({ initiative: text() });
