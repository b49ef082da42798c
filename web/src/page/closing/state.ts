import { type Codec, codec, oneOf } from "@/kit/url";

/** What the list of closings keeps in its address. */
export interface ClosingListState {
  view: "calendar" | "all";
}

export const closingListState: Codec<ClosingListState> = codec<ClosingListState>({ view: oneOf("calendar", "all") });
