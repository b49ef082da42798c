package process

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/engine/mining"
	"lotse.dev/lotse/internal/engine/mining/compare"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/store/lake"
)

// Files tells the name of the file that a load was made from, "" when it is not known.
type Files interface {
	FileOfLoad(ctx context.Context, load int64) (string, error)
}

// Service answers questions about processes.
type Service struct {
	lake        lake.Store
	settings    *setting.Service
	jobs        job.Manager
	files       Files
	results     *cache[*mining.Result]
	fields      *cache[*Attributes]
	lagging     *cache[bool]
	comparisons *cache[*compare.Result]
	launches    Launches
	derived     *cache[string] // rules by which the cases were derived
	turn        chan struct{}  // one pass at a time, so that memory stays bounded
	after       func(context.Context) error
	deriving    chan struct{} // one derivation at a time: each holds two of the lake's places
	perRange    int64         // see attributeRows
}

// New makes the service and registers its jobs. files may be nil.
func New(store lake.Store, settings *setting.Service, jobs job.Manager, files Files) *Service {
	s := &Service{
		lake: store, settings: settings, jobs: jobs, files: files,
		results: newCache[*mining.Result](8), comparisons: newCache[*compare.Result](4), fields: newCache[*Attributes](16),
		lagging: newCache[bool](64), derived: newCache[string](64), turn: make(chan struct{}, 1), deriving: make(chan struct{}, 1),
		perRange: rangeRows,
	}
	jobs.Register(deriveKind, s.runDerive)
	settings.OnChange(s.settingsChanged)
	return s
}

func events(process string) lake.Dataset { return lake.Dataset{Table: "events", Process: process} }
func cases(process string) lake.Dataset  { return lake.Dataset{Table: "cases", Process: process} }

// view is one process at one snapshot with the rules that hold for it; every part of an answer reads the same view.
type view struct {
	process    string
	snapshot   int64
	events     lake.Info
	cases      *lake.Info // nil while the cases are not derived
	lagging    bool       // events were loaded or undone after the cases were derived
	otherRules bool       // the rules were changed after the cases were derived
	settings   setting.Settings
	calendar   period.Calendar
}

// rules names the rules that hold now.
func (v *view) rules() string { return v.settings.Rules(v.process) }

func (s *Service) view(ctx context.Context, process string) (*view, error) {
	process = lake.Name(process)
	snapshot, err := s.lake.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	info, err := s.lake.Dataset(ctx, events(process))
	if base.IsKind(err, base.NotFound) || err == nil && info.Rows == 0 {
		return nil, base.Fail(base.NotFound, "process_not_found", base.T("Den Prozess „%s“ gibt es nicht.", "There is no process “%s”.", process)).
			WithHint(base.T("Laden Sie zuerst ein Ereignisprotokoll.", "Load an event log first."))
	}
	if err != nil {
		return nil, err
	}
	v := &view{process: process, snapshot: snapshot, events: info}
	derived, err := s.lake.Dataset(ctx, cases(process))
	switch {
	case err == nil:
		v.cases = &derived
	case !base.IsKind(err, base.NotFound):
		return nil, err
	}
	if v.settings, _, err = s.settings.Get(ctx); err != nil {
		return nil, err
	}
	if v.calendar, err = calendarOf(v.settings); err != nil {
		return nil, err
	}
	if v.lagging, err = s.lags(ctx, v); err != nil {
		return nil, err
	}
	v.otherRules, err = s.rulesChanged(ctx, v)
	return v, err
}

// derivedView is a view that has cases; it fails while they are not derived.
func (s *Service) derivedView(ctx context.Context, process string) (*view, error) {
	v, err := s.view(ctx, process)
	if err != nil {
		return nil, err
	}
	return v, v.needCases()
}

// rulesChanged says whether the cases were derived by other rules than those that hold now.
func (s *Service) rulesChanged(ctx context.Context, v *view) (bool, error) {
	if v.cases == nil {
		return false, nil
	}
	if !v.cases.Schema.Has("rules") {
		return true, nil // derived before the rules were kept beside the cases
	}
	key := Filter{}.key(v)
	derived, ok := s.derived.get(key)
	if !ok {
		err := s.query(ctx, v, "SELECT min(rules) FROM cases", nil, func(row []any) error {
			derived = text(row[0])
			return nil
		})
		if err != nil {
			return false, err
		}
		s.derived.put(key, derived)
	}
	return derived != v.rules(), nil
}

// lags says whether the cases miss a change of the events. Files of events that only were merged are newer than the
// cases as well, so the events are counted before that is believed.
func (s *Service) lags(ctx context.Context, v *view) (bool, error) {
	if v.cases == nil || v.cases.Snapshot > v.events.Snapshot {
		return false, nil
	}
	key := Filter{}.key(v)
	if lagging, ok := s.lagging.get(key); ok {
		return lagging, nil
	}
	counted := int64(0)
	err := s.query(ctx, v, "SELECT CAST(sum(events) AS BIGINT) FROM cases", nil, func(row []any) error {
		counted = whole(row[0])
		return nil
	})
	if err != nil {
		return false, err
	}
	s.lagging.put(key, counted != v.events.Rows)
	return counted != v.events.Rows, nil
}

func calendarOf(s setting.Settings) (period.Calendar, error) {
	zone, err := time.LoadLocation(s.Zone)
	return period.Calendar{Zone: zone, FiscalStart: time.Month(s.FiscalStart)}, err
}

// needCases fails while the cases are not derived.
func (v *view) needCases() error {
	if v.cases != nil {
		return nil
	}
	return base.Fail(base.Unavailable, "cases_missing", base.T("Die Vorgänge dieses Prozesses werden gerade abgeleitet.",
		"The cases of this process are being derived.")).
		WithHint(base.T("Bitte versuchen Sie es in einigen Sekunden noch einmal.", "Please try again in a few seconds."))
}

// query runs one SELECT over the view's events and cases.
func (s *Service) query(ctx context.Context, v *view, sql string, args []any, each func(row []any) error) error {
	tables := map[string]lake.Dataset{"events": events(v.process)}
	if v.cases != nil {
		tables["cases"] = cases(v.process)
	}
	rows, err := s.lake.Query(ctx, lake.Query{SQL: sql, Args: args, Tables: tables, Snapshot: v.snapshot})
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Values()); err != nil {
			return err
		}
	}
	return rows.Err()
}

// stream adapts a lake stream to what the engine reads.
type stream struct{ lake.EventStream }

func (s stream) Next() (*mining.Chunk, error) {
	c, err := s.EventStream.Next()
	return (*mining.Chunk)(c), err
}

// Mine reads an event stream outside of any instance, such as a sorted file.
func Mine(ctx context.Context, events lake.EventStream, instances bool) (*mining.Result, error) {
	return mining.Analyse(ctx, stream{events}, mining.Options{Instances: instances})
}

// analyse mines the cases that the filter keeps, with the times of each activity when they are asked for. Results are
// kept by snapshot and filter.
func (s *Service) analyse(ctx context.Context, v *view, f Filter, times bool) (*mining.Result, error) {
	key := f.key(v)
	if r, ok := s.kept(key, times); ok {
		return r, nil
	}
	release, err := take(ctx, s.turn)
	if err != nil {
		return nil, err
	}
	defer release()
	if r, ok := s.kept(key, times); ok {
		return r, nil
	}
	src, err := s.open(ctx, v, f)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	r, err := mining.Analyse(ctx, src, mining.Options{Instances: f.Instances, Times: times})
	if err != nil {
		return nil, err
	}
	s.results.put(resultKey(key, times), r)
	return r, nil
}

// kept finds a result; one with times answers for one without.
func (s *Service) kept(key string, times bool) (*mining.Result, bool) {
	if r, ok := s.results.get(resultKey(key, true)); ok || times {
		return r, ok
	}
	return s.results.get(resultKey(key, false))
}

func resultKey(key string, times bool) string {
	if times {
		return "times " + key
	}
	return key
}

func (s *Service) open(ctx context.Context, v *view, f Filter) (stream, error) {
	where, err := f.where(v)
	if err != nil {
		return stream{}, err
	}
	src, err := s.lake.Events(ctx, v.process, v.snapshot, lake.EventFilter{Where: where.sql(), Args: where.args})
	return stream{src}, err
}

func take(ctx context.Context, place chan struct{}) (release func(), err error) {
	select {
	case place <- struct{}{}:
		return func() { <-place }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
