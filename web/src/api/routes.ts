import type { List } from "./types/base";
import type { Assessed, BindingList, Compared } from "./types/business_case";
import type { ChainAnswer } from "./types/chain";
import type { Analysis, Dataset, Dependents, Load, Preview } from "./types/data";
import type { Closing, ClosingCalendar, ClosingList, EffectList, EffectOne } from "./types/effect";
import type { Finding, FindingCases, FindingDetail } from "./types/finding";
import type { GateAhead, Priority, ProgressList, StageTimes, TemplateList } from "./types/initiative";
import type { Job } from "./types/job";
import type { Calibration, LedgerAnswer } from "./types/ledger";
import type { MetricAnswer, MetricItem } from "./types/metric";
import type { MetricDetail, MetricRows } from "./types/metric_detail";
import type { CalendarFeed, NoticeCount, NoticeList, Side } from "./types/notice";
import type { Overview } from "./types/overview";
import type { Dfg, ProcessItem, Summary } from "./types/process";
import type { Comparison } from "./types/process_compare";
import type {
  AttributeField,
  CaseDetail,
  CaseList,
  ChainItem,
  EdgeDetail,
  Times,
  Variants,
} from "./types/process_detail";
import type {
  AgendaProposal,
  CommentList,
  FileList,
  GroupList,
  KindList,
  LinkList,
  RecordHits,
  RecordList,
  RecordOne,
  StepList,
  ViewList,
} from "./types/register";
import type { Basis, Roadmap } from "./types/roadmap";
import type { Account, OneTime, SearchHit, Session } from "./types/session";
import type { Assumptions, HandlingTimeHistory, RateHistory, SettingsAnswer, SettingsHistory } from "./types/setting";

/** What each route that is read answers. A page that needs another route adds one line. */
export interface Gets {
  "/session": Session;
  "/one_time/{token}": OneTime;
  "/session/sides": List<Side>;
  "/accounts": List<Account>;
  "/search": List<SearchHit>;
  "/jobs": List<Job>;
  "/jobs/{id}": Job;
  "/uploads/{id}/analysis": Analysis;
  "/loads": List<Load>;
  "/datasets": List<Dataset>;
  "/datasets/{table}/{process}/dependents": Dependents;
  "/loads/{id}/dependents": Dependents;
  "/datasets/{table}/{process}/rows": Preview;
  "/effects": EffectList;
  "/effects/{plan}": EffectOne;
  "/ledger": LedgerAnswer;
  "/ledger/calibration": Calibration;
  "/chain": ChainAnswer;
  "/closings": ClosingList;
  "/closings/calendar": ClosingCalendar;
  "/closings/{id}": Closing;
  "/processes": List<ProcessItem>;
  "/processes/{process}/summary": Summary;
  "/processes/{process}/dfg": Dfg;
  "/processes/{process}/variants": Variants;
  "/processes/{process}/cases": CaseList;
  "/processes/{process}/cases/{case_id}": CaseDetail;
  "/processes/{process}/edges/{from_activity}/{to_activity}": EdgeDetail;
  "/processes/{process}/times": Times;
  "/processes/{process}/compare": Comparison;
  "/processes/{process}/attributes": List<AttributeField>;
  "/processes/{process}/filter_chain": List<ChainItem>;
  "/meetings/{id}/agenda": AgendaProposal;
  "/metrics": List<MetricItem>;
  "/metrics/{name}": MetricDetail;
  "/metrics/{name}/query": MetricAnswer;
  "/metrics/{name}/rows": MetricRows;
  "/findings": List<Finding>;
  "/findings/{id}": FindingDetail;
  "/findings/{id}/cases": FindingCases;
  "/business_cases/{id}/assessment": Assessed;
  "/business_cases/{id}/bindings": BindingList;
  "/business_cases/{id}/compare": Compared;
  "/settings": SettingsAnswer;
  "/settings/history": SettingsHistory;
  "/assumptions": Assumptions;
  "/assumptions/handling_time/{id}/history": HandlingTimeHistory;
  "/assumptions/rate/{id}/history": RateHistory;
  "/overview": Overview;
  "/notices": NoticeList;
  "/notices/count": NoticeCount;
  "/calendar": CalendarFeed;
  "/initiatives/stages": StageTimes;
  "/initiatives/priority": Priority;
  "/initiatives/progress": ProgressList;
  "/initiatives/templates": TemplateList;
  "/initiatives/{id}/gate": GateAhead;
  "/roadmap": Roadmap;
  "/roadmap/proposal": Basis;
  "/records": KindList;
  "/records/search": RecordHits;
  "/records/{kind}": RecordList;
  "/records/{kind}/groups": GroupList;
  "/records/{kind}/{id}": RecordOne;
  "/records/{kind}/{id}/history": StepList;
  "/records/{kind}/{id}/links": LinkList;
  "/records/{kind}/{id}/comments": CommentList;
  "/records/{kind}/{id}/files": FileList;
  "/views": ViewList;
}
