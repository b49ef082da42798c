import type { components } from "../schema";

type S = components["schemas"];

export type Settings = S["Settings"];
export type SettingsAnswer = S["SettingAnswer"];
export type SettingsHistory = S["SettingHistoryList"];
export type HandlingTime = S["AssumptionHandlingTimeItem"];
export type Rate = S["AssumptionRateItem"];
export type Assumptions = S["AssumptionList"];
export type HandlingTimeHistory = S["AssumptionHandlingTimeHistory"];
export type RateHistory = S["AssumptionRateHistory"];
