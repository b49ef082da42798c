package overview

import (
	"context"
	"sync"
	"time"

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

	registers Registers
	loads     Loads
	visits    Visits
	statuses  func(ctx context.Context, since time.Time) ([]TargetChange, error)
	today     base.Today

	mu       sync.Mutex
	snapshot int64
	names    map[string][]string // activities by process, at snapshot
}

// Visits notes that somebody looks now and answers when their visit before ended, the zero time at their first.
type Visits interface {
	Look(ctx context.Context, account string, now time.Time) (time.Time, error)
}

// Plans is what the page shows of other domains. Without it the page is about figures only.
type Plans struct {
	Registers Registers
	Loads     Loads
	Visits    Visits
	Statuses  func(ctx context.Context, since time.Time) ([]TargetChange, error) // of targets, as far as the one who asks may read them
	Today     base.Today
}

// Plan adds initiatives, decisions, money and changes to the page.
func (s *Service) Plan(p Plans) *Service {
	s.registers, s.loads, s.visits, s.statuses, s.today = p.Registers, p.Loads, p.Visits, p.Statuses, p.Today
	return s
}

// New makes the service.
func New(store lake.Store, settings *setting.Service, assumptions *assumption.Service, processes *process.Service,
	metrics *catalogue.Service, findings *finding.Service, clock base.Clock) *Service {
	return &Service{lake: store, settings: settings, assumptions: assumptions, processes: processes, metrics: metrics,
		findings: findings, clock: clock, today: clock.In(nil), snapshot: -1}
}

// Counts are numbers for the rail: what waits for somebody.
type Counts struct {
	Processes   int `json:"processes"`
	Findings    int `json:"findings" doc:"not dismissed"`
	NewFindings int `json:"new_findings" doc:"nobody has looked at them yet"`
	Metrics     int `json:"metrics"`
	Initiatives int `json:"initiatives"`
	Decisions   int `json:"decisions" doc:"due now and decided by the one who asks"`
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
