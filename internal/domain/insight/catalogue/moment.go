package catalogue

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/record"
)

// Moment names everything that figures depend on, so that they can be computed again later: the snapshot of the facts,
// the version of the settings, and the time.
type Moment struct {
	Snapshot int64
	Settings int
	At       time.Time
}

// Reading is a figure by period at a moment.
type Reading struct {
	Result
	Direction metric.Direction
	MinN      int64
	First     time.Time // earliest and latest instant of the table that the figure reads, zero when there is none
	Last      time.Time
	LoadedAt  time.Time
}

// Moment is the present one.
func (s *Service) Moment(ctx context.Context) (Moment, error) {
	snapshot, err := s.lake.Snapshot(ctx)
	if err != nil {
		return Moment{}, err
	}
	_, version, err := s.settings.Get(ctx)
	return Moment{Snapshot: snapshot, Settings: version, At: s.clock()}, err
}

// ReadAt answers a question as it was answered at a moment. definition is the version of the metric's definition then,
// 0 for the present one.
func (s *Service) ReadAt(ctx context.Context, m Moment, definition int, in *QueryInput) (*Reading, error) {
	q, err := in.question()
	if err != nil {
		return nil, err
	}
	q.Compare = false
	e, err := s.findVersion(ctx, in.Name, definition)
	if err != nil {
		return nil, err
	}
	v, err := s.viewAt(ctx, m)
	if err != nil {
		return nil, err
	}
	src, err := s.source(ctx, v, e, in.Process)
	if err != nil {
		return nil, err
	}
	src.info.Snapshot = m.Snapshot
	a, err := s.ask(ctx, v, e, src, q)
	if err != nil {
		return nil, err
	}
	return &Reading{Direction: e.Direction, MinN: e.MinN, First: src.info.First, Last: src.info.Last, LoadedAt: src.info.LoadedAt,
		Result: Result{Metric: a.Metric, Title: e.Title, Process: src.process, Unit: a.Unit, Currency: a.Currency, DefinitionVersion: a.DefinitionVersion,
			By: a.By, Points: a.Points, DataUntil: src.until(), DataAge: src.age(v.env.Now), Targets: []Path{}, Remarks: a.Remarks}}, nil
}

// viewAt is the view at a moment.
func (s *Service) viewAt(ctx context.Context, m Moment) (*view, error) {
	settings, err := s.settings.At(ctx, m.Settings)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(settings.Zone)
	if err != nil {
		return nil, err
	}
	datasets, err := s.lake.DatasetsAt(ctx, m.Snapshot)
	if err != nil {
		return nil, err
	}
	return &view{rules: settings, settings: m.Settings, datasets: datasets, env: environment(settings, zone, m.At)}, nil
}

// findVersion is a metric as a version defined it. Those of Lotse itself are kept in their present version only.
func (s *Service) findVersion(ctx context.Context, name string, version int) (entry, error) {
	e, err := s.find(ctx, name)
	if err == nil && (version == 0 || e.Version == version) {
		return e, nil
	}
	if err != nil && !base.IsKind(err, base.NotFound) {
		return e, err
	}
	history, herr := record.History(ctx, s.records, ownKind, name)
	for _, h := range history {
		if h.Version == version && h.Action != "delete" {
			return ownEntry(record.Record[Own]{ID: name, Version: version, Value: h.Value}, nil), nil
		}
	}
	switch {
	case err != nil:
		return e, err
	case herr != nil && !base.IsKind(herr, base.NotFound):
		return e, herr
	}
	return e, base.Fail(base.NotFound, "definition_gone", base.T("Die Fassung %d der Kennzahl „%s“ kennt diese Version von Lotse nicht mehr.",
		"This version of Lotse no longer knows version %d of the metric “%s”.", version, name))
}

// State is what a figure rests on at a moment, without asking for the figure.
type State struct {
	Title       base.Text
	Process     string
	Definition  int
	Unit        metric.Unit
	MinN        int64
	First, Last time.Time // of the table that the figure reads, and of the figure itself; zero when there is none
	Known       time.Time // last fact that was ever loaded, withdrawn ones included
	LoadedAt    time.Time
	Rows        int64 // of that table
}

// StateAt describes what a figure rests on at a moment.
func (s *Service) StateAt(ctx context.Context, m Moment, name, process string) (*State, error) {
	e, err := s.find(ctx, name)
	if err != nil {
		return nil, err
	}
	v, err := s.viewAt(ctx, m)
	if err != nil {
		return nil, err
	}
	src, err := s.source(ctx, v, e, process)
	if err != nil {
		return nil, err
	}
	src.info.Snapshot = m.Snapshot
	first, last := src.info.First, src.info.Last
	bounds, err := metric.FindBounds(ctx, e.Definition, src.relation, src.env, dialect, src)
	if err != nil {
		return nil, err
	}
	if bounds.Last.After(last) { // a ticket is opened on one day and resolved on another
		last = bounds.Last
	}
	if first.IsZero() { // of derived rows the lake keeps no time
		first = bounds.First.UTC()
	}
	table := e.Table
	if e.PerProcess() { // cases are derived from the events that were loaded
		table = metric.Events
	}
	known, err := s.lake.EverLast(ctx, lake.Dataset{Table: table, Process: src.process})
	if err != nil {
		return nil, err
	}
	return &State{Title: e.Title, Known: known, Process: src.process, Definition: e.Version, Unit: e.Unit, MinN: e.MinN, First: first, Last: last.UTC(), LoadedAt: src.info.LoadedAt, Rows: src.info.Rows}, nil
}

// TitleOf is the title of a metric.
func (s *Service) TitleOf(ctx context.Context, name string) (base.Text, error) {
	e, err := s.find(ctx, name)
	return e.Title, err
}
