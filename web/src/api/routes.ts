import type { List, RowPage } from "./types/base";
import type { Analysis, Dataset, Dependents, Load } from "./types/data";
import type { Finding } from "./types/finding";
import type { Job } from "./types/job";
import type { MetricItem } from "./types/metric";
import type { Overview } from "./types/overview";
import type { Dfg, ProcessItem, Summary } from "./types/process";
import type { Account, OneTime, SearchHit, Session } from "./types/session";
import type { Assumptions, HistoryEntry, Settings, SettingsAnswer } from "./types/setting";

/** What each route that is read answers. A page that needs another route adds one line. */
export interface Gets {
	"/session": Session;
	"/one_time/{token}": OneTime;
	"/accounts": List<Account>;
	"/search": List<SearchHit>;
	"/jobs": List<Job>;
	"/jobs/{id}": Job;
	"/uploads/{id}/analysis": Analysis;
	"/loads": List<Load>;
	"/datasets": List<Dataset>;
	"/datasets/{table}/{process}/dependents": Dependents;
	"/datasets/{table}/{process}/rows": RowPage;
	"/processes": List<ProcessItem>;
	"/processes/{process}/summary": Summary;
	"/processes/{process}/dfg": Dfg;
	"/metrics": List<MetricItem>;
	"/findings": List<Finding>;
	"/settings": SettingsAnswer;
	"/settings/history": List<HistoryEntry<Settings>>;
	"/assumptions": Assumptions;
	"/overview": Overview;
}
