package process

import (
	"context"
	"fmt"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
)

// Bounds of what the filter bar offers.
const (
	maxFields = 40
	maxValues = 50
)

// ValueCount is a value of a field and the cases that bear it; the empty value is "".
type ValueCount struct {
	Value string `json:"value"`
	Count int64  `json:"count"`
}

// Field is a column to filter by.
type Field struct {
	Name   string       `json:"field"`
	Type   string       `json:"type" enum:"text,integer,boolean"`
	Level  string       `json:"level" enum:"case,event" doc:"whether it holds for the case or for single events"`
	Values []ValueCount `json:"values" doc:"the most frequent ones"`
	// Distinct is exact when Values holds them all, otherwise an estimate.
	Distinct int64 `json:"distinct"`
}

// Attributes is what the filter bar offers.
type Attributes struct {
	Items   []Field      `json:"items"`
	Total   int          `json:"total"`
	Remarks base.Remarks `json:"remarks"`
}

// Attributes answers the fields of cases and events with their most frequent values over the whole process. People are
// left out: no view by person by default.
func (s *Service) Attributes(ctx context.Context, process string) (*Attributes, error) {
	v, err := s.derivedView(ctx, process)
	if err != nil {
		return nil, err
	}
	key := Filter{}.key(v)
	if kept, ok := s.fields.get(key); ok {
		return kept.copy(), nil
	}
	out := &Attributes{Items: []Field{}, Remarks: base.Remarks{}}
	for _, c := range v.attributes() {
		if offered(c) {
			if err := s.values(ctx, v, c, "case", out); err != nil {
				return nil, err
			}
		}
	}
	for _, c := range v.events.Schema {
		if isEventField(v.events.Schema, c.Name) && offered(c) {
			if err := s.values(ctx, v, c, "event", out); err != nil {
				return nil, err
			}
		}
	}
	out.Total = len(out.Items)
	s.fields.put(key, out)
	return out.copy(), nil
}

// copy keeps what is cached apart from what an answer may change.
func (a *Attributes) copy() *Attributes {
	return &Attributes{Items: slices.Clone(a.Items), Total: a.Total, Remarks: slices.Clone(a.Remarks)}
}

// offered says whether a column has values that a person would pick.
func offered(c fact.Column) bool {
	if c.Person || c.Name[0] == '_' {
		return false
	}
	return c.Type == fact.Text || c.Type == fact.Integer || c.Type == fact.Boolean
}

// values adds a field, unless nearly every case has a value of its own.
func (s *Service) values(ctx context.Context, v *view, c fact.Column, level string, out *Attributes) error {
	if len(out.Items) >= maxFields {
		return nil
	}
	from, count := "cases", "count(*)"
	if level == "event" {
		from, count = "events", "count(DISTINCT case_id)"
	}
	f := Field{Name: c.Name, Type: c.Type.String(), Level: level, Values: []ValueCount{}}
	distinct, rows := int64(0), int64(0)
	err := s.query(ctx, v, fmt.Sprintf("SELECT approx_count_distinct(%s), count(%s) FROM %s", quote(c.Name), quote(c.Name), from), nil,
		func(row []any) error {
			distinct, rows = whole(row[0]), whole(row[1])
			return nil
		})
	if err != nil || rows == 0 || distinct > 100 && distinct > rows/4 {
		return err
	}
	sql := fmt.Sprintf("SELECT coalesce(CAST(%s AS VARCHAR), '') AS value, %s AS n FROM %s GROUP BY value ORDER BY n DESC, value LIMIT %d",
		quote(c.Name), count, from, maxValues+1)
	err = s.query(ctx, v, sql, nil, func(row []any) error {
		f.Values = append(f.Values, ValueCount{text(row[0]), whole(row[1])})
		return nil
	})
	f.Distinct = int64(len(f.Values))
	if f.Distinct > maxValues {
		f.Distinct, f.Values = max(distinct, maxValues+1), f.Values[:maxValues]
	}
	out.Items = append(out.Items, f)
	return err
}
