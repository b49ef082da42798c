package overview

import (
	"context"
	"sync"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/assumption"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/store/lake"
)

// Service answers the start page and the search.
type Service struct {
	lake        lake.Store
	settings    *setting.Service
	assumptions *assumption.Service
	processes   *process.Service
	metrics     *catalogue.Service
	findings    *finding.Service
	clock       base.Clock

	mu       sync.Mutex
	snapshot int64
	names    map[string][]string // activities by process, at snapshot
}

// New makes the service.
func New(store lake.Store, settings *setting.Service, assumptions *assumption.Service, processes *process.Service,
	metrics *catalogue.Service, findings *finding.Service, clock base.Clock) *Service {
	return &Service{lake: store, settings: settings, assumptions: assumptions, processes: processes, metrics: metrics,
		findings: findings, clock: clock, snapshot: -1}
}

// Counts are numbers for the rail: what waits for somebody.
type Counts struct {
	Processes   int `json:"processes"`
	Findings    int `json:"findings" doc:"not dismissed"`
	NewFindings int `json:"new_findings" doc:"nobody has looked at them yet"`
}

// Overview is the start page.
type Overview struct {
	Headline base.Text         `json:"headline"`
	Due      base.Text         `json:"headline_due" doc:"second half of the headline: what waits for a person, empty for nothing"`
	Sources  []Source          `json:"sources"`
	Metrics  []catalogue.Item  `json:"metrics" doc:"up to seven figures, most important first"`
	Findings []finding.Finding `json:"findings" doc:"the first five by rank"`
	NextStep *Step             `json:"next_step"`
	Counts   Counts            `json:"counts"`
	Remarks  base.Remarks      `json:"remarks"`
}

const mostFindings = 5

// Overview answers the start page.
func (s *Service) Overview(ctx context.Context) (*Overview, error) {
	now, err := s.look(ctx)
	if err != nil {
		return nil, err
	}
	metrics, err := s.metrics.List(ctx, &catalogue.ListInput{})
	if err != nil {
		return nil, err
	}
	out := &Overview{Sources: sourcesOf(now.datasets, s.clock()), Metrics: important(metrics.Items, now.processes), Findings: []finding.Finding{}, NextStep: now.next(), Remarks: base.Remarks{}}
	out.Counts.Processes = len(now.processes)
	for _, f := range now.findings {
		if f.State == finding.StateDismissed {
			continue
		}
		out.Counts.Findings++
		if f.State == finding.StateNew {
			out.Counts.NewFindings++
		}
		if len(out.Findings) < mostFindings {
			out.Findings = append(out.Findings, f)
		}
	}
	out.Headline, out.Due = headline(out.Sources, now.processes, now.findings), due(out.Counts)
	return out, nil
}

func (s *Service) look(ctx context.Context) (situation, error) {
	var now situation
	var err error
	if now.datasets, err = s.lake.Datasets(ctx); err != nil {
		return now, err
	}
	if now.settings, _, err = s.settings.Get(ctx); err != nil {
		return now, err
	}
	list, err := s.processes.List(ctx)
	if err != nil {
		return now, err
	}
	now.processes = list.Items
	times, err := s.assumptions.HandlingTimes(ctx, "")
	if err != nil {
		return now, err
	}
	rates, err := s.assumptions.Rates(ctx)
	if err != nil {
		return now, err
	}
	now.assumed = len(times)+len(rates) > 0
	now.findings, err = s.findings.All(ctx)
	return now, err
}

// activities are the activity names of each process, read once per snapshot.
func (s *Service) activities(ctx context.Context) (map[string][]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	snapshot, err := s.lake.Snapshot(ctx)
	if err != nil || snapshot == s.snapshot {
		return s.names, err
	}
	all, err := s.lake.Datasets(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string][]string{}
	for _, d := range all {
		if d.Table != "events" {
			continue
		}
		names[d.Process] = nil
		err := s.each(ctx, "SELECT DISTINCT activity FROM events ORDER BY activity LIMIT 5000", nil,
			map[string]lake.Dataset{"events": d.Dataset}, func(v []any) {
				if name, ok := v[0].(string); ok {
					names[d.Process] = append(names[d.Process], name)
				}
			})
		if err != nil {
			return nil, err
		}
	}
	s.snapshot, s.names = snapshot, names
	return names, nil
}

// each runs a SELECT and hands over every row.
func (s *Service) each(ctx context.Context, sql string, args []any, tables map[string]lake.Dataset, f func(v []any)) error {
	rows, err := s.lake.Query(ctx, lake.Query{SQL: sql, Args: args, Tables: tables})
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		f(rows.Values())
	}
	return rows.Err()
}
