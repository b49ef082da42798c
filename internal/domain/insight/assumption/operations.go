package assumption

import (
	"context"
	"net/http"
	"slices"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/record"
)

// HandlingTimeItem is a handling time as the API shows it.
type HandlingTimeItem struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	HandlingTime
}

// RateItem is an hourly rate as the API shows it.
type RateItem struct {
	ID      string `json:"id"`
	Version int    `json:"version"`
	Rate
}

// List is every assumption.
type List struct {
	HandlingTimes []HandlingTimeItem `json:"handling_times"`
	Rates         []RateItem         `json:"rates"`
}

// ListInput asks for the assumptions of one process or of all.
type ListInput struct {
	Process string `query:"process" maxLength:"200"`
}

// HandlingTimeBody is a handling time to keep, with the version it replaces.
type HandlingTimeBody struct {
	Version int `json:"version,omitempty" minimum:"0" doc:"version that this replaces, 0 for the first"`
	HandlingTime
}

// RateBody is an hourly rate to keep, with the version it replaces.
type RateBody struct {
	Version int `json:"version,omitempty" minimum:"0" doc:"version that this replaces, 0 for the first"`
	Rate
}

// PutHandlingTimeInput carries a handling time.
type PutHandlingTimeInput struct {
	IfMatch string `header:"If-Match" doc:"the same as version in the body, which it replaces"`
	Body    HandlingTimeBody
}

// PutRateInput carries an hourly rate.
type PutRateInput struct {
	IfMatch string `header:"If-Match" doc:"the same as version in the body, which it replaces"`
	Body    RateBody
}

// versionOf prefers the header.
func versionOf(ifMatch string, body int) (int, error) {
	if ifMatch == "" {
		return body, nil
	}
	return setting.Version(ifMatch)
}

// ByID names an assumption.
type ByID struct {
	ID string `path:"id" maxLength:"40"`
}

// DeleteInput names an assumption and the version that is taken away.
type DeleteInput struct {
	ID      string `path:"id" maxLength:"40"`
	Version int    `query:"version" minimum:"1"`
}

// HandlingTimeHistory is every version of a handling time, newest first.
type HandlingTimeHistory struct {
	Items []record.Entry[HandlingTime] `json:"items"`
	Total int                          `json:"total"`
}

// RateHistory is every version of an hourly rate, newest first.
type RateHistory struct {
	Items []record.Entry[Rate] `json:"items"`
	Total int                  `json:"total"`
}

func def(id string, kind operation.Kind, method, path string, may operation.Permission, summary base.Text) operation.Def {
	return operation.Def{ID: id, Kind: kind, Method: method, Path: path, Tag: "assumption", Permission: may, Summary: summary}
}

// Operations are what people can do with assumptions.
func (s *Service) Operations() []operation.Operation {
	return []operation.Operation{
		operation.New(def("assumption_list", operation.Query, http.MethodGet, "/assumptions", auth.SettingsRead,
			base.T("Annahmen zeigen", "Show the assumptions")), s.list),
		operation.New(def("handling_time_put", operation.Command, http.MethodPut, "/assumptions/handling_time", auth.RecordsWrite,
			base.T("Bearbeitungszeit eintragen", "Keep a handling time")), s.putHandlingTime),
		operation.New(def("handling_time_delete", operation.Command, http.MethodDelete, "/assumptions/handling_time/{id}", auth.RecordsWrite,
			base.T("Bearbeitungszeit löschen", "Delete a handling time")), func(ctx context.Context, in *DeleteInput) (*struct{}, error) {
			return &struct{}{}, record.Delete(ctx, s.records, handlingTimes, in.ID, in.Version, auth.From(ctx).By())
		}),
		operation.New(def("handling_time_history", operation.Query, http.MethodGet, "/assumptions/handling_time/{id}/history", auth.SettingsRead,
			base.T("Verlauf einer Bearbeitungszeit", "History of a handling time")), func(ctx context.Context, in *ByID) (*HandlingTimeHistory, error) {
			items, err := record.History(ctx, s.records, handlingTimes, in.ID)
			slices.Reverse(items)
			return &HandlingTimeHistory{Items: items, Total: len(items)}, err
		}),
		operation.New(def("rate_put", operation.Command, http.MethodPut, "/assumptions/rate", auth.RecordsWrite,
			base.T("Stundensatz eintragen", "Keep an hourly rate")), s.putRate),
		operation.New(def("rate_delete", operation.Command, http.MethodDelete, "/assumptions/rate/{id}", auth.RecordsWrite,
			base.T("Stundensatz löschen", "Delete an hourly rate")), func(ctx context.Context, in *DeleteInput) (*struct{}, error) {
			return &struct{}{}, record.Delete(ctx, s.records, rates, in.ID, in.Version, auth.From(ctx).By())
		}),
		operation.New(def("rate_history", operation.Query, http.MethodGet, "/assumptions/rate/{id}/history", auth.SettingsRead,
			base.T("Verlauf eines Stundensatzes", "History of an hourly rate")), func(ctx context.Context, in *ByID) (*RateHistory, error) {
			items, err := record.History(ctx, s.records, rates, in.ID)
			slices.Reverse(items)
			return &RateHistory{Items: items, Total: len(items)}, err
		}),
	}
}

func (s *Service) list(ctx context.Context, in *ListInput) (*List, error) {
	times, err := s.HandlingTimes(ctx, in.Process)
	if err != nil {
		return nil, err
	}
	costs, err := s.Rates(ctx)
	if err != nil {
		return nil, err
	}
	out := &List{HandlingTimes: []HandlingTimeItem{}, Rates: []RateItem{}}
	for _, r := range times {
		out.HandlingTimes = append(out.HandlingTimes, HandlingTimeItem{ID: r.ID, Version: r.Version, HandlingTime: r.Value})
	}
	for _, r := range costs {
		out.Rates = append(out.Rates, RateItem{ID: r.ID, Version: r.Version, Rate: r.Value})
	}
	return out, nil
}

func (s *Service) putHandlingTime(ctx context.Context, in *PutHandlingTimeInput) (*HandlingTimeItem, error) {
	version, err := versionOf(in.IfMatch, in.Body.Version)
	if err != nil {
		return nil, err
	}
	r, err := s.PutHandlingTime(ctx, in.Body.HandlingTime, version, auth.From(ctx).By())
	if err != nil {
		return nil, err
	}
	return &HandlingTimeItem{ID: r.ID, Version: r.Version, HandlingTime: r.Value}, nil
}

func (s *Service) putRate(ctx context.Context, in *PutRateInput) (*RateItem, error) {
	version, err := versionOf(in.IfMatch, in.Body.Version)
	if err != nil {
		return nil, err
	}
	r, err := s.PutRate(ctx, in.Body.Rate, version, auth.From(ctx).By())
	if err != nil {
		return nil, err
	}
	return &RateItem{ID: r.ID, Version: r.Version, Rate: r.Value}, nil
}
