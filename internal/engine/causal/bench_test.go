package causal_test

import (
	"math"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal"
)

// daily draws values with a week in them.
func daily(n int) causal.Series {
	r := base.Rand(3, "daily")
	values := make([]float64, n)
	for i := range values {
		values[i] = 100 + 10*r.NormFloat64() + 5*math.Sin(float64(i)*2*math.Pi/7)
	}
	return series(causal.Day, nil, values)
}

func BenchmarkEstimateMonthly36(b *testing.B) {
	s := noisy(0.3, 2, 1)
	for b.Loop() {
		estimate(b, s, causal.Design{At: 24})
	}
}

func BenchmarkEstimateDaily1000(b *testing.B) {
	s := daily(1000)
	for b.Loop() {
		estimate(b, s, causal.Design{At: 900})
	}
}

func BenchmarkProvableMonthly36(b *testing.B) {
	s := noisy(0.3, 0, 1)
	for b.Loop() {
		if _, err := causal.Provable(b.Context(), s, causal.Design{}, 36); err != nil {
			b.Fatal(err)
		}
	}
}
