import type { components } from "../schema";
import type { RecordItem, RecordOne } from "./register";

type S = components["schemas"];

export type GateAhead = S["StrategyAhead"];
export type Asked = S["StrategyAsked"];
export type StageTimes = S["StrategyStageTimes"];
export type Priority = S["StrategyPriority"];
export type Prioritised = S["StrategyPrioritised"];
export type Lack = S["StrategyLack"];
export type Progress = S["StrategyProgress"];
export type ProgressList = S["StrategyProgressList"];
export type TemplateList = S["StrategyTemplateList"];
export type Template = S["StrategyTemplateItem"];

export interface Amount {
  amount: string;
  currency: string;
}

export interface Milestone {
  title: string;
  due?: string;
  done?: string;
  owner?: string;
}

/** What was measured when an initiative was made of a finding. */
export interface Origin {
  finding: string;
  title?: string;
  metric?: string;
  size?: number;
  unit?: string;
  euros?: { min: number; likely: number; max: number };
  day?: string;
}

/** The fields of an initiative that its page reads; the others stand in its form. */
export interface InitiativeValue {
  title: string;
  aim?: string;
  stage: string;
  stage_since?: string;
  owner?: string;
  sponsor?: string;
  sort?: string;
  processes?: string[];
  metrics?: string[];
  findings?: string[];
  origins?: Origin[];
  start?: string;
  go_live?: string;
  budget?: Amount;
  gdpr?: string;
  milestones?: Milestone[];
  questions?: { question: string; answer?: string }[];
}

export interface GateValue {
  title: string;
  initiative: string;
  from: string;
  to: string;
  note?: string;
  answers: { code: string; title: string; met: string; hard?: boolean; evidence?: string }[];
}

/** A piece of the work of an initiative. */
export type WorkItem = RecordItem & {
  value: { title: string; initiative: string; status?: string; owner?: string; due?: string; effort?: number };
};

export type Initiative = RecordOne & { value: InitiativeValue };
export type Gate = RecordItem & { value: GateValue };
