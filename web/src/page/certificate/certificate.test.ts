import { describe, expect, it } from "vitest";
import type { Closing } from "@/api/types/effect";
import { hashOf, judged, judgedWord } from "./judge";

describe("a hash", () => {
  const hash = "7f3a91c2".repeat(8);
  it("may stand in groups and capitals", () => {
    expect(hashOf(` ${hash.toUpperCase().replace(/(.{4})/g, "$1 ")}\n`)).toBe(hash);
  });
  it("has 64 characters of its own", () => {
    expect(hashOf(hash.slice(1))).toBe("");
    expect(hashOf(`${hash.slice(1)}g`)).toBe("");
  });
});

describe("an answer", () => {
  const closing = {} as Closing;
  it("is one of four, never only a colour", () => {
    expect(judgedWord(judged({ genuine: true, holds: true, closing }))).toBe("echt und gültig");
    expect(judgedWord(judged({ genuine: true, holds: false, closing }))).toBe("echt, gilt aber nicht mehr");
    expect(judgedWord(judged({ genuine: true, holds: false, closing: null }))).toBe("hier nicht bekannt");
    expect(judgedWord(judged({ genuine: false, holds: false, closing: null }))).toBe("nicht bestätigt");
  });
});
