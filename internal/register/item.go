package register

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/record"
	"lotse.dev/lotse/internal/store/record/field"
)

// Item is a record as the API shows it.
type Item struct {
	ID              string         `json:"id"`
	Version         int            `json:"version"`
	Value           map[string]any `json:"value" doc:"fields of the kind; unknown ones are left out"`
	State           string         `json:"state" doc:"of the approval: empty, proposed, approved, refused"`
	ApprovedVersion int            `json:"approved_version" doc:"newest approved version, 0 when there is none"`
	CreatedAt       time.Time      `json:"created_at"`
	CreatedBy       string         `json:"created_by"`
	UpdatedAt       time.Time      `json:"updated_at"`
	UpdatedBy       string         `json:"updated_by"`
	Deleted         bool           `json:"deleted"`
	May             []auth.Action  `json:"may" doc:"what the reader may do with it"`
}

// Name is the heading of a record that an answer points at.
type Name struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (r reader) item(d *record.Def, doc record.Doc) Item {
	out := Item{ID: doc.ID, Version: doc.Version, Value: r.shown(d, doc.Value), State: doc.State, ApprovedVersion: doc.ApprovedVersion,
		CreatedAt: doc.CreatedAt, CreatedBy: doc.CreatedBy, UpdatedAt: doc.UpdatedAt, UpdatedBy: doc.UpdatedBy, Deleted: doc.Deleted, May: []auth.Action{}}
	for _, a := range auth.Actions() {
		if r.may(d, a, doc.Value) && possible(d, a, doc) {
			out.May = append(out.May, a)
		}
	}
	return out
}

// possible says whether anybody can do something with a record, whoever they are.
func possible(d *record.Def, a auth.Action, doc record.Doc) bool {
	switch a {
	case auth.Approve:
		return d.Approval
	case auth.Update, auth.Delete:
		return !d.Fixed(doc.ApprovedVersion)
	}
	return true
}

// One is one record with the names of what it points at.
type One struct {
	Item
	Names []Name `json:"names"`
}

func (s *Service) one(ctx context.Context, r reader, d *record.Def, doc record.Doc) (*One, error) {
	operation.AddHeader(ctx, "ETag", etag(doc.Version))
	item := r.item(d, doc)
	names, err := s.names(ctx, r, d, []Item{item})
	return &One{Item: item, Names: names}, err
}

func etag(version int) string { return `"` + strconv.Itoa(version) + `"` }

// names finds the headings of everything that items point at and the reader may read.
func (s *Service) names(ctx context.Context, r reader, d *record.Def, items []Item) ([]Name, error) {
	wanted := map[string]map[string]bool{}
	for _, item := range items {
		gather(d.Fields, item.Value, wanted)
	}
	out, titles := []Name{}, titled{s.words(ctx, r)}
	for kind, ids := range wanted {
		to, ok := s.records.Def(kind)
		if !ok {
			for name := range ids {
				out = append(out, Name{kind, name, titles.Title(kind, name)})
			}
			continue
		}
		list := make([]string, 0, len(ids))
		for id := range ids {
			list = append(list, id)
		}
		headings, err := s.visible(ctx, r, to, list)
		if err != nil {
			return nil, err
		}
		for id, name := range headings {
			out = append(out, Name{kind, id, name})
		}
	}
	return out, nil
}

func gather(fields []field.Field, doc map[string]any, into map[string]map[string]bool) {
	for i := range fields {
		f := &fields[i]
		v := doc[f.Name]
		if f.Type == field.TypeTable {
			rows, _ := v.([]any)
			for _, row := range rows {
				values, _ := row.(map[string]any)
				gather(f.Fields, values, into)
			}
			continue
		}
		to := cmp.Or(f.Target(), f.Names)
		if to == "" || v == nil {
			continue
		}
		list, many := v.([]any)
		if !many {
			list = []any{v}
		}
		for _, item := range list {
			if id, ok := item.(string); ok {
				if into[to] == nil {
					into[to] = map[string]bool{}
				}
				into[to][id] = true
			}
		}
	}
}
