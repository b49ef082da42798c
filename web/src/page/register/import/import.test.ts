import { describe, expect, it } from "vitest";
import type { KindInfo } from "@/api/types/register";
import { type ImportPreview, mapped, mappingOf } from "./data";

const field = (name: string, computed = false) => ({ name, computed });
const kind = { fields: [field("title"), field("due"), field("size", true)] } as unknown as KindInfo;
const preview = {
  columns: [
    { name: "Was", field: "" },
    { name: "Wann", field: "due" },
  ],
} as unknown as ImportPreview;

describe("the mapping of an import", () => {
  it("names every field that a file can fill, so that the server proposes nothing else", () =>
    expect(mappingOf(kind, preview)).toEqual({ id: "", title: "", due: "Wann" }));

  it("gives a column to one field only", () => {
    const map = mappingOf(kind, preview);
    expect(mapped(map, "Wann", "title")).toEqual({ id: "", title: "Wann", due: "" });
    expect(mapped(map, "Was", "due")).toEqual({ id: "", title: "", due: "Was" });
    expect(mapped(map, "Wann", "")).toEqual({ id: "", title: "", due: "" });
  });
});
