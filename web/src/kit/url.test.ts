import { describe, expect, it } from "vitest";
import { codec, day, flag, list, oneOf, parseSearch, processFilterParams, stringifySearch, text, whole } from "./url";

const page = codec<{
  tab: "map" | "cases";
  q: string;
  top: number;
  from: string;
  variant: string[];
  complete: boolean;
}>({
  tab: oneOf("map", "cases"),
  q: text(),
  top: whole(20, 1, 100),
  from: day(),
  variant: list(),
  complete: flag(),
});

describe("codec", () => {
  it("gives defaults for an empty address and writes them as nothing", () => {
    const value = page.read({});
    expect(value).toEqual({ tab: "map", q: "", top: 20, from: "", variant: [], complete: false });
    expect(stringifySearch(page.write(value))).toBe("");
  });

  it("reads back what it wrote, for many values", () => {
    const texts = ["", "a", "ä&b=c", "1+1", "x y", "%", "ß/ü", "\u202F"];
    for (const q of texts) {
      for (const variant of [[], ["a"], ["a", "b&c", "ä"], texts.filter((one) => one !== "")]) {
        const value = { tab: "cases", q, top: 7, from: "2025-11-01", variant, complete: true } as const;
        expect(page.read(parseSearch(stringifySearch(page.write({ ...value, variant: [...variant] }))))).toEqual(value);
      }
    }
  });

  it("falls back where the address is broken", () => {
    const value = page.read(
      parseSearch("?tab=nothing&top=999&from=2025-02-30&complete=maybe&variant=&variant=a&variant=a"),
    );
    expect(value).toEqual({ tab: "map", q: "", top: 20, from: "", variant: ["a"], complete: false });
  });

  it("limits lists and texts", () => {
    const many = Array.from({ length: 300 }, (_, index) => `v${index}`);
    expect(page.read({ variant: many }).variant).toHaveLength(200);
    expect(page.read({ variant: ["x".repeat(501)] }).variant).toEqual([]);
  });

  it("knows the names of the process filter", () => {
    const filter = codec(processFilterParams);
    const search = "?from=2025-11-01&activity=A&activity=B&attr=channel%3DShop&state=open";
    expect(stringifySearch(filter.write(filter.read(parseSearch(search))))).toBe(search);
  });
});
