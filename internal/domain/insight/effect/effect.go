// Package effect asks the catalogue for what a proof rests on: a metric over its periods, with controls and a metric
// that should not move, at a moment that can be asked for again. It keeps nothing; plans, signatures and closings belong
// to governance, the estimate to engine/causal.
package effect

import (
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/engine/proof"
)

// Service reads series.
type Service struct {
	metrics  *catalogue.Service
	settings *setting.Service
}

// New reads from the catalogue.
func New(metrics *catalogue.Service, settings *setting.Service) *Service {
	return &Service{metrics, settings}
}

// Moment is the present one.
func (s *Service) Moment(ctx context.Context) (proof.Moment, error) {
	m, err := s.metrics.Moment(ctx)
	return proof.Moment{Snapshot: m.Snapshot, Settings: m.Settings, At: m.At.UTC()}, err
}

// Series answers a question at its moment, the present one where it names none. The answer's question names the process
// and the versions of the definitions that were used.
func (s *Service) Series(ctx context.Context, ask proof.Ask) (*proof.Series, error) {
	if ask.Moment.At.IsZero() {
		now, err := s.Moment(ctx)
		if err != nil {
			return nil, err
		}
		ask.Moment = now
	}
	r, err := s.read(ctx, ask, ask.Metric, ask.Process, ask.Definition, ask.Filters)
	if err != nil {
		return nil, err
	}
	cal, err := s.calendar(ctx, ask.Moment.Settings)
	if err != nil {
		return nil, err
	}
	ask.Process, ask.Definition, ask.Controls = r.Process, r.DefinitionVersion, slices.Clone(ask.Controls)
	out := &proof.Series{Title: r.Title, Unit: string(r.Unit), Up: r.Direction == metric.Up, Down: r.Direction == metric.Down, MinN: r.MinN,
		First: r.First, Last: r.Last, Remarks: r.Remarks}
	if r.Currency != nil {
		out.Currency = *r.Currency
	}
	for _, p := range r.Points {
		out.Rows = append(out.Rows, proof.Row{From: p.From, To: p.To, Label: cal.Key(ask.Grain, period.Period{From: p.From, To: p.To}),
			Value: p.Value, Low: p.Low, High: p.High, N: p.N, Complete: p.Complete})
	}
	for i := range ask.Controls {
		values, err := s.beside(ctx, ask, &ask.Controls[i])
		if err != nil {
			return nil, err
		}
		for n := range out.Rows {
			out.Rows[n].Controls = append(out.Rows[n].Controls, values[out.Rows[n].From])
		}
	}
	if ask.Negative != nil {
		negative := *ask.Negative
		values, err := s.beside(ctx, ask, &negative)
		if err != nil {
			return nil, err
		}
		ask.Negative = &negative
		for n := range out.Rows {
			out.Rows[n].Negative = values[out.Rows[n].From]
		}
	}
	out.Ask = ask
	return out, nil
}

// beside reads another metric over the same periods, by their first days, and notes what was used.
func (s *Service) beside(ctx context.Context, ask proof.Ask, o *proof.Other) (map[period.Date]*float64, error) {
	r, err := s.read(ctx, ask, o.Metric, o.Process, o.Definition, nil)
	if err != nil {
		return nil, err
	}
	o.Process, o.Definition = r.Process, r.DefinitionVersion
	out := map[period.Date]*float64{}
	for _, p := range r.Points {
		if p.Complete {
			out[p.From] = p.Value
		}
	}
	return out, nil
}

func (s *Service) read(ctx context.Context, ask proof.Ask, name, process string, definition int, filters []string) (*catalogue.Reading, error) {
	m := catalogue.Moment{Snapshot: ask.Moment.Snapshot, Settings: ask.Moment.Settings, At: ask.Moment.At}
	return s.metrics.ReadAt(ctx, m, definition, &catalogue.QueryInput{Name: name, Process: process, Filter: filters, From: ask.From, To: ask.To, By: string(ask.Grain)})
}

func (s *Service) calendar(ctx context.Context, version int) (period.Calendar, error) {
	settings, err := s.settings.At(ctx, version)
	if err != nil {
		return period.Calendar{}, err
	}
	zone, err := time.LoadLocation(settings.Zone)
	return period.Calendar{Zone: zone, FiscalStart: time.Month(settings.FiscalStart)}, err
}

// Calendar is the company's of today.
func (s *Service) Calendar(ctx context.Context) (period.Calendar, error) {
	_, version, err := s.settings.Get(ctx)
	if err != nil {
		return period.Calendar{}, err
	}
	return s.calendar(ctx, version)
}

// State is what a metric rests on at a moment.
func (s *Service) State(ctx context.Context, m proof.Moment, name, process string) (*proof.State, error) {
	st, err := s.metrics.StateAt(ctx, catalogue.Moment{Snapshot: m.Snapshot, Settings: m.Settings, At: m.At}, name, process)
	if err != nil {
		return nil, err
	}
	return &proof.State{Title: st.Title, Process: st.Process, Definition: st.Definition, Unit: string(st.Unit), MinN: st.MinN, First: st.First, Last: st.Last, Known: st.Known, LoadedAt: st.LoadedAt}, nil
}

// Currency is the company's.
func (s *Service) Currency(ctx context.Context) (string, error) {
	v, _, err := s.settings.Get(ctx)
	return v.Currency, err
}
