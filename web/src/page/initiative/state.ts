import { type Codec, codec, oneOf, text } from "@/kit/url";

/** What the list of initiatives keeps in its address. */
export interface InitiativeListState {
  view: "list" | "board";
  show: "going" | "ended" | "all";
}

export const initiativeListState: Codec<InitiativeListState> = codec<InitiativeListState>({
  view: oneOf("list", "board"),
  show: oneOf("going", "ended", "all"),
});

/** What the ranks keep in their address: the weights as the server reads them. */
export interface PriorityState {
  weights: string;
  by: "criteria" | "rice" | "wsjf";
}

export const priorityState: Codec<PriorityState> = codec<PriorityState>({
  weights: text(),
  by: oneOf("criteria", "rice", "wsjf"),
});

/** The weights as text of the address. */
export function weightsText(weights: readonly { name: string; weight: number }[]): string {
  return weights.map((one) => `${one.name}:${one.weight}`).join(",");
}
