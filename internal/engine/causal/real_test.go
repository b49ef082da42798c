package causal_test

import (
	"math"
	"testing"

	"lotse.dev/lotse/internal/engine/causal"
)

// TestNile: effect.md for the level shift of 1899 (Cobb 1978).
func TestNile(t *testing.T) {
	labels, values := column(t, "nile_level_shift.csv", "time", "value", ',')
	s, at := series(causal.Year, labels, values), indexOf(t, labels, "1899")
	for _, c := range []struct {
		model               causal.Model
		estimate, low, high float64
	}{{causal.Step, -249.3, -317, -182}, {causal.Trend, -283.9, -395, -173}} {
		e := estimate(t, s, causal.Design{At: at, Model: c.model})
		if math.Abs(*e.Estimate-c.estimate) > 0.05 || math.Abs(*e.Low-c.low) > 3 || math.Abs(*e.High-c.high) > 3 {
			t.Errorf("%s: %.1f [%.1f, %.1f]", c.model, *e.Estimate, *e.Low, *e.High)
		}
	}
	if e := estimate(t, s, causal.Design{At: at, Model: causal.Slope}); *e.Low > 0 || *e.High < 0 {
		t.Errorf("slope excludes zero: [%.1f, %.1f]", *e.Low, *e.High)
	}
}

// TestComparisonDataIsNotProven: data without effect, for which R's CausalImpact with the same controls gives −657
// [−2076, 832] (data/README.md); it is planned here, so that nothing but the data keeps it from being proven.
func TestComparisonDataIsNotProven(t *testing.T) {
	labels, values := column(t, "causalimpact_comparison_data.csv", "DATE", "CHANGED", ',')
	s, at, expected := series(causal.Day, labels, values), indexOf(t, labels, "2019-07-15"), -700.0
	d := causal.Design{At: at, Class: causal.Planned, Expected: &expected}
	if e := estimate(t, s, d); e.Verdict != causal.NotProvable || met(e, "interval") != "false" {
		t.Errorf("without controls: %s %v", e.Verdict, *e.Estimate)
	}
	for _, name := range []string{"NOT_CHANGED_1", "NOT_CHANGED_2", "NOT_CHANGED_3"} {
		withControl(t, &s, "causalimpact_comparison_data.csv", name, ',')
	}
	e := estimate(t, s, d)
	if e.Verdict != causal.NotProvable || met(e, "interval") != "false" || met(e, "placebo") != "false" {
		t.Errorf("with controls: %s", e.Verdict)
	}
	if *e.Estimate < -900 || *e.Estimate > -400 || *e.Low < -2300 || *e.High > 900 {
		t.Errorf("with controls: %.0f [%.0f, %.0f]", *e.Estimate, *e.Low, *e.High)
	}
}

// TestVolkswagen: the price fell by a quarter against BMW and Allianz after 20 September 2015.
func TestVolkswagen(t *testing.T) {
	labels, values := column(t, "volkswagen_stock_weekly.csv", "Date", "VolksWagen", ' ')
	s, at, expected := series(causal.Week, labels, values), indexOf(t, labels, "2015-09-20"), -20.0
	withControl(t, &s, "volkswagen_stock_weekly.csv", "BMW", ' ')
	withControl(t, &s, "volkswagen_stock_weekly.csv", "Allianz", ' ')
	e := estimate(t, s, causal.Design{At: at, Until: at + 26, Scale: causal.Log, Class: causal.Retrospective, Expected: &expected, Quick: true})
	if e.Verdict != causal.Proven || *e.Relative > -0.15 || *e.Relative < -0.35 {
		t.Errorf("%s %.2f", e.Verdict, *e.Relative)
	}
	if !e.Remarks.Has("unit_root") {
		t.Error("prices wander, which is to be said")
	}
}

// TestProposition99: 19 years before are too few for a single series; the answer is a chart with what could be shown.
func TestProposition99(t *testing.T) {
	labels, values := column(t, "california_prop99_wide.csv", "Year", "California", ',')
	e := estimate(t, series(causal.Year, labels, values), causal.Design{At: indexOf(t, labels, "1989")})
	if e.Verdict != causal.NotProvable || met(e, "length") != "false" || e.Estimate != nil || e.Fit != nil {
		t.Errorf("%s %+v", e.Verdict, e.Reasons)
	}
	if len(e.Path) != 31 || *e.Path[0].Value != 123 || !e.Path[19].InWindow || e.Path[18].InWindow {
		t.Errorf("path: %+v", e.Path)
	}
	if e.Smallest == nil || *e.Smallest < 2 || *e.Smallest > 30 || !e.Remarks.Has("smallest_if_longer") {
		t.Errorf("smallest: %v", e.Smallest)
	}
}

// withControl adds a column of a shared file as control.
func withControl(t *testing.T, s *causal.Series, file, name string, comma rune) {
	t.Helper()
	_, values := column(t, file, name, name, comma)
	s.Controls = append(s.Controls, name)
	for i, v := range values {
		s.Observations[i].Controls = append(s.Observations[i].Controls, v)
	}
}
