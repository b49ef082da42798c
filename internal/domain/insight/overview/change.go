package overview

import (
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/engine/target"
	"lotse.dev/lotse/internal/intake"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/record"
)

// Change is something that happened since the last visit.
type Change struct {
	At     time.Time `json:"at"`
	Code   string    `json:"code" enum:"load,finding,target,gate,decision"`
	Status string    `json:"status" enum:"on_course,at_risk,missed,unknown,note,fulfilled" doc:"which mark stands before it"`
	Text   base.Text `json:"text"`
	Link   string    `json:"link"`
}

// TargetChange is a target that went from one status to another.
type TargetChange struct {
	Title    string
	Metric   string
	From, To target.Status
	At       time.Time
}

// Loads lists the loads, newest first.
type Loads interface {
	Loads(ctx context.Context, limit, offset int) ([]intake.LoadInfo, int, error)
}

// How many changes are told, and how far back a first visit looks.
const (
	mostChanges = 8
	firstLook   = 14 * 24 * time.Hour
)

// changes lists what happened after an instant, newest first. Facts are left out for those who may not read them.
func (s *Service) changes(ctx context.Context, since time.Time, facts bool, findings []finding.Finding, initiatives map[string]initiative) ([]Change, error) {
	out := []Change{}
	if facts {
		for _, f := range findings {
			if f.FirstSeen.After(since) && f.State != finding.StateDismissed {
				out = append(out, Change{f.FirstSeen, "finding", "note", base.T("Befund %s: %s", "Finding %s: %s", f.Number, f.Title), "/befunde/" + f.ID})
			}
		}
		more, err := s.measured(ctx, since)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	more, err := s.decided(ctx, since, initiatives)
	if err != nil {
		return nil, err
	}
	out = append(out, more...)
	slices.SortStableFunc(out, func(a, b Change) int { return b.At.Compare(a.At) })
	return out[:min(len(out), mostChanges)], nil
}

// measured is what changed in the facts: loads, and targets with another status.
func (s *Service) measured(ctx context.Context, since time.Time) ([]Change, error) {
	var out []Change
	if s.loads != nil {
		loads, _, err := s.loads.Loads(ctx, mostChanges, 0)
		if err != nil {
			return nil, err
		}
		for _, l := range loads {
			if l.CreatedAt.After(since) && l.State == "loaded" {
				d := lake.Dataset{Table: l.Table, Process: l.Process}
				out = append(out, Change{l.CreatedAt, "load", "note", base.N(l.RowsLoaded, base.T("%s: 1 Zeile geladen", "%s: 1 row loaded", titleOf(d)),
					base.T("%s: %s Zeilen geladen", "%s: %s rows loaded", titleOf(d), l.RowsLoaded)), linkOf(d)})
			}
		}
	}
	if s.statuses == nil {
		return out, nil
	}
	list, err := s.statuses(ctx, since)
	for _, c := range list {
		out = append(out, Change{c.At, "target", string(c.To), base.T("%s: %s → %s", "%s: %s → %s", c.Title, c.From.Title(), c.To.Title()), "/kennzahlen/" + escape(c.Metric)})
	}
	return out, err
}

// decided is what people decided: gates passed and decisions taken.
func (s *Service) decided(ctx context.Context, since time.Time, initiatives map[string]initiative) ([]Change, error) {
	var out []Change
	newest := record.Query{Sort: []record.Sort{{Field: "updated_at", Desc: true}}, Limit: mostChanges}
	gates := newest
	gates.Where = []record.Condition{{Field: "state", Op: "eq", Values: []string{record.Approved}}}
	passed, err := readAll[gate](ctx, s.registers, "gate", gates)
	if err != nil {
		return nil, err
	}
	for _, g := range passed {
		if title := initiatives[g.V.Initiative].Title; g.UpdatedAt.After(since) && title != "" {
			out = append(out, Change{g.UpdatedAt, "gate", "fulfilled", base.T("%s: Tor nach %s passiert", "%s: gate to %s passed", title, stageTitle(g.V.To)), initiativeLink(g.V.Initiative)})
		}
	}
	taken := newest
	taken.Where = []record.Condition{{Field: "outcome", Op: "eq", Values: []string{"accepted", "rejected"}}}
	decisions, err := readAll[decision](ctx, s.registers, "decision", taken)
	if err != nil {
		return nil, err
	}
	for _, d := range decisions {
		if !d.UpdatedAt.After(since) {
			continue
		}
		text := base.T("Angenommen: %s", "Accepted: %s", d.V.Title)
		if d.V.Outcome == "rejected" {
			text = base.T("Abgelehnt: %s", "Rejected: %s", d.V.Title)
		}
		out = append(out, Change{d.UpdatedAt, "decision", "fulfilled", text, "/register/decision/" + escape(d.ID)})
	}
	return out, nil
}
