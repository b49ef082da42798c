import type { components } from "../schema";
import type { Remark } from "./base";

type S = components["schemas"];

export type Roadmap = S["Roadmap"];
export type RoadmapItem = S["RoadmapItem"];
export type Deviation = S["RoadmapDeviation"];
export type FunctionLoad = S["RoadmapFunctionLoad"];
export type YearLoad = S["RoadmapYearLoad"];
export type Moved = S["RoadmapMoved"];
export type Basis = S["RoadmapBasis"];
export type Candidate = S["RoadmapCandidate"];

/** What the job of a proposal answers. */
export interface Proposal {
  status: "optimal" | "feasible" | "infeasible";
  objective: number | null;
  bound: number | null;
  gap: number | null;
  seconds: number;
  currency: string;
  chosen: { id: string; version: number; title: string; start: string; quarter: string; before: string }[];
  left: { id: string; title: string; reasons: string[]; change: string }[];
  conflict: { kind: string; text: string }[];
  remarks: Remark[];
}
