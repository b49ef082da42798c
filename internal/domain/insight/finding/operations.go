package finding

import (
	"context"
	"net/http"
	"slices"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/record"
)

// ListInput narrows the list of findings; empty fields let everything through.
type ListInput struct {
	Process string `query:"process" maxLength:"200"`
	Kind    string `query:"kind" maxLength:"40"`
	State   string `query:"state" maxLength:"20"`
}

// List is findings by rank.
type List struct {
	Items   []Finding    `json:"items"`
	Total   int          `json:"total"`
	Remarks base.Remarks `json:"remarks"`
}

// ByID names a finding by id or number.
type ByID struct {
	ID string `path:"id" maxLength:"40"`
}

// Detail is a finding with the first rows behind it and what happened to it.
type Detail struct {
	Finding
	Cases   CaseList             `json:"cases" doc:"the largest ten"`
	History []record.Entry[Kept] `json:"history" doc:"newest first"`
}

// CasesInput asks for rows behind a finding.
type CasesInput struct {
	ID     string `path:"id" maxLength:"40"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	Offset int64  `query:"offset" minimum:"0" maximum:"1000000000"`
}

// Case is one row behind a finding.
type Case struct {
	ID     string  `json:"id" doc:"case, request or order"`
	N      int64   `json:"n" doc:"how often in it"`
	Amount float64 `json:"amount" doc:"hours, or money for returns; see amount_title"`
}

// CaseList is rows behind a finding, largest first. The amounts of all rows, divided by the years, are the size in
// lead-time hours or money.
type CaseList struct {
	Items       []Case       `json:"items"`
	Total       int64        `json:"total"`
	Sum         float64      `json:"sum" doc:"of amount over all rows"`
	CaseTitle   base.Text    `json:"case_title"`
	AmountTitle base.Text    `json:"amount_title"`
	Remarks     base.Remarks `json:"remarks"`
}

// PatchInput changes what people say about a finding.
type PatchInput struct {
	ID   string `path:"id" maxLength:"40"`
	Body Patch
}

// Patch holds the fields to change; absent ones stay.
type Patch struct {
	State   *State  `json:"state,omitempty" enum:"new,open,dismissed"`
	Reason  *string `json:"reason,omitempty" maxLength:"2000"`
	Note    *string `json:"note,omitempty" maxLength:"2000"`
	Version *int    `json:"version,omitempty" doc:"refuse when somebody else was faster"`
}

// Operations are what people can do with findings.
func (s *Service) Operations() []operation.Operation {
	def := func(id string, kind operation.Kind, method, path string, may operation.Permission, de, en string) operation.Def {
		return operation.Def{ID: id, Kind: kind, Method: method, Path: path, Tag: "finding", Permission: may, Summary: base.T(de, en)}
	}
	return []operation.Operation{
		operation.New(def("finding_list", operation.Query, http.MethodGet, "/findings", auth.FactsRead,
			"Befunde zeigen", "Show the findings"), s.List),
		operation.New(def("finding_get", operation.Query, http.MethodGet, "/findings/{id}", auth.FactsRead,
			"Befund zeigen", "Show a finding"), s.detail),
		operation.New(def("finding_cases", operation.Query, http.MethodGet, "/findings/{id}/cases", auth.FactsRead,
			"Vorgänge hinter einem Befund zeigen", "Show the cases behind a finding"), s.cases),
		operation.New(def("finding_patch", operation.Command, http.MethodPatch, "/findings/{id}", auth.RecordsWrite,
			"Befund annehmen, verwerfen oder notieren", "Accept, dismiss or annotate a finding"), s.patch),
	}
}

// List answers the findings that pass, by rank.
func (s *Service) List(ctx context.Context, in *ListInput) (*List, error) {
	all, err := s.All(ctx)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(f Finding) bool {
		return in.Process != "" && f.Process != lake.Name(in.Process) || in.Kind != "" && f.Kind != in.Kind || in.State != "" && string(f.State) != in.State
	})
	out := &List{Items: all, Total: len(all), Remarks: base.Remarks{}}
	if len(all) > 1 {
		out.Remarks.Add("overlap", base.T("Befunde können dieselben Vorgänge betreffen; ihre Größen werden nicht addiert.",
			"Findings may concern the same cases; their sizes are not added up."))
	}
	return out, nil
}

func (s *Service) detail(ctx context.Context, in *ByID) (*Detail, error) {
	f, err := s.One(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	history, err := record.History(ctx, s.records, keptKind, f.ID)
	if err != nil {
		return nil, err
	}
	slices.Reverse(history)
	cases, err := s.rows(ctx, f, 10, 0)
	if err != nil {
		return nil, err
	}
	return &Detail{Finding: f, Cases: *cases, History: history}, nil
}

func (s *Service) cases(ctx context.Context, in *CasesInput) (*CaseList, error) {
	f, err := s.One(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return s.rows(ctx, f, max(in.Limit, 1), in.Offset)
}

// rows reads a page of the rows behind a finding, with count and sum over all of them.
func (s *Service) rows(ctx context.Context, f Finding, limit int, offset int64) (*CaseList, error) {
	out := &CaseList{Items: []Case{}, CaseTitle: f.rows.Noun.One, AmountTitle: f.rows.Amount, Remarks: base.Remarks{}}
	q := lake.Query{SQL: "WITH behind AS MATERIALIZED (" + f.rows.SQL + "), page AS (SELECT * FROM behind ORDER BY amount DESC, case_id LIMIT ? OFFSET ?)" +
		" SELECT case_id, n::BIGINT, amount::DOUBLE, rows, total FROM (SELECT count(*) AS rows, sum(amount)::DOUBLE AS total FROM behind)" +
		" LEFT JOIN page ON true ORDER BY amount DESC, case_id",
		Args: append(slices.Clone(f.rows.Args), limit, offset), Tables: f.rows.Tables}
	rows, err := s.lake.Query(ctx, q)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		v := rows.Values()
		if v[0] != nil { // past the end there is the count alone
			out.Items = append(out.Items, Case{ID: text(v[0]), N: int64(number(v[1])), Amount: number(v[2])})
		}
		out.Total, out.Sum = int64(number(v[3])), number(v[4])
	}
	return out, rows.Err()
}

func (s *Service) patch(ctx context.Context, in *PatchInput) (*Finding, error) {
	f, err := s.One(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	have, err := record.Get(ctx, s.records, keptKind, f.ID)
	if err != nil {
		return nil, err
	}
	version := have.Version
	if in.Body.Version != nil {
		version = *in.Body.Version
	}
	value := have.Value
	if p := in.Body.State; p != nil {
		value.State = *p
	}
	if p := in.Body.Reason; p != nil {
		value.Reason = *p
	}
	if p := in.Body.Note; p != nil {
		value.Note = *p
	}
	if _, err := record.Put(ctx, s.records, keptKind, f.ID, version, value, auth.From(ctx).By()); err != nil {
		return nil, err
	}
	f, err = s.One(ctx, f.ID)
	return &f, err
}
