import type { Finding } from "./finding";
import type { MetricItem } from "./metric";

export interface Overview {
	headline: string;
	sources: { table: string; process: string; rows: number; last: string | null; age_seconds: number | null }[] | null;
	metrics: MetricItem[] | null;
	findings: Finding[] | null;
	next_step: { code: string; text: string; link: string } | null;
	counts: Record<string, number>;
}
