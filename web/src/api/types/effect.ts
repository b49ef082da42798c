import type { components } from "../schema";

type S = components["schemas"];

export type EffectItem = S["ClosingEffectItem"];
export type EffectList = S["ClosingEffectList"];
export type EffectOne = S["ClosingEffectOne"];
export type Effect = S["CausalEffect"];
export type EffectReason = S["CausalReason"];
export type EffectCheck = S["CausalCheck"];
export type Provable = S["EffectplanProvable"];
export type Provability = S["CausalProvability"];
export type Worth = S["ProofWorth"];
export type Closing = S["ClosingView"];
export type ClosingList = S["ClosingList"];
export type ClosingCalendar = S["ClosingCalendar"];
export type ClosingDue = S["ClosingDue"];
export type ClosingStep = S["ClosingStepView"];
export type Restatement = S["ClosingRestatement"];
