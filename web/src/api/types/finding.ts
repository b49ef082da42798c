import type { Remark } from "./base";

export type FindingState = "new" | "open" | "dismissed";

export interface Finding {
	id: string;
	kind: string;
	title: string;
	sentence: string;
	process: string;
	size: { value: number | null; unit: string; low: number | null; high: number | null };
	euros: { low: number; likely: number; high: number; currency: string } | null;
	euros_unknown_reason: string;
	formula: string;
	certainty: { level: 1 | 2 | 3; text: string };
	cases_count: number;
	state: FindingState;
	reason: string;
	note: string;
	rank: number;
	remarks: Remark[] | null;
}
