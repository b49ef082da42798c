package closing

import (
	"context"
	"net/http"
	"strings"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/record"
)

// ListInput narrows the closings down.
type ListInput struct {
	Status     string `query:"status" maxLength:"100" doc:"one or several, parted by |"`
	Subject    string `query:"subject" enum:"metric,effect"`
	Metric     string `query:"metric" maxLength:"100"`
	Process    string `query:"process" maxLength:"200"`
	Plan       string `query:"plan" maxLength:"64"`
	Initiative string `query:"initiative" maxLength:"64"`
}

// List is the closings, the latest period first.
type List struct {
	Items      []View `json:"items" nullable:"false"`
	Department bool   `json:"department" doc:"the company lets the department confirm"`
}

// OneInput names a closing.
type OneInput struct {
	ID string `path:"id" maxLength:"64"`
}

func (s *Service) list(ctx context.Context, in *ListInput) (*List, error) {
	var where []record.Condition
	for _, f := range []struct{ name, value string }{{"subject", in.Subject}, {"plan", in.Plan}, {"initiative", in.Initiative}} {
		if f.value != "" {
			where = append(where, record.Condition{Field: f.name, Op: "eq", Values: []string{f.value}})
		}
	}
	if in.Status != "" {
		where = append(where, record.Condition{Field: "status", Op: "eq", Values: strings.Split(in.Status, "|")})
	}
	all, err := s.Readable(ctx, where...)
	if err != nil {
		return nil, err
	}
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	out := &List{Items: []View{}, Department: rules.Department}
	for _, c := range all {
		if in.Metric != "" && c.Metric != in.Metric || in.Process != "" && c.Process != in.Process {
			continue
		}
		v, err := s.view(ctx, c.Doc, false)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, *v)
	}
	return out, nil
}

func (s *Service) one(ctx context.Context, in *OneInput) (*View, error) {
	_, doc, err := s.Registers.Need(ctx, Name, in.ID, auth.Read)
	if err != nil {
		return nil, err
	}
	return s.view(ctx, doc, true)
}

// Operations are all that can be done with closings and effects.
func (s *Service) Operations() []operation.Operation {
	def := func(id string, k operation.Kind, method, path string, p operation.Permission, de, en string) operation.Def {
		return operation.Def{ID: id, Kind: k, Method: method, Path: path, Tag: "closing", Permission: p, Summary: base.T(de, en)}
	}
	created := func(d operation.Def) operation.Def { d.Status = http.StatusCreated; return d }
	read, write := auth.RegisterRead, auth.RegisterWrite
	return []operation.Operation{
		operation.New(def("effect_list", operation.Query, http.MethodGet, "/effects", read, "Wirkungen", "Effects"), s.effects),
		operation.New(def("effect_show", operation.Query, http.MethodGet, "/effects/{plan}", read, "Eine Wirkung", "An effect"), s.oneEffect),
		operation.New(def("closings", operation.Query, http.MethodGet, "/closings", read, "Abschlüsse", "Closings"), s.list),
		operation.New(def("closing_calendar", operation.Query, http.MethodGet, "/closings/calendar", read, "Abschlusskalender", "Closing calendar"), s.calendar),
		operation.New(def("closing_show", operation.Query, http.MethodGet, "/closings/{id}", read, "Ein Abschluss", "A closing"), s.one),
		operation.New(created(def("closing_propose", operation.Command, http.MethodPost, "/closings", write, "Abschluss vorlegen", "Propose a closing")), s.propose),
		operation.New(def("closing_confirm", operation.Command, http.MethodPost, "/closings/{id}/confirm", write, "Abschluss bestätigen", "Confirm a closing"), s.step("confirm")),
		operation.New(def("closing_sign", operation.Command, http.MethodPost, "/closings/{id}/sign", write, "Abschluss unterschreiben", "Sign a closing"), s.step("sign")),
		operation.New(def("closing_refuse", operation.Command, http.MethodPost, "/closings/{id}/refuse", write, "Abschluss ablehnen", "Refuse a closing"), s.step("refuse")),
		operation.New(def("closing_reopen", operation.Command, http.MethodPost, "/closings/{id}/reopen", write, "Abschluss wieder öffnen", "Reopen a closing"), s.step("reopen")),
	}
}
