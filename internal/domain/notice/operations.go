package notice

import (
	"context"
	"net/http"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/record/field"
)

// Item is a notice as its person reads it.
type Item struct {
	ID     string    `json:"id"`
	Cause  Cause     `json:"cause" enum:"assigned,mentioned,due,decided,proposed,status"`
	Kind   string    `json:"kind"`
	Record string    `json:"record" doc:"id of the record that it is about"`
	Name   string    `json:"name" doc:"of the record"`
	Title  base.Text `json:"title" doc:"name of the kind"`
	Text   base.Text `json:"text"`
	By     string    `json:"by" doc:"who caused it, empty for Lotse itself"`
	Behalf string    `json:"behalf" doc:"name of the person for whom the reader stands in"`
	At     time.Time `json:"at"`
	Read   bool      `json:"read"`
}

// List is what concerns the one who asks, newest first.
type List struct {
	Items  []Item `json:"items"`
	Unread int    `json:"unread"`
}

// ListInput asks for notices.
type ListInput struct {
	Unread bool `query:"unread" doc:"those that were not read yet only"`
	Limit  int  `query:"limit" default:"100" minimum:"1" maximum:"500"`
}

// Count is how many wait to be read.
type Count struct {
	Unread int `json:"unread"`
}

// IDInput names a notice.
type IDInput struct {
	ID string `path:"id" maxLength:"40"`
}

// readable are the notices of the one who asks about records that they may still read.
func (s *Service) readable(ctx context.Context, unread bool) ([]row, map[string]map[string]string, error) {
	acting, err := s.Registers.Acting(ctx)
	if err != nil || acting.Self == "" {
		return nil, nil, err
	}
	rows, err := s.rows(ctx, acting.Self, unread)
	if err != nil {
		return nil, nil, err
	}
	ids := map[string]map[string]bool{}
	note := func(kind, id string) {
		if ids[kind] == nil {
			ids[kind] = map[string]bool{}
		}
		ids[kind][id] = true
	}
	for _, r := range rows {
		note(r.kind, r.record)
		if r.behalf != "" {
			note(field.PersonKind, r.behalf)
		}
	}
	names := map[string]map[string]string{}
	for kind, set := range ids {
		var list []string
		for id := range set {
			list = append(list, id)
		}
		if names[kind], err = s.Registers.Visible(ctx, kind, list); err != nil {
			return nil, nil, err
		}
	}
	var out []row
	for _, r := range rows {
		if _, ok := names[r.kind][r.record]; ok {
			out = append(out, r)
		}
	}
	return out, names, nil
}

func (s *Service) list(ctx context.Context, in *ListInput) (*List, error) {
	rows, names, err := s.readable(ctx, in.Unread)
	if err != nil {
		return nil, err
	}
	out := &List{Items: []Item{}}
	for _, r := range rows {
		if !r.read {
			out.Unread++
		}
		if len(out.Items) == in.Limit {
			continue
		}
		item := Item{ID: r.id, Cause: r.cause, Kind: r.kind, Record: r.record, Name: names[r.kind][r.record], Text: r.text, By: r.by, At: r.at, Read: r.read}
		if r.behalf != "" {
			item.Behalf = names[field.PersonKind][r.behalf]
		}
		if d, ok := s.Records.Def(r.kind); ok {
			item.Title = d.One
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

func (s *Service) count(ctx context.Context, _ *struct{}) (*Count, error) {
	rows, _, err := s.readable(ctx, true)
	return &Count{Unread: len(rows)}, err
}

func (s *Service) read(ctx context.Context, in *IDInput) (*struct{}, error) {
	acting, err := s.Registers.Acting(ctx)
	if err != nil {
		return nil, err
	}
	return nil, s.markRead(ctx, acting.Self, in.ID)
}

func (s *Service) readAll(ctx context.Context, _ *struct{}) (*struct{}, error) {
	acting, err := s.Registers.Acting(ctx)
	if err != nil {
		return nil, err
	}
	return nil, s.markRead(ctx, acting.Self, "")
}

// Operations are reading one's own notices.
func (s *Service) Operations() []operation.Operation {
	def := func(id string, k operation.Kind, method, path, de, en string) operation.Def {
		return operation.Def{ID: id, Kind: k, Method: method, Path: path, Tag: "notice", Permission: auth.Self, Summary: base.T(de, en)}
	}
	return []operation.Operation{
		operation.New(def("notice_list", operation.Query, http.MethodGet, "/notices", "Eigene Hinweise lesen", "Read one's own notices"), s.list),
		operation.New(def("notice_count", operation.Query, http.MethodGet, "/notices/count", "Ungelesene Hinweise zählen", "Count unread notices"), s.count),
		operation.New(def("notice_read", operation.Command, http.MethodPost, "/notices/{id}/read", "Hinweis als gelesen kennzeichnen", "Mark a notice as read"), s.read),
		operation.New(def("notice_read_all", operation.Command, http.MethodPost, "/notices/read_all", "Alle Hinweise als gelesen kennzeichnen", "Mark all notices as read"), s.readAll),
	}
}
