package effectplan

import (
	"context"
	"encoding/json"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/proof"
	"lotse.dev/lotse/internal/store/record"
)

// ClockBack refuses a signature while the clock is before the newest instant that the instance knows: the class of a
// plan and the order of signatures rest on it.
func ClockBack(ctx context.Context, newest Newest, now time.Time) error {
	known, err := newest(ctx)
	if err != nil || !now.Before(known) {
		return err
	}
	return base.Fail(base.Refused, "clock_back", base.T("Die Uhr dieses Rechners steht auf %s und damit vor dem letzten Eintrag vom %s. Unterschreiben ist so nicht möglich.",
		"The clock of this machine stands at %s, before the last entry of %s. Nothing can be signed like this.", instant(now), instant(known))).
		WithHint(base.T("Lassen Sie die Uhr des Servers richten.", "Have the clock of the server set right."))
}

func instant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") }

// approving is the signature: it decides the class by clock and stored facts and freezes what the plan asks.
func (s *Service) approving(doc record.Doc, by string) (map[string]any, error) {
	ctx := context.Background()
	p, err := Of(doc)
	if err != nil {
		return nil, err
	}
	now := s.clock().UTC()
	if err := ClockBack(ctx, s.newest, now); err != nil {
		return nil, err
	}
	if err := s.alone(ctx, doc.ID, p); err != nil {
		return nil, err
	}
	moment, err := s.facts.Moment(ctx)
	if err != nil {
		return nil, err
	}
	ask := p.question()
	st, err := s.facts.State(ctx, moment, p.Metric, p.Process)
	if err != nil {
		return nil, err
	}
	ask.Process, ask.Definition, ask.Moment = st.Process, st.Definition, moment
	for i := range ask.Controls {
		if err := s.fix(ctx, moment, &ask.Controls[i]); err != nil {
			return nil, err
		}
	}
	if ask.Negative != nil {
		if err := s.fix(ctx, moment, ask.Negative); err != nil {
			return nil, err
		}
	}
	class, reason, err := s.classify(ctx, p, st, now)
	if err != nil {
		return nil, err
	}
	question, err := json.Marshal(ask)
	if err != nil {
		return nil, err
	}
	currency, err := s.facts.Currency(ctx)
	if err != nil {
		return nil, err
	}
	series := &proof.Series{Unit: st.Unit, MinN: st.MinN}
	set := map[string]any{"definition_version": float64(st.Definition), "signed_by": by, "signed_at": now.Format(time.RFC3339Nano), "snapshot": float64(moment.Snapshot),
		"class": class, "class_reason": reason, "question": string(question), "scale_used": string(p.scale(series)), "least_used": p.least(series),
		"worth_unit": p.worthUnit(series, currency)}
	if !st.Last.IsZero() {
		set["last_fact"] = st.Last.UTC().Format(time.RFC3339Nano)
	}
	return set, nil
}

func (s *Service) fix(ctx context.Context, m proof.Moment, o *proof.Other) error {
	st, err := s.facts.State(ctx, m, o.Metric, o.Process)
	if err == nil {
		o.Process, o.Definition = st.Process, st.Definition
	}
	return err
}

// classify says how a plan that is signed now was planned. Facts that were loaded and withdrawn again are known too:
// whoever looked at them has seen the result.
func (s *Service) classify(ctx context.Context, p *Plan, st *proof.State, now time.Time) (class, reason string, err error) {
	cal, err := s.facts.Calendar(ctx)
	if err != nil {
		return "", "", err
	}
	start := cal.Start(p.Start())
	switch {
	case !st.Last.Before(start):
		return "exploratory", "facts_known", nil
	case !st.Known.Before(start):
		return "exploratory", "facts_withdrawn", nil
	case now.Before(start):
		return "planned", "before_start", nil
	}
	return "retrospective", "later_by_clock", nil
}

// alone refuses a second signed plan of the same question, and a second primary metric: whoever may choose among plans
// afterwards has planned nothing.
func (s *Service) alone(ctx context.Context, id string, p *Plan) error {
	list, err := s.All(ctx, record.Condition{Field: "initiative", Op: "eq", Values: []string{string(p.Initiative)}})
	if err != nil {
		return err
	}
	gone := superseded(list)
	for _, o := range list {
		if o.Doc.ID == id || !o.Signed() || gone[o.Doc.ID] || o.Doc.ID == string(p.Follows) {
			continue
		}
		if o.Metric == p.Metric && o.question().Process == p.question().Process || o.Metric == p.Metric && p.Process == "" {
			return base.Fail(base.Conflict, "plan_signed", base.T("Für diese Kennzahl gilt schon der unterschriebene Plan „%s“.", "The signed plan “%s” already holds for this metric.", o.Title)).
				WithHint(base.T("Nennen Sie ihn unter „Ersetzt den Plan“, wenn der neue ihn ablösen soll.", "Name it under “Replaces the plan” if the new one shall follow it."))
		}
		if o.Main() && p.Main() {
			return base.Fail(base.Conflict, "primary_signed", base.T("Das Vorhaben hat schon eine Hauptkennzahl: „%s“.", "The initiative has a primary metric already: “%s”.", o.Title))
		}
	}
	return nil
}

// superseded are the plans that a signed one follows.
func superseded(list []*Kept) map[string]bool {
	out := map[string]bool{}
	for _, p := range list {
		if p.Signed() && p.Follows != "" {
			out[string(p.Follows)] = true
		}
	}
	return out
}
