package governance

import (
	"context"
	"encoding/json"

	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/governance/unit"
	"lotse.dev/lotse/internal/engine/target"
	"lotse.dev/lotse/internal/store/record"
)

// mostTargets bounds how many targets are read; a company steers by a few dozen.
const mostTargets = 2000

// Targets are the lines that the one who asks may read, with the names of their owners.
func (s *Service) Targets(ctx context.Context) ([]target.Target, error) {
	out, err := s.lines(ctx, func(q record.Query) (record.Page, error) {
		_, page, err := s.Registers.Page(ctx, "target", q)
		return page, err
	})
	if err != nil || len(out) == 0 {
		return out, err
	}
	var owners []string
	for _, t := range out {
		if t.Owner != "" {
			owners = append(owners, t.Owner)
		}
	}
	names, err := s.Registers.Visible(ctx, "person", owners)
	for i := range out {
		out[i].OwnerName = names[out[i].Owner]
	}
	return out, err
}

// everyLine is all lines, for the comparison that nobody asked for.
func (s *Service) everyLine(ctx context.Context) ([]target.Target, error) {
	kind, ok := s.Records.Def("target")
	if !ok {
		return nil, nil
	}
	return s.lines(ctx, func(q record.Query) (record.Page, error) {
		q.Scope = record.Scope{All: true}
		return s.Records.Find(ctx, kind, q)
	})
}

func (s *Service) lines(ctx context.Context, find func(record.Query) (record.Page, error)) ([]target.Target, error) {
	var out []target.Target
	q := record.Query{Limit: record.MaxPage, Sort: []record.Sort{{Field: "id"}}}
	for len(out) < mostTargets {
		page, err := find(q)
		if err != nil {
			return nil, err
		}
		for _, doc := range page.Items {
			t, err := lineOf(doc)
			if err != nil {
				return nil, err
			}
			out = append(out, t)
		}
		if q.After = page.Next; q.After == "" {
			break
		}
	}
	return out, ctx.Err()
}

// lineOf is a record as the line that figures are set against, in the metric's own unit.
func lineOf(doc record.Doc) (target.Target, error) {
	var r Target
	raw, err := json.Marshal(doc.Value)
	if err == nil {
		err = json.Unmarshal(raw, &r)
	}
	if err != nil {
		return target.Target{}, err
	}
	t := target.Target{ID: doc.ID, Title: r.Title, Metric: r.Metric, Process: r.Process, Line: target.Line(r.Line), Shape: target.Shape(r.Shape),
		Direction: target.Direction(r.Direction), Owner: string(r.Owner), Review: string(r.Review)}
	if r.Tolerance != nil {
		t.Tolerance = float64(*r.Tolerance)
	}
	for _, p := range r.Points {
		day, err := period.ParseDate(string(p.From))
		if err != nil || p.Value == nil {
			continue
		}
		t.Points = append(t.Points, target.Point{From: day, Value: unit.Scaled(*p.Value, r.Unit)})
	}
	return t, nil
}
