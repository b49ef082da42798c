package register

import (
	"context"
	"reflect"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Change is one field that a version changed.
type Change struct {
	Field  string    `json:"field"`
	Title  base.Text `json:"title"`
	Before string    `json:"before" doc:"as people read it, empty when unknown"`
	After  string    `json:"after"`
}

// Step is one version of a record.
type Step struct {
	Version int       `json:"version"`
	Action  string    `json:"action"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Note    string    `json:"note"`
	Changes []Change  `json:"changes"`
	Hash    string    `json:"hash"`
	Erased  bool      `json:"erased" doc:"the content was removed for good"`
}

// StepList is the history, newest first.
type StepList struct {
	Items []Step `json:"items"`
}

func (s *Service) history(d *record.Def) func(context.Context, *IDInput) (*StepList, error) {
	return func(ctx context.Context, in *IDInput) (*StepList, error) {
		r, doc, err := s.lookup(ctx, d, in.ID)
		if err != nil {
			return nil, err
		}
		entries, err := s.records.Versions(ctx, d, doc.ID)
		if err != nil {
			return nil, err
		}
		w := s.words(ctx, r)
		private := r.may(d, auth.Private, doc.Value)
		out := &StepList{Items: make([]Step, len(entries))}
		var before map[string]any
		for i, e := range entries {
			step := Step{Version: e.Version, Action: e.Action, At: e.At, By: e.By, Note: e.Note, Hash: e.Hash, Erased: e.Value == nil, Changes: []Change{}}
			if e.Value != nil {
				step.Changes = changes(d, before, e.Value, private, titled{w})
				before = e.Value
			}
			out.Items[len(entries)-1-i] = step
		}
		return out, nil
	}
}

// changes lists the fields in which two documents differ.
func changes(d *record.Def, before, after map[string]any, private bool, w field.Words) []Change {
	out := []Change{}
	for i := range d.Fields {
		f := &d.Fields[i]
		if f.Machine || f.Private && !private || reflect.DeepEqual(before[f.Name], after[f.Name]) {
			continue
		}
		c := Change{Field: f.Name, Title: f.Title}
		if v := before[f.Name]; v != nil {
			c.Before = f.Of().Text(f, v, w)
		}
		if v := after[f.Name]; v != nil {
			c.After = f.Of().Text(f, v, w)
		}
		out = append(out, c)
	}
	return out
}

// AtInput names one version.
type AtInput struct {
	IDInput
	Version int `path:"version" minimum:"1"`
}

// BackInput takes a record back to one of its versions.
type BackInput struct {
	AtInput
	IfMatch string `header:"If-Match" maxLength:"40"`
}

func (s *Service) at(d *record.Def) func(context.Context, *AtInput) (*One, error) {
	return func(ctx context.Context, in *AtInput) (*One, error) {
		r, doc, err := s.lookup(ctx, d, in.ID)
		if err != nil {
			return nil, err
		}
		value, err := s.records.At(ctx, d, doc.ID, in.Version)
		if err != nil {
			return nil, err
		}
		rights := r.item(d, doc) // of the record as it is now
		item := rights
		item.Value, item.Version = r.shownAs(d, doc.Value, value), in.Version
		names, err := s.names(ctx, r, d, []Item{item})
		return &One{Item: item, Names: names}, err
	}
}

// shownAs takes private fields out of an old version by the rights on the record as it is now.
func (r reader) shownAs(d *record.Def, now, old map[string]any) map[string]any {
	if r.may(d, auth.Private, now) {
		return old
	}
	out := map[string]any{}
	for i := range d.Fields {
		if f := &d.Fields[i]; !f.Private && old[f.Name] != nil {
			out[f.Name] = old[f.Name]
		}
	}
	return out
}

// back writes an old version as a new one.
func (s *Service) back(d *record.Def) func(context.Context, *BackInput) (*One, error) {
	return func(ctx context.Context, in *BackInput) (*One, error) {
		n, err := version(in.IfMatch)
		if err != nil {
			return nil, err
		}
		r, have, err := s.lookup(ctx, d, in.ID)
		if err != nil {
			return nil, err
		}
		value, err := s.records.At(ctx, d, in.ID, in.Version)
		if err != nil {
			return nil, err
		}
		if n == record.AnyVersion {
			n = have.Version
		}
		kept, err := s.putBack(ctx, r, d, in.ID, n, value, value)
		if err != nil {
			return nil, err
		}
		return s.one(ctx, r, d, kept)
	}
}
