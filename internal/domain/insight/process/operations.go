package process

import (
	"context"
	"net/http"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
)

// ByProcess names a process in a path.
type ByProcess struct {
	Process string `path:"process" maxLength:"200"`
}

// Filtered is a question to the filtered cases of a process.
type Filtered struct {
	ByProcess
	Filter
}

// VariantsInput asks for a page of variants.
type VariantsInput struct {
	ByProcess
	Filter
	Top    int `query:"top" minimum:"0" maximum:"10000000" default:"20" doc:"0 for all"`
	Offset int `query:"offset" minimum:"0" maximum:"100000000"`
}

// CasesInput asks for a page of cases.
type CasesInput struct {
	ByProcess
	Filter
	CaseOrder
}

// CaseInput asks for one case.
type CaseInput struct {
	ByProcess
	CaseID string `path:"case_id" maxLength:"1000"`
}

// PathInput asks for one path.
type PathInput struct {
	ByProcess
	Filter
	From string `path:"from_activity" maxLength:"1000"`
	To   string `path:"to_activity" maxLength:"1000"`
}

func def(id, path string, summary base.Text) operation.Def {
	return operation.Def{ID: id, Kind: operation.Query, Method: http.MethodGet, Path: path, Tag: "process",
		Permission: auth.FactsRead, Summary: summary}
}

// Operations are what people can ask of processes.
func (s *Service) Operations() []operation.Operation {
	return []operation.Operation{
		operation.New(def("process_list", "/processes", base.T("Prozesse auflisten", "List processes")),
			func(ctx context.Context, _ *struct{}) (*List, error) { return s.List(ctx) }),
		operation.New(def("process_summary", "/processes/{process}/summary", base.T("Zusammenfassung eines Prozesses", "Summary of a process")),
			func(ctx context.Context, in *Filtered) (*Summary, error) {
				return s.Summary(ctx, in.Process, in.Filter)
			}),
		operation.New(def("process_dfg", "/processes/{process}/dfg", base.T("Prozesskarte", "Process map")),
			func(ctx context.Context, in *Filtered) (*Map, error) { return s.Map(ctx, in.Process, in.Filter) }),
		operation.New(def("process_variants", "/processes/{process}/variants", base.T("Varianten eines Prozesses", "Variants of a process")),
			func(ctx context.Context, in *VariantsInput) (*Variants, error) {
				return s.Variants(ctx, in.Process, in.Filter, in.Top, in.Offset)
			}),
		operation.New(def("process_cases", "/processes/{process}/cases", base.T("Vorgänge eines Prozesses", "Cases of a process")),
			func(ctx context.Context, in *CasesInput) (*CasePage, error) {
				return s.Cases(ctx, in.Process, in.Filter, in.CaseOrder)
			}),
		operation.New(def("process_case", "/processes/{process}/cases/{case_id}", base.T("Ein Vorgang mit Zeitverlauf", "One case with its timeline")),
			func(ctx context.Context, in *CaseInput) (*Timeline, error) {
				return s.Timeline(ctx, in.Process, in.CaseID)
			}),
		operation.New(def("process_edge", "/processes/{process}/edges/{from_activity}/{to_activity}", base.T("Ein Pfad im Einzelnen", "One path in detail")),
			func(ctx context.Context, in *PathInput) (*Path, error) {
				return s.Path(ctx, in.Process, in.From, in.To, in.Filter)
			}),
		operation.New(def("process_times", "/processes/{process}/times", base.T("Zeiten eines Prozesses", "Times of a process")),
			func(ctx context.Context, in *Filtered) (*Times, error) { return s.Times(ctx, in.Process, in.Filter) }),
		operation.New(def("process_compare", "/processes/{process}/compare", base.T("Zwei Zeiträume eines Prozesses nebeneinander", "Two periods of a process side by side")),
			func(ctx context.Context, in *CompareInput) (*Comparison, error) {
				return s.Compare(ctx, in.Process, in.Filter, in.Periods)
			}),
		operation.New(def("process_attributes", "/processes/{process}/attributes", base.T("Felder für den Filter", "Fields to filter by")),
			func(ctx context.Context, in *ByProcess) (*Attributes, error) { return s.Attributes(ctx, in.Process) }),
		operation.New(def("process_filter_chain", "/processes/{process}/filter_chain", base.T("Wirkung der Filter", "What the filters leave")),
			func(ctx context.Context, in *Filtered) (*Chain, error) { return s.Chain(ctx, in.Process, in.Filter) }),
	}
}
