package effectplan

import (
	"context"
	"slices"
	"sync"

	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/store/record"
)

// Measured is what the facts say of a plan at a moment.
type Measured struct {
	Series       *proof.Series
	Rows         []proof.Row // of which the effect was computed
	Terms        proof.Terms
	Effect       *causal.Effect
	Worth        proof.Worth
	Interference []Interference
	After        int  // periods of the window that are there
	Whole        bool // all of them are
	Superseded   bool // a later signed plan follows it
}

// Measure estimates the effect of a plan with the facts of now.
func (s *Service) Measure(ctx context.Context, p *Kept) (*Measured, error) {
	siblings, err := s.All(ctx, record.Condition{Field: "initiative", Op: "eq", Values: []string{string(p.Initiative)}})
	if err != nil {
		return nil, err
	}
	m, err := s.prepare(ctx, p)
	if err != nil {
		return nil, err
	}
	gone := superseded(siblings)
	m.Superseded = gone[p.Doc.ID]
	if !p.Main() {
		for _, o := range siblings {
			if o.Doc.ID == p.Doc.ID || !o.Signed() || o.Main() || gone[o.Doc.ID] {
				continue
			}
			other, err := s.prepare(ctx, o)
			if err != nil {
				return nil, err
			}
			e, err := s.estimate(ctx, other)
			if err != nil {
				return nil, err
			}
			m.Terms.Others = append(m.Terms.Others, e.P)
		}
	}
	if m.Effect, err = s.estimate(ctx, m); err != nil {
		return nil, err
	}
	currency, err := s.facts.Currency(ctx)
	if err != nil {
		return nil, err
	}
	m.Worth = p.Worth(m.Effect, p.worthUnit(m.Series, currency))
	return m, nil
}

// prepare reads the series and joins the terms with what else happened.
func (s *Service) prepare(ctx context.Context, p *Kept) (*Measured, error) {
	series, err := s.facts.Series(ctx, p.question())
	if err != nil {
		return nil, err
	}
	m := &Measured{Series: series, Rows: series.Known(), Terms: p.terms(series)}
	d := m.Terms.Design(m.Rows)
	m.Rows = m.Rows[:min(max(d.Until, d.At), len(m.Rows))] // what lies behind the window does not count
	if m.Interference, err = s.interference(ctx, p.Plan, m.Series); err != nil {
		return nil, err
	}
	for _, i := range m.Interference {
		if i.event {
			m.Terms.Events = append(m.Terms.Events, proof.Event{Day: i.Day, Text: i.Text, Initiative: i.Initiative})
		}
	}
	m.After = d.Until - d.At
	m.Whole = m.After >= m.Terms.Periods
	return m, nil
}

func (s *Service) estimate(ctx context.Context, m *Measured) (*causal.Effect, error) {
	ask := m.Series.Ask
	ask.Moment = proof.Moment{} // the rows say it all
	key, err := proof.Hash(struct {
		Rows  []proof.Row
		Ask   proof.Ask
		Terms proof.Terms
	}{m.Rows, ask, m.Terms})
	if err != nil {
		return nil, err
	}
	if e, ok := s.kept.get(key); ok {
		return e, nil
	}
	e, err := proof.Estimate(ctx, m.Rows, m.Series.Ask, m.Terms)
	if err != nil {
		return nil, err
	}
	s.kept.put(key, e)
	return e, nil
}

// keptEstimates is how many estimates are kept; a company has a few dozen plans.
const keptEstimates = 256

// estimates keeps what was computed, by everything that it depends on.
type estimates struct {
	mu    sync.Mutex
	byKey map[string]*causal.Effect
}

func newEstimates() *estimates { return &estimates{byKey: map[string]*causal.Effect{}} }

func (k *estimates) get(key string) (*causal.Effect, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	e, ok := k.byKey[key]
	if !ok {
		return nil, false
	}
	return clone(e), true
}

func (k *estimates) put(key string, e *causal.Effect) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.byKey) >= keptEstimates {
		clear(k.byKey)
	}
	k.byKey[key] = clone(e)
}

// clone copies what holds texts, because they are put into a language in place.
func clone(e *causal.Effect) *causal.Effect {
	out := *e
	out.Reasons, out.Checks, out.Remarks = slices.Clone(e.Reasons), slices.Clone(e.Checks), slices.Clone(e.Remarks)
	return &out
}
