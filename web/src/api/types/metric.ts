import type { Remark } from "./base";

export interface MetricValue {
	from: string;
	to: string;
	value: number | null;
	low: number | null;
	high: number | null;
	n: number | null;
	complete: boolean;
}

export interface MetricItem {
	name: string;
	title: string;
	unit: string;
	direction: string;
	table: string;
	process: string;
	owner: string;
	own: boolean;
	state: "known" | "unknown";
	latest: MetricValue | null;
	trend: MetricValue[] | null;
	remarks: Remark[] | null;
	data_age_seconds: number | null;
}
