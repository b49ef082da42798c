package finance_test

import (
	"math"
	"testing"

	"lotse.dev/lotse/internal/engine/finance"
)

func TestInternalRates(t *testing.T) {
	for _, c := range []struct {
		name, source string
		flows        []finance.Amount
		rates        []float64
		tolerance    float64
	}{
		{"two roots", "by hand: 1000v·(1 − 1.1v)(1 − 1.2v)", []finance.Amount{-1000, 2300, -1320}, []float64{0.10, 0.20}, 1e-12},
		{"two roots far apart", "Brealey and Myers, Principles of Corporate Finance, IRR pitfall 2 (−4,000, +25,000, −25,000)", []finance.Amount{-4000, 25000, -25000}, []float64{0.25, 4}, 1e-12},
		{"Helmsley Iron", "Brealey, Myers and Allen, section 5.3, pitfall 2: 3.50 % and 19.54 %", []finance.Amount{-30, 10, 10, 10, 10, 10, 10, 10, 10, 10, -65}, []float64{0.0350, 0.1954}, 5e-5},
		{"none although signs change", "Brealey, Myers and Allen, section 5.3: +1,000, −3,000, +2,500 has no IRR", []finance.Amount{1000, -3000, 2500}, nil, 0},
		{"one", "Brealey, Myers and Allen, section 5.3: 28.08 %", []finance.Amount{-4000, 2000, 4000}, []float64{0.2808}, 5e-5},
		{"no sign change", "Descartes", []finance.Amount{100, 200, 300}, nil, 0},
		{"only zeros", "", []finance.Amount{0, 0, 0}, nil, 0},
		{"empty", "", nil, nil, 0},
		{"after five years", "Microsoft, function IRR: 8.7 %", []finance.Amount{-70000, 12000, 15000, 18000, 21000, 26000}, []float64{0.087}, 5e-4},
		{"after four years", "Microsoft, function IRR: −2.1 %", []finance.Amount{-70000, 12000, 15000, 18000, 21000}, []float64{-0.021}, 5e-4},
		{"after two years", "Microsoft, function IRR: −44.4 %", []finance.Amount{-70000, 12000, 15000}, []float64{-0.444}, 5e-4},
		{"touching zero", "by hand: 1000·(1 − 1.1v)²", []finance.Amount{1000, -2200, 1210}, []float64{0.10}, 1e-12},
		{"triple", "by hand: 1000·(1 − 1.1v)³", []finance.Amount{1000, -3300, 3630, -1331}, []float64{0.10}, 1e-12},
		{"zero and more", "by hand: (1 − v)(1 − 2v)(1 − v/2)·2", []finance.Amount{2, -7, 7, -2}, []float64{-0.5, 0, 1}, 1e-12},
		{"on a bisection point", "by hand: (1 − 2v)(1 − 4v)(3 − 8v)", []finance.Amount{3, -26, 72, -64}, []float64{1, 5.0 / 3, 3}, 1e-12},
		{"late start", "zeros in front change nothing", []finance.Amount{0, 0, -1000, 1100, 0}, []float64{0.10}, 1e-12},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := finance.InternalRates(c.flows, 1)
			if got.Count != len(c.rates) || len(got.Rates) != len(c.rates) {
				t.Fatalf("%v, want %v (%s)", got, c.rates, c.source)
			}
			for i, want := range c.rates {
				if math.Abs(got.Rates[i]-want) > c.tolerance {
					t.Errorf("%v, want %v (%s)", got.Rates, c.rates, c.source)
				}
			}
		})
	}
}

// Annual flows twelve months apart have the same yearly rates as years.
func TestInternalRatesOfMonths(t *testing.T) {
	flows := make([]finance.Amount, 121)
	flows[0], flows[120] = -3000, -6500
	for y := 1; y < 10; y++ {
		flows[12*y] = 1000
	}
	got := finance.InternalRates(flows, 12)
	if got.Count != 2 || math.Abs(got.Rates[0]-0.0350) > 5e-5 || math.Abs(got.Rates[1]-0.1954) > 5e-5 {
		t.Fatal(got)
	}
}

// The answer to nearly equal roots is exact where floats see one touching point or none.
func TestInternalRatesThatNearlyMeet(t *testing.T) {
	// 10¹⁴·(1 − 1.10v)(1 − 1.1000002v); at one unit more they meet, at two they are gone.
	flows := []finance.Amount{100_000_000_000_000, -220_000_020_000_000, 121_000_022_000_000}
	if got := finance.InternalRates(flows, 1); got.Count != 2 || math.Abs(got.Rates[0]-0.1) > 1e-12 || math.Abs(got.Rates[1]-0.1000002) > 1e-12 {
		t.Fatal(got)
	}
	flows[2] += 2
	if got := finance.InternalRates(flows, 1); got.Count != 0 {
		t.Fatal(got)
	}
}
