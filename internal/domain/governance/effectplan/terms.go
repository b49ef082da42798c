package effectplan

import (
	"encoding/json"
	"math"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/domain/governance/unit"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/engine/proof"
)

// Start is the first day of the first affected period.
func (p *Plan) Start() period.Date {
	d, _ := period.ParseDate(string(p.Affected)) // the field holds a day
	return d
}

// Window is how many periods the mean is taken over.
func (p *Plan) Window() int {
	if p.Periods == nil {
		return 0
	}
	return int(*p.Periods)
}

// Signed says whether a controller has signed the plan.
func (p *Plan) Signed() bool { return p.SignedAt != "" }

// Main says whether the plan is about the primary metric of its initiative.
func (p *Plan) Main() bool { return p.Primary != nil && *p.Primary }

// Question is what the plan asks of the facts; a signed one asks with the versions that it was signed with.
func (p *Plan) question() proof.Ask {
	ask := proof.Ask{Metric: p.Metric, Process: p.Process, Grain: period.Grain(p.Grain)}
	for _, f := range p.Filters {
		ask.Filters = append(ask.Filters, f.Field+"="+f.Value)
	}
	for _, c := range p.Controls {
		ask.Controls = append(ask.Controls, proof.Other{Metric: c.Metric, Process: c.Process})
	}
	if p.Negative != "" {
		ask.Negative = &proof.Other{Metric: p.Negative, Process: p.NegativeProcess}
	}
	if p.Question != "" {
		var signed proof.Ask
		if json.Unmarshal([]byte(p.Question), &signed) == nil {
			signed.Moment = proof.Moment{}
			return signed
		}
	}
	return ask
}

// terms are what the plan fixes about the estimate. series says what is left to the metric while nobody has signed.
func (p *Plan) terms(s *proof.Series) proof.Terms {
	t := proof.Terms{FirstAffected: p.Start(), Periods: p.Window(), Model: causal.Model(p.Model), Scale: p.scale(s), Class: causal.Exploratory, Minimum: p.least(s)}
	t.Unit, t.Currency = s.Unit, s.Currency
	if t.Model == "" {
		t.Model = causal.Trend
	}
	if p.Expected != nil {
		v := unit.Scaled(*p.Expected, p.Unit)
		t.Expected = &v
	}
	if p.Band != nil {
		t.Band = unit.Scaled(*p.Band, p.Unit)
	}
	if p.Signed() {
		t.Class = causal.Class(p.Class)
	}
	for _, e := range p.Events {
		if day, err := period.ParseDate(string(e.Date)); err == nil {
			t.Events = append(t.Events, proof.Event{Day: day, Text: base.T(e.Text, e.Text)})
		}
	}
	return t
}

func (p *Plan) scale(s *proof.Series) causal.Scale {
	switch {
	case p.Used != "":
		return causal.Scale(p.Used)
	case p.Scale != "" && p.Scale != "auto":
		return causal.Scale(p.Scale)
	}
	return proof.ScaleOf(s.Unit)
}

// least is the smallest sample of a period; counts and sums are whole whatever their number.
func (p *Plan) least(s *proof.Series) float64 {
	switch {
	case p.Signed() && p.Least != nil:
		return *p.Least
	case p.Minimum != nil:
		return *p.Minimum
	case slices.Contains([]string{"share", "seconds", "number"}, s.Unit):
		return float64(s.MinN)
	}
	return 0
}

// price is what one of the metric's own units is worth a year; of other benefits without a value it is the unit itself.
func (p *Plan) price() proof.Price {
	if p.Value == nil {
		return proof.Price{Min: 1, Likely: 1, Max: 1}
	}
	return proof.Price{Min: unit.Per(p.Value.Min, p.Unit), Likely: unit.Per(p.Value.Likely, p.Unit), Max: unit.Per(p.Value.Max, p.Unit)}
}

// worthUnit is what the worth is counted in.
func (p *Plan) worthUnit(s *proof.Series, currency string) string {
	switch {
	case p.WorthUnit != "":
		return p.WorthUnit
	case p.Benefit == "released_time":
		return "h"
	case p.Benefit == "other" && p.BenefitUnit != "":
		return p.BenefitUnit
	case p.Benefit == "other":
		return s.Unit
	case p.Currency != "":
		return p.Currency
	}
	return currency
}

// Priced is what one of the metric's own units is worth a year, and the sign of the change that helps.
func (p *Plan) Priced() (price proof.Price, toward float64) {
	toward = 1
	if p.Expected != nil {
		toward = math.Copysign(1, *p.Expected)
	}
	return p.price(), toward
}

// Worth carries an effect through the signed price.
func (p *Plan) Worth(e *causal.Effect, worthUnit string) proof.Worth {
	price, toward := p.Priced()
	return proof.WorthOf(e, price, toward, string(p.Benefit), worthUnit)
}
