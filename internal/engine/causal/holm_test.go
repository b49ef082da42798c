package causal_test

import (
	"math"
	"testing"

	"lotse.dev/lotse/internal/engine/causal"
)

// TestHolm: R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02.
func TestHolm(t *testing.T) {
	got := causal.Holm([]float64{0.01, 0.04, math.NaN(), 0.03, 0.005})
	for i, want := range []float64{0.03, 0.06, math.NaN(), 0.06, 0.02} {
		if math.Abs(got[i]-want) > 1e-12 || math.IsNaN(got[i]) != math.IsNaN(want) {
			t.Errorf("%d: %v, wanted %v", i, got[i], want)
		}
	}
}
