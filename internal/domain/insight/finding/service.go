package finding

import (
	"context"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/assumption"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/engine/mining"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/record"
)

// Service answers the findings of an instance.
type Service struct {
	lake        lake.Store
	settings    *setting.Service
	assumptions *assumption.Service
	records     *record.Store
	clock       base.Clock

	turn   chan struct{} // one computation at a time; who holds it may use drafts
	drafts map[lake.Dataset]seen
}

// seen is what the detectors saw in a dataset, and the states of it and of its cases that they looked at.
type seen struct {
	rows, cases int64 // snapshots
	drafts      []Draft
}

// New makes the service.
func New(store lake.Store, settings *setting.Service, assumptions *assumption.Service, records *record.Store, clock base.Clock) *Service {
	return &Service{lake: store, settings: settings, assumptions: assumptions, records: records, clock: clock,
		turn: make(chan struct{}, 1), drafts: map[lake.Dataset]seen{}}
}

// All returns every finding, ranked, dismissed ones last. Drafts are computed once for each state of a dataset, so that a
// load makes only its own dataset be read again; what assumptions and people add is current.
func (s *Service) All(ctx context.Context) ([]Finding, error) {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	settings, _, err := s.settings.Get(ctx)
	if err != nil {
		return nil, err
	}
	drafts, err := s.detect(ctx)
	if err != nil {
		return nil, err
	}
	prices, err := s.prices(ctx)
	if err != nil {
		return nil, err
	}
	return s.finish(ctx, drafts, prices, settings)
}

// detect returns the drafts of every dataset, from what is kept where the dataset is as it was.
func (s *Service) detect(ctx context.Context) ([]Draft, error) {
	all, err := s.lake.Datasets(ctx)
	if err != nil {
		return nil, err
	}
	cases := map[string]lake.Info{}
	for _, info := range all {
		if info.Table == "cases" {
			cases[info.Process] = info
		}
	}
	var out []Draft
	now := map[lake.Dataset]seen{}
	for _, info := range all {
		if info.Rows == 0 {
			continue
		}
		known, ok := s.drafts[info.Dataset]
		if !ok || known.rows != info.Snapshot || known.cases != cases[info.Process].Snapshot {
			known = seen{rows: info.Snapshot, cases: cases[info.Process].Snapshot}
			if known.drafts, err = s.look(ctx, info, cases); err != nil {
				return nil, err
			}
		}
		now[info.Dataset] = known
		out = append(out, known.drafts...)
	}
	s.drafts = now
	return out, nil
}

func (s *Service) look(ctx context.Context, info lake.Info, cases map[string]lake.Info) ([]Draft, error) {
	if info.Table == "events" {
		return s.detectProcess(ctx, info, cases[info.Process])
	}
	return DetectTable(ctx, s.lake, info)
}

// detectProcess reads the log twice: for the medians, and for what lies beyond them. cases is without rows while they are
// not derived.
func (s *Service) detectProcess(ctx context.Context, info, cases lake.Info) ([]Draft, error) {
	f := &ProcessFacts{Process: info.Process, Schema: info.Schema}
	f.Derived = cases.Rows > 0 && !cases.LoadedAt.Before(info.LoadedAt)
	err := s.read(ctx, info, func(src mining.Source) (err error) {
		f.Result, err = mining.Analyse(ctx, src, mining.Options{})
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := s.read(ctx, info, func(src mining.Source) error { return f.Collect(ctx, src) }); err != nil {
		return nil, err
	}
	return DetectProcess(f), nil
}

func (s *Service) read(ctx context.Context, info lake.Info, pass func(mining.Source) error) error {
	events, err := s.lake.Events(ctx, info.Process, info.Snapshot, lake.EventFilter{})
	if err != nil {
		return err
	}
	defer events.Close()
	return pass(source{events})
}

// source adapts a stream of the lake to what the engine reads.
type source struct{ lake.EventStream }

func (s source) Next() (*mining.Chunk, error) {
	c, err := s.EventStream.Next()
	return (*mining.Chunk)(c), err
}

func (s *Service) prices(ctx context.Context) (Prices, error) {
	p := Prices{Handling: map[string]map[string]assumption.HandlingTime{}}
	times, err := s.assumptions.HandlingTimes(ctx, "")
	if err != nil {
		return p, err
	}
	for _, r := range times {
		h := r.Value
		if p.Handling[h.Process] == nil {
			p.Handling[h.Process] = map[string]assumption.HandlingTime{}
		}
		p.Handling[h.Process][h.Activity] = h
	}
	rate, found, err := s.assumptions.Rate(ctx, assumption.DefaultRole)
	if found {
		p.Rate = &rate
	}
	return p, err
}

// finish prices the drafts, adds what people kept and ranks.
func (s *Service) finish(ctx context.Context, drafts []Draft, prices Prices, settings setting.Settings) ([]Finding, error) {
	zone, err := time.LoadLocation(settings.Zone)
	if err != nil {
		return nil, err
	}
	all := make([]priced, len(drafts))
	for i, d := range drafts {
		d.Open = d.openShare(settings)
		all[i] = prices.price(d)
	}
	bySize(all)
	kept, err := s.keep(ctx, all, s.clock())
	if err != nil {
		return nil, err
	}
	out := make([]Finding, len(all))
	for i, d := range all {
		out[i] = d.finding(kept[d.id()], zone, settings.Currency)
	}
	rank(out)
	return out, nil
}

func (d *priced) finding(kept record.Record[Kept], zone *time.Location, currency string) Finding {
	f := Finding{ID: d.id(), Number: numberText(kept.Value.Number), Kind: d.Kind, Title: d.Title, Sentence: d.Sentence,
		Process: d.Process, Table: d.table(), Subject: append([]string{}, d.Subject...),
		Size:  Size{Value: d.Size, Unit: d.Unit, Low: d.Low, High: d.High},
		Euros: d.Euros, Unknown: d.Unknown, Link: d.Link, Formula: d.Formula, Certainty: d.certainty(zone), CasesCount: d.Cases, Counted: d.Rows.Noun.Many,
		State: kept.Value.State, Reason: kept.Value.Reason, Note: kept.Value.Note, Version: kept.Version,
		FirstSeen: kept.Value.FirstSeen, Remarks: d.caveats(), rows: d.Rows}
	if d.Unit == CurrencyYear {
		f.Size.Currency = d.Currency
		if f.Size.Currency == "" {
			f.Size.Currency = currency
		}
	}
	f.Evidence = Evidence{Rows: "/findings/" + f.ID + "/cases", Metric: d.Metric, SQL: d.Rows.literal()}
	return f
}

// One returns a finding by its id or its number.
func (s *Service) One(ctx context.Context, id string) (Finding, error) {
	all, err := s.All(ctx)
	if err != nil {
		return Finding{}, err
	}
	for _, f := range all {
		if f.ID == id || f.Number == id {
			return f, nil
		}
	}
	return Finding{}, base.Fail(base.NotFound, "finding_not_found",
		base.T("Den Befund „%s“ gibt es nicht oder nicht mehr.", "There is no finding “%s”, or not any more.", id)).
		WithHint(base.T("Er verschwindet, wenn die Daten ihn nicht mehr zeigen. Sehen Sie in der Liste der Befunde nach.",
			"It goes when the data no longer show it. Look into the list of findings."))
}

// Refresh computes the findings of what was loaded since they were asked for last, so that the next reader does not wait.
func (s *Service) Refresh(ctx context.Context) error {
	_, err := s.All(ctx)
	return err
}
