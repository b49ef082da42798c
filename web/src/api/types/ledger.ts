import type { components } from "../schema";

type S = components["schemas"];

export type LedgerAnswer = S["LedgerAnswer"];
export type LedgerClass = S["LedgerClassView"];
export type LedgerInitiative = S["LedgerInitiativeView"];
export type LedgerEntry = S["LedgerEntryView"];
export type LedgerSpan = S["LedgerSpan"];
export type LedgerReturn = S["LedgerReturn"];
export type Calibration = S["LedgerCalibration"];
export type CalibrationItem = S["LedgerCalibrationItem"];
