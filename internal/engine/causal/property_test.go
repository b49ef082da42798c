package causal_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal"
)

// drawn is a series that can be estimated, with its design.
func drawn(t *rapid.T) ([]float64, causal.Grain, causal.Design) {
	before, after := rapid.IntRange(24, 60).Draw(t, "before"), rapid.IntRange(6, 30).Draw(t, "after")
	r := base.Rand(rapid.Uint64().Draw(t, "seed"), "drawn")
	rho := rapid.Float64Range(-0.7, 0.9).Draw(t, "rho")
	values, e := make([]float64, before+after), r.NormFloat64()
	for i := range values {
		e = rho*e + r.NormFloat64()
		values[i] = 20 + e
	}
	model := rapid.SampledFrom([]causal.Model{causal.Step, causal.Trend, causal.Slope}).Draw(t, "model")
	if model == causal.Slope {
		model = map[bool]causal.Model{true: causal.Slope, false: causal.Trend}[after >= 12]
	}
	grain := rapid.SampledFrom([]causal.Grain{causal.Month, causal.Quarter, causal.Year, causal.Day}).Draw(t, "grain")
	return values, grain, causal.Design{At: before, Model: model, Quick: true}
}

// image maps values.
func image(values []float64, f func(float64) float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = f(v)
	}
	return out
}

// estimated runs one estimate.
func estimated(t *rapid.T, s causal.Series, d causal.Design) *causal.Effect {
	e, err := causal.Estimate(t.Context(), s, d)
	if err != nil {
		t.Fatal(err)
	}
	if e.Estimate == nil {
		t.Fatalf("no estimate: %+v", e.Remarks)
	}
	return e
}

// same compares what an effect says, times a factor, within rounding.
func same(t *rapid.T, what string, a, b *causal.Effect, factor float64) {
	t.Helper()
	low, high := b.Low, b.High
	if factor < 0 {
		low, high = high, low
	}
	near := func(name string, x, y, unit float64) {
		if math.Abs(x-y) > 2e-4*unit {
			t.Errorf("%s: %s is %g, wanted %g", what, name, x, y)
		}
	}
	unit := math.Abs(factor) * *b.Fit.SE
	near("estimate", *a.Estimate, factor**b.Estimate, unit)
	near("low", *a.Low, factor**low, unit)
	near("high", *a.High, factor**high, unit)
	near("rho", *a.Fit.Rho, *b.Fit.Rho, 1)
	near("p", *a.P, *b.P, 1)
	if a.Fit.Season != b.Fit.Season || a.Placebo.Dates != b.Placebo.Dates {
		t.Errorf("%s: season %d and %d, dates %d and %d", what, a.Fit.Season, b.Fit.Season, a.Placebo.Dates, b.Placebo.Dates)
	}
}

// TestLevelUnitAndSign: a shift of all values shifts nothing but the level, a factor scales the effect, a change of
// sign turns it round, a constant control says nothing.
func TestLevelUnitAndSign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values, grain, d := drawn(t)
		was := estimated(t, series(grain, nil, values), d)
		shift := rapid.Float64Range(-1e4, 1e4).Draw(t, "shift")
		same(t, "shifted", estimated(t, series(grain, nil, image(values, func(v float64) float64 { return v + shift })), d), was, 1)
		factor := math.Pow(10, rapid.Float64Range(-6, 6).Draw(t, "factor"))
		same(t, "scaled", estimated(t, series(grain, nil, image(values, func(v float64) float64 { return factor * v })), d), was, factor)
		same(t, "turned", estimated(t, series(grain, nil, image(values, func(v float64) float64 { return -v })), d), was, -1)
		s := series(grain, nil, values)
		s.Controls = []string{"constant"}
		constant := rapid.Float64Range(-1e6, 1e6).Draw(t, "constant")
		for i := range s.Observations {
			s.Observations[i].Controls = []float64{constant}
		}
		with := estimated(t, s, d)
		same(t, "with a constant control", with, was, 1)
		if !with.Remarks.Has("term_dropped") {
			t.Error("a control that says nothing is to be named")
		}
	})
}

// TestEffectAdds: an effect added to the values after is added to estimate and borders, and changes neither ρ nor the
// placebo dates: restricted likelihood does not see it.
func TestEffectAdds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values, grain, d := drawn(t)
		was := estimated(t, series(grain, nil, values), d)
		effect := rapid.Float64Range(-20, 20).Draw(t, "effect")
		more := image(values, func(v float64) float64 { return v })
		for i := d.At; i < len(more); i++ {
			more[i] += effect
		}
		is := estimated(t, series(grain, nil, more), d)
		for what, pair := range map[string][2]float64{"estimate": {*is.Estimate, *was.Estimate + effect}, "low": {*is.Low, *was.Low + effect}, "rho": {*is.Fit.Rho, *was.Fit.Rho}} {
			if math.Abs(pair[0]-pair[1]) > 2e-4*(*was.Fit.SE+1) {
				t.Errorf("%s: %g, wanted %g", what, pair[0], pair[1])
			}
		}
		for i, p := range is.Placebo.Points {
			if math.Abs(p.T-was.Placebo.Points[i].T) > 1e-3*(1+p.T) {
				t.Errorf("placebo %s: %g, wanted %g", p.Label, p.T, was.Placebo.Points[i].T)
			}
		}
	})
}

// FuzzEstimate: whatever comes in, there is no panic, nothing but numbers goes out, and the answer can be written.
func FuzzEstimate(f *testing.F) {
	f.Add(36, 24, 0, "trend", "plain", "month", 1.0, 0.0, uint64(1), 0)
	f.Add(40, 28, 0, "slope", "log", "week", 1e300, 1.0, uint64(2), 1)
	f.Add(30, 24, 29, "step", "logit", "day", 0.0, math.Inf(1), uint64(3), 2)
	f.Add(48, 40, 0, "trend", "log_rate", "quarter", -1.0, math.NaN(), uint64(4), 3)
	f.Fuzz(func(t *testing.T, n, at, until int, model, scale, grain string, spread, band float64, seed uint64, odd int) {
		if n < 0 || n > 120 {
			return
		}
		s := oddSeries(n, grain, spread, seed, odd)
		d := causal.Design{At: at, Until: until, Model: causal.Model(model), Scale: causal.Scale(scale), Expected: &spread, Band: band, Class: causal.Planned, Minimum: band, Quick: seed%4 > 0}
		e, err := causal.Estimate(t.Context(), s, d)
		if err == nil {
			b, err := json.Marshal(e)
			if err != nil || strings.Contains(string(b), "NaN") {
				t.Fatalf("%v %s", err, b)
			}
		}
		if seed%8 == 0 {
			if p, err := causal.Provable(t.Context(), s, d, 8); err == nil {
				if _, err := json.Marshal(p); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

// oddSeries draws values among which stand gaps, what is no number, extremes and repetitions.
func oddSeries(n int, grain string, spread float64, seed uint64, odd int) causal.Series {
	r := base.Rand(seed, "odd")
	s := causal.Series{Grain: causal.Grain(grain)}
	if odd&1 != 0 {
		s.Controls, s.Negative = []string{"c"}, make([]float64, n)
	}
	for i := range n {
		v := 10 + spread*r.NormFloat64()
		switch pick := r.IntN(40); {
		case odd&2 != 0 && pick == 0:
			v = []float64{math.NaN(), math.Inf(1), 0, 1e308, -1e-308}[r.IntN(5)]
		case odd&4 != 0:
			v = float64(r.IntN(2))
		}
		o := causal.Observation{Label: fmt.Sprint(i), Value: &v, Size: float64(r.IntN(3)) * 50}
		if odd&8 != 0 && r.IntN(8) == 0 {
			o.Value = nil
		}
		if s.Controls != nil {
			o.Controls = []float64{v * float64(odd&16)}
			s.Negative[i] = v
		}
		s.Observations = append(s.Observations, o)
	}
	return s
}
