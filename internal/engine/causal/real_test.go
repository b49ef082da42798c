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
