package proof

import (
	"context"
	"math"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/causal"
)

// Event is something else that happened and may have moved the metric.
type Event struct {
	Day        period.Date `json:"day"`
	Text       base.Text   `json:"text"`
	Initiative string      `json:"initiative,omitempty"`
}

// Terms are what a plan fixes about the estimate, in the unit of the metric.
type Terms struct {
	FirstAffected period.Date  `json:"first_affected"`
	Periods       int          `json:"periods_after"`
	Model         causal.Model `json:"model"`
	Scale         causal.Scale `json:"scale"`
	Expected      *float64     `json:"expected"`
	Band          float64      `json:"band"`
	Minimum       float64      `json:"minimum"`
	Class         causal.Class `json:"class"`
	Events        []Event      `json:"events,omitempty"`
	Unit          string       `json:"unit,omitempty" doc:"of the metric, in which the sentences are written"`
	Currency      string       `json:"currency,omitempty"`
	Others        []*float64   `json:"others,omitempty" doc:"p-values of the other secondary metrics of the initiative"`
}

// ScaleOf is the scale of a unit where a plan names none.
func ScaleOf(unit string) causal.Scale {
	switch unit {
	case "share":
		return causal.Logit
	case "money", "seconds":
		return causal.Log
	case "count":
		return causal.LogRate
	}
	return causal.Plain
}

// Observations is a series as the engine wants it; a period without one of its controls is a gap. The number behind a
// count is the count itself and no exposure, so that a rate of counts is a rate by time.
func Observations(rows []Row, grain period.Grain, controls []Other, negative bool, scale causal.Scale) causal.Series {
	out := causal.Series{Grain: causal.Grain(grain)}
	for _, c := range controls {
		name := c.Metric
		if c.Process != "" {
			name += ", " + c.Process
		}
		out.Controls = append(out.Controls, name)
	}
	for _, r := range rows {
		o := causal.Observation{Label: r.Label, Value: r.Value, Size: float64(r.N)}
		if scale == causal.LogRate {
			o.Size = 0
		}
		if !r.Complete {
			o.Value = nil
		}
		for _, c := range r.Controls {
			if c == nil {
				o.Value = nil
				o.Controls = append(o.Controls, 0)
				continue
			}
			o.Controls = append(o.Controls, *c)
		}
		out.Observations = append(out.Observations, o)
	}
	if !negative {
		return out
	}
	for _, r := range rows { // what is missing stays missing: a planned comparison that cannot be made counts as not made
		v := math.NaN()
		if r.Negative != nil {
			v = *r.Negative
		}
		out.Negative = append(out.Negative, v)
	}
	return out
}

// Design places the terms in a series.
func (t Terms) Design(rows []Row) causal.Design {
	at := len(rows)
	for i, r := range rows {
		if r.To > t.FirstAffected {
			at = i
			break
		}
	}
	out := causal.Design{At: at, Until: min(at+t.Periods, len(rows)), Model: t.Model, Scale: t.Scale, Expected: t.Expected, Band: t.Band,
		Class: t.Class, Minimum: t.Minimum, Say: t.say(rows)}
	for _, e := range t.Events {
		out.Events = append(out.Events, causal.Event{At: place(rows, e.Day), Text: e.Text})
	}
	return out
}

// say writes numbers of the metric as people say them; nil where the unit is not known.
func (t Terms) say(rows []Row) func(float64) base.Text {
	if t.Unit == "" {
		return nil
	}
	return FigureOf(t.Unit, t.Currency, Typical(rows)).Say
}

// Typical is the mean size of the values.
func Typical(rows []Row) float64 {
	sum, n := 0.0, 0
	for _, r := range rows {
		if r.Value != nil {
			sum, n = sum+math.Abs(*r.Value), n+1
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// place is the index of the period that holds a day; days outside the series lie before or behind it by periods.
func place(rows []Row, day period.Date) int {
	if len(rows) == 0 {
		return 0
	}
	length := max(rows[0].To-rows[0].From, 1)
	switch first, last := rows[0], rows[len(rows)-1]; {
	case day < first.From:
		return -1 - int((first.From-1-day)/length)
	case day >= last.To:
		return len(rows) + int((day-last.To)/length)
	}
	for i, r := range rows {
		if day < r.To {
			return i
		}
	}
	return len(rows)
}

// Measured is how many periods of the window are there.
func (t Terms) Measured(rows []Row) int {
	d := t.Design(rows)
	return d.Until - d.At
}

// Estimate computes the effect from rows and terms alone.
func Estimate(ctx context.Context, rows []Row, ask Ask, t Terms) (*causal.Effect, error) {
	d := t.Design(rows)
	if d.At >= len(rows) {
		return nothing(rows, t), nil
	}
	e, err := causal.Estimate(ctx, Observations(rows, ask.Grain, ask.Controls, ask.Negative != nil, t.Scale), d)
	if err == nil {
		t.judgeAmong(e)
	}
	return e, err
}

// alpha is the level of every verdict.
const alpha = 0.05

// judgeAmong judges a metric that is not the primary one of its initiative by Holm's adjustment.
func (t Terms) judgeAmong(e *causal.Effect) {
	if len(t.Others) == 0 || e.P == nil {
		return
	}
	adjusted := Holm(append([]*float64{e.P}, t.Others...))[0]
	met := adjusted <= alpha
	e.Reasons = append(e.Reasons, causal.Reason{Code: "holm", Met: &met,
		Text: base.T("Der Nachweis hält auch, wenn man bedenkt, dass mehrere Kennzahlen geprüft werden.", "The proof holds even though several metrics are looked at."),
		Note: base.T("bei %d geprüften Kennzahlen durch Zufall allein in %s %% der Fälle (p nach Holm %s); belegt wird bis 5 %%", "with %d metrics looked at by chance alone in %s %% of cases (p by Holm %s); proven up to 5 %%",
			len(t.Others)+1, base.Number{Value: 100 * adjusted, Decimals: 1}, base.Number{Value: adjusted, Decimals: 3})})
	if !met && e.Verdict == causal.Proven {
		e.Verdict = causal.NotProvable
	}
}

// nothing is the effect before anything was measured after the start.
func nothing(rows []Row, t Terms) *causal.Effect {
	no := false
	e := &causal.Effect{Verdict: causal.NotProvable, Class: t.Class, Exploratory: t.Class == causal.Exploratory, Checks: []causal.Check{}, Remarks: base.Remarks{},
		Reasons: []causal.Reason{{Code: "length", Met: &no, Text: base.T("Seit dem Beginn ist noch kein Zeitraum ganz gemessen.", "No period since the start is measured in full yet."),
			Note: base.T("%d Zeiträume vorher, 0 nachher", "%d periods before, 0 after", len(rows))}}}
	for _, r := range rows {
		e.Path = append(e.Path, causal.PathPoint{Label: r.Label, Value: r.Value})
	}
	if e.Path == nil {
		e.Path = []causal.PathPoint{}
	}
	return e
}
