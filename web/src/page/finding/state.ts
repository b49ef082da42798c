import { type Codec, codec, oneOf, text } from "@/kit/url";

/** What the list of findings keeps in its address. */
export interface FindingListState {
  state: "open" | "dismissed" | "all";
  process: string;
  kind: string;
}

export const findingListState: Codec<FindingListState> = codec<FindingListState>({
  state: oneOf("open", "dismissed", "all"),
  process: text(),
  kind: text(),
});
