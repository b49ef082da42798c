package proof

import (
	"math"

	"lotse.dev/lotse/internal/engine/causal"
)

// Price is what one unit of a metric is worth in a year, as signed: euros, or hours of the class of released time.
type Price struct{ Min, Likely, Max float64 }

// Worth is what an effect is worth in a year, with its limits. Classes never add up.
type Worth struct {
	Class  string   `json:"class" enum:"cash,avoided_cost,released_time,other"`
	Unit   string   `json:"unit" doc:"currency, h or a unit of its own, a year"`
	Low    *float64 `json:"low"`
	Middle *float64 `json:"middle"`
	High   *float64 `json:"high"`
}

// WorthOf carries the interval of an effect through a price. toward is the sign of the change that helps. The lowest
// and highest of all products of both ranges are the limits, so that a range across zero keeps both its signs.
func WorthOf(e *causal.Effect, p Price, toward float64, class, unit string) Worth {
	w := Worth{Class: class, Unit: unit}
	if e == nil || e.Estimate == nil {
		return w
	}
	middle := cents(toward * *e.Estimate * p.Likely)
	w.Middle = &middle
	if e.Low == nil || e.High == nil {
		return w
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range []float64{*e.Low, *e.High} {
		for _, y := range []float64{p.Min, p.Max} {
			low, high = min(low, toward*x*y), max(high, toward*x*y)
		}
	}
	low, high = cents(low), cents(high)
	w.Low, w.High = &low, &high
	return w
}

// cents rounds to hundredths: nobody signs for less, and every machine writes the same number.
func cents(v float64) float64 { return math.Round(v*100) / 100 }

// Holm adjusts the p-values of a family for their number; unknown ones count as 1. The answer is in the order of the
// question.
func Holm(p []*float64) []float64 {
	type placed struct {
		at int
		p  float64
	}
	list := make([]placed, len(p))
	for i, v := range p {
		list[i] = placed{i, 1}
		if v != nil {
			list[i].p = *v
		}
	}
	for i := range list { // insertion: families are a handful
		for j := i; j > 0 && list[j].p < list[j-1].p; j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
	out, running := make([]float64, len(p)), 0.0
	for i, x := range list {
		running = max(running, min(1, float64(len(list)-i)*x.p))
		out[x.at] = running
	}
	return out
}
