import { describe, expect, it } from "vitest";
import type { Closing } from "@/api/types/effect";
import type { SeriesPoint } from "@/chart/series";
import { latestFirst, signedPoints, startMarks, startsOf } from "./marks";

const point = (from: string): SeriesPoint =>
  ({ from, value: 1, low: null, high: null, n: 1, complete: true }) as SeriesPoint;
const points = ["2026-08-01", "2026-09-01", "2026-10-01"].map(point);
const closing = (from: string, part: Partial<Closing> = {}) =>
  ({ id: from, from, grain: "month", status: "signed", value: 11.8, filters: [], followed_by: "", ...part }) as Closing;

describe("signed values", () => {
  it("stand at their period, of the same length and signed only", () => {
    const list = [closing("2026-10-01"), closing("2026-09-01", { status: "proposed" }), closing("2025-01-01")];
    expect(signedPoints(list, points, "month")).toEqual([{ at: 2, value: 11.8 }]);
    expect(signedPoints(list, points, "week")).toEqual([]);
  });
  it("leave out closings that another one follows", () => {
    const items = [closing("2026-08-01"), closing("2026-09-01", { followed_by: "x" }), closing("2026-10-01")];
    expect(latestFirst({ items, department: false }).map((one) => one.from)).toEqual(["2026-10-01", "2026-08-01"]);
  });
});

describe("starts", () => {
  const initiatives = [
    { id: "a", value: { title: "A", stage: "live", go_live: "2026-09-16" } },
    { id: "b", value: { title: "B", stage: "pilot", go_live: "2026-09-01" } },
    { id: "c", value: { title: "C", stage: "live", go_live: "2026-09-01", processes: ["Q"] } },
  ];
  const plan = (initiative: string, state: string) => ({
    id: initiative,
    state,
    value: { title: `Plan ${initiative}`, initiative, first_affected: "2026-10-01" },
  });
  it("are initiatives in use, and signed plans of the others", () => {
    const starts = startsOf(initiatives, [plan("a", "approved"), plan("b", "approved"), plan("d", "")], "P");
    expect(starts.map((one) => one.title)).toEqual(["A", "Plan b"]);
  });
  it("stand between the middles of the periods, and only within the line", () => {
    const at = (day: string) => startMarks([{ initiative: "a", title: "A", day }], points).map((one) => one.at);
    expect(at("2026-09-16")).toEqual([1]);
    expect(at("2026-10-01")).toEqual([1.5]);
    expect(at("2026-07-31")).toEqual([]);
    expect(at("2026-12-24")).toEqual([]);
  });
});
