package causal_test

import (
	"math"
	"slices"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal"
)

// clear is a planned fall of five standard deviations that everything speaks for.
func clear() (causal.Series, causal.Design) {
	expected := -4.0
	s := noisy(0.2, -5, 11)
	for i := range s.Observations {
		s.Observations[i].Size = 100
	}
	return s, causal.Design{At: 24, Class: causal.Planned, Expected: &expected, Minimum: 30, Quick: true}
}

// TestEachConditionCanPreventProof takes a proven effect and breaks one condition at a time.
func TestEachConditionCanPreventProof(t *testing.T) {
	up := 4.0
	for _, c := range []struct {
		name, code, met string
		verdict         causal.Verdict
		change          func(*causal.Series, *causal.Design)
	}{
		{"nothing", "planned", "true", causal.Proven, func(*causal.Series, *causal.Design) {}},
		{"in retrospect", "planned", "true", causal.Proven, func(_ *causal.Series, d *causal.Design) { d.Class = causal.Retrospective }},
		{"no plan", "planned", "false", causal.NotProvable, func(_ *causal.Series, d *causal.Design) { d.Class = "" }},
		{"other direction", "direction", "false", causal.NotProvable, func(_ *causal.Series, d *causal.Design) { d.Expected = &up }},
		{"no direction", "direction", "open", causal.NotProvable, func(_ *causal.Series, d *causal.Design) { d.Expected = nil }},
		{"event two periods on", "events", "false", causal.NotProvable, func(_ *causal.Series, d *causal.Design) {
			d.Events = []causal.Event{{At: 26, Text: base.T("Umzug", "move")}}
		}},
		{"event three periods before", "events", "true", causal.Proven, func(_ *causal.Series, d *causal.Design) { d.Events = []causal.Event{{At: 21}} }},
		{"few cases once", "sample", "false", causal.NotProvable, func(s *causal.Series, _ *causal.Design) { s.Observations[5].Size = 29 }},
		{"one period missing", "length", "true", causal.Proven, func(s *causal.Series, _ *causal.Design) { s.Observations[29].Value = nil }},
		{"two periods missing", "length", "false", causal.NotProvable, func(s *causal.Series, _ *causal.Design) {
			s.Observations[28].Value, s.Observations[29].Value = nil, nil
		}},
		{"23 before", "length", "false", causal.NotProvable, func(s *causal.Series, d *causal.Design) { s.Observations, d.At = s.Observations[1:], 23 }},
		{"5 after", "length", "false", causal.NotProvable, func(_ *causal.Series, d *causal.Design) { d.Until = 29 }},
		{"6 after", "length", "true", causal.Proven, func(_ *causal.Series, d *causal.Design) { d.Until = 30 }},
		{"slope with 11 after", "length", "false", causal.NotProvable, func(_ *causal.Series, d *causal.Design) { d.Model, d.Until = causal.Slope, 35 }},
		{"days without a year before", "season", "false", causal.NotProvable, func(s *causal.Series, _ *causal.Design) { s.Grain = causal.Day }},
		{"a control for them", "season", "true", causal.Proven, func(s *causal.Series, _ *causal.Design) {
			s.Grain, s.Controls = causal.Day, []string{"other"}
			for i := range s.Observations {
				s.Observations[i].Controls = []float64{float64(i*i*7919%23) / 23}
			}
		}},
		{"negative metric moved", "negative", "false", causal.NotProvable, func(s *causal.Series, _ *causal.Design) {
			for _, o := range s.Observations {
				s.Negative = append(s.Negative, 3**o.Value)
			}
		}},
		{"negative metric stood still", "negative", "true", causal.Proven, func(s *causal.Series, _ *causal.Design) {
			for _, o := range noisy(0, 0, 3).Observations {
				s.Negative = append(s.Negative, *o.Value)
			}
		}},
		{"within the band", "band", "false", causal.NoSign, func(_ *causal.Series, d *causal.Design) { d.Band = 10 }},
		{"beyond the band", "band", "true", causal.Proven, func(_ *causal.Series, d *causal.Design) { d.Band = 1 }},
		{"an exploration within the band", "band", "false", causal.NoSign, func(_ *causal.Series, d *causal.Design) { d.Band, d.Class = 10, "" }},
		{"no effect", "interval", "false", causal.NotProvable, func(s *causal.Series, _ *causal.Design) {
			s.Observations = noisy(0.2, 0, 12).Observations[:36]
			sizes(s)
		}},
		{"one period carries all", "checks", "false", causal.NotProvable, func(s *causal.Series, _ *causal.Design) {
			s.Observations = noisy(0.2, 0, 12).Observations
			sizes(s)
			*s.Observations[30].Value -= 40
			for _, i := range []int{25, 27, 33, 35} {
				*s.Observations[i].Value += 2
			}
		}},
	} {
		s, d := clear()
		c.change(&s, &d)
		e := estimate(t, s, d)
		if got := met(e, c.code); got != c.met || e.Verdict != c.verdict {
			t.Errorf("%s: %s is %s, wanted %s; verdict %s, wanted %s", c.name, c.code, got, c.met, e.Verdict, c.verdict)
		}
		for _, r := range e.Reasons {
			if r.Text.De == "" || r.Text.En == "" || r.Text.De == r.Text.En {
				t.Errorf("%s: %s lacks a sentence: %+v", c.name, r.Code, r.Text)
			}
		}
	}
}

func sizes(s *causal.Series) {
	for i := range s.Observations {
		s.Observations[i].Size = 100
	}
}

// TestOldDatesThatShiftedAsMuch: a series that has shifted before is no proof of its last shift.
func TestOldDatesThatShiftedAsMuch(t *testing.T) {
	s, d := clear()
	for i := range s.Observations {
		if i >= 12 {
			*s.Observations[i].Value += 6
		}
	}
	if e := estimate(t, s, d); met(e, "placebo") != "false" || e.Verdict != causal.NotProvable || e.Placebo.Exceeding == 0 {
		t.Errorf("%s %+v", e.Verdict, e.Placebo)
	}
}

// TestPlaceboCounts: 24 periods before give the 13 dates with 8 before and 4 after them; p = (1 + exceeding) ÷ 14.
func TestPlaceboCounts(t *testing.T) {
	s, d := clear()
	p := estimate(t, s, d).Placebo
	if p.Dates != 13 || p.Points[0].Label != "8" || p.Points[12].Label != "20" || p.Exceeding != 0 || math.Abs(*p.P-1.0/14) > 1e-12 || *p.Floor != *p.P {
		t.Errorf("%+v", p)
	}
}

// TestUnitRootWarns: of random walks of 36 periods at least nine in ten are warned of, of white noise few.
func TestUnitRootWarns(t *testing.T) {
	const n = 100
	walks, noise := 0, 0
	for seed := range n {
		r := base.Rand(uint64(seed), "walk")
		walk, white, at := make([]float64, 36), make([]float64, 36), 100.0
		for i := range walk {
			at += r.NormFloat64()
			walk[i], white[i] = at, r.NormFloat64()
		}
		for count, values := range map[*int][]float64{&walks: walk, &noise: white} {
			if e := estimate(t, series(causal.Year, nil, values), causal.Design{At: 24, Quick: true}); e.Remarks.Has("unit_root") && met(e, "unit_root") == "open" {
				*count++
			}
		}
	}
	if walks < 90 || noise > 5 {
		t.Errorf("warned of %d random walks and %d of white noise", walks, noise)
	}
}

// TestSeasonByGrain: harmonic pairs where the time before carries them and the values have a season.
func TestSeasonByGrain(t *testing.T) {
	for _, c := range []struct {
		name         string
		grain        causal.Grain
		before, want int
		cycle        float64
		second       bool
	}{
		{"month, two years", causal.Month, 24, 1, 12, false},
		{"month, three years", causal.Month, 36, 2, 12, true},
		{"month, three years, one swing", causal.Month, 36, 1, 12, false},
		{"week, 103", causal.Week, 103, 0, 52.18, false},
		{"week, 104", causal.Week, 104, 1, 52.18, false},
		{"week, three years", causal.Week, 157, 2, 52.18, true},
		{"day", causal.Day, 60, 2, 7, true},
		{"quarter", causal.Quarter, 24, 1, 4, false},
		{"year", causal.Year, 40, 0, 12, false},
	} {
		r := base.Rand(5, "season")
		values := make([]float64, c.before+12)
		for i := range values {
			angle := 2 * math.Pi * float64(i) / c.cycle
			values[i] = 10*math.Sin(angle) + r.NormFloat64()
			if c.second {
				values[i] += 8 * math.Cos(2*angle)
			}
		}
		e := estimate(t, series(c.grain, nil, values), causal.Design{At: c.before, Quick: true})
		if e.Fit.Season != c.want {
			t.Errorf("%s: %d pairs, wanted %d", c.name, e.Fit.Season, c.want)
		}
	}
}

// TestPathEndsWithTheWindow: what lies after the window is shown but not fitted.
func TestPathEndsWithTheWindow(t *testing.T) {
	s, d := clear()
	d.Until = 32
	e := estimate(t, s, d)
	for i := 32; i < 36; i++ {
		*s.Observations[i].Value += 1000
	}
	if again := estimate(t, s, d); *again.Estimate != *e.Estimate || *again.P != *e.P {
		t.Error("values after the window changed the estimate")
	}
	last := e.Path[35]
	if last.InWindow || last.Fitted != nil || last.Expected == nil || *last.Low >= *last.Expected {
		t.Errorf("%+v", last)
	}
	if e.Path[23].Expected != nil || e.Path[24].Expected == nil || math.Abs(*e.Path[24].Fitted-*e.Path[24].Expected-*e.Estimate) > 1e-9 {
		t.Errorf("%+v %+v", e.Path[23], e.Path[24])
	}
}

// TestScalesKeepZero: the interval excludes zero in the unit of the value where it does on the scale of the model, and
// the effect is the mean difference: a third less of 30 is 10.
func TestScalesKeepZero(t *testing.T) {
	r := base.Rand(9, "scales")
	cost, share := make([]float64, 40), make([]float64, 40)
	for i := range cost {
		cost[i], share[i] = 30*math.Exp(0.02*r.NormFloat64()), 0.5+0.01*r.NormFloat64()
		if i >= 28 {
			cost[i], share[i] = cost[i]*2/3, share[i]-0.1
		}
	}
	e := estimate(t, series(causal.Month, nil, cost), causal.Design{At: 28, Scale: causal.Log, Model: causal.Step, Quick: true})
	if math.Abs(*e.Estimate+10) > 0.5 || *e.High >= 0 || math.Abs(*e.Relative+1.0/3) > 0.01 {
		t.Errorf("log: %v [%v, %v] %v", *e.Estimate, *e.Low, *e.High, *e.Relative)
	}
	s := series(causal.Month, nil, share)
	for i := range s.Observations {
		s.Observations[i].Size = 500
	}
	if e := estimate(t, s, causal.Design{At: 28, Scale: causal.Logit, Model: causal.Step, Quick: true}); math.Abs(*e.Estimate+0.1) > 0.005 || *e.High >= 0 || *e.Low < -1 {
		t.Errorf("logit: %v [%v, %v]", *e.Estimate, *e.Low, *e.High)
	}
	share[3] = 1.2
	if e := estimate(t, series(causal.Month, nil, share), causal.Design{At: 28, Scale: causal.Logit}); e.Estimate != nil || !e.Remarks.Has("scale_unfit") || e.Verdict != causal.NotProvable {
		t.Errorf("a share above 1: %+v", e.Remarks)
	}
}

// TestCountsByExposure: twice the working days are twice the cases; the effect is on the rate, given in cases a period.
func TestCountsByExposure(t *testing.T) {
	r := base.Rand(10, "counts")
	counts, days := make([]float64, 40), make([]float64, 40)
	for i := range counts {
		days[i] = float64(10 + r.IntN(11))
		rate := 20.0
		if i >= 28 {
			rate = 10
		}
		counts[i] = math.Round(rate * days[i] * math.Exp(0.03*r.NormFloat64()))
	}
	s := series(causal.Month, nil, counts)
	mean := 0.0
	for i := range s.Observations {
		s.Observations[i].Size = days[i]
		if i >= 28 {
			mean += days[i] / 12
		}
	}
	d := causal.Design{At: 28, Scale: causal.LogRate, Model: causal.Step, Quick: true}
	e := estimate(t, s, d)
	if math.Abs(*e.Estimate+10*mean) > 0.05*10*mean || math.Abs(*e.Relative+0.5) > 0.03 || *e.High >= 0 {
		t.Errorf("%v, wanted %v; %v", *e.Estimate, -10*mean, *e.Relative)
	}
	counts[5] = 0
	if e := estimate(t, s, d); e.Estimate == nil || !e.Remarks.Has("zero_counts") {
		t.Errorf("a period without a case: %+v", e.Remarks)
	}
}

// TestNothingVaries: a constant series has no range of uncertainty, which is said.
func TestNothingVaries(t *testing.T) {
	values := slices.Repeat([]float64{7}, 40)
	if e := estimate(t, series(causal.Month, nil, values), causal.Design{At: 28}); e.Low != nil || e.Smallest != nil || !e.Remarks.Has("no_variation") || e.Verdict != causal.NotProvable {
		t.Errorf("%+v", e)
	}
}
