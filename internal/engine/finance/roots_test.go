package finance_test

import (
	"math"
	"math/cmplx"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/engine/finance"
)

// times multiplies two polynomials in the discount factor.
func times(a, b []finance.Amount) []finance.Amount {
	out := make([]finance.Amount, len(a)+len(b)-1)
	for i, x := range a {
		for j, y := range b {
			out[i+j] += x * y
		}
	}
	return out
}

// Planted rates are found, all and only they: beside factors that have no real root, beside negative discount factors,
// and where a rate is planted twice or thrice.
func TestPlantedRatesAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		percents := rapid.SliceOfNDistinct(rapid.IntRange(-90, 400), 0, 3, rapid.ID[int]).Draw(t, "percent")
		flows := []finance.Amount{1}
		for _, p := range percents {
			for range rapid.IntRange(1, 2).Draw(t, "multiplicity") {
				flows = times(flows, []finance.Amount{100, -finance.Amount(100 + p)}) // 100 − (100 + p)·v
				flows = smallest(flows)
			}
		}
		if rapid.Bool().Draw(t, "without real root") {
			flows = times(flows, []finance.Amount{3, -2, 1})
		}
		if rapid.Bool().Draw(t, "negative root") {
			flows = times(flows, []finance.Amount{2, 5})
		}
		got := finance.InternalRates(flows, 1)
		slices.Sort(percents)
		if got.Count != len(percents) {
			t.Fatal(got, percents, flows)
		}
		for i, p := range percents {
			if !near(got.Rates[i], float64(p)/100, 1e-12*(1+math.Abs(float64(p)))) {
				t.Fatal(got, percents)
			}
		}
	})
}

// smallest divides by the greatest common divisor; with three rates twice each products stay within an int64.
func smallest(flows []finance.Amount) []finance.Amount {
	d := finance.Amount(0)
	for _, f := range flows {
		for a, b := d, max(f, -f); ; a, b = b, a%b {
			if b == 0 {
				d = a
				break
			}
		}
	}
	for i := range flows {
		flows[i] /= d
	}
	return flows
}

// A second way: the eigenvalues of the companion matrix are the roots, as far as floats go. Series that are too near to
// a double root for floats are left out.
func TestRatesAreEigenvalues(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 14).Draw(t, "n")
		flows := make([]finance.Amount, n)
		for i := range flows {
			flows[i] = finance.Amount(rapid.Int64Range(-1000, 1000).Draw(t, "flow"))
		}
		if flows[0] == 0 || flows[n-1] == 0 {
			return
		}
		roots, sure := companion(flows)
		if !sure {
			return
		}
		compared++
		got := finance.InternalRates(flows, 1)
		if got.Count != len(roots) {
			t.Fatal(got, roots)
		}
		for i, r := range roots {
			if !near(got.Rates[i], r, 1e-5*(1+math.Abs(r))) {
				t.Fatal(got, roots)
			}
		}
	})
	if compared < 20 {
		t.Error("hardly anything was compared", compared)
	}
}

// companion lists the rates behind positive real eigenvalues, and whether it is sure which ones are real.
func companion(flows []finance.Amount) ([]float64, bool) {
	n := len(flows) - 1
	m := mat.NewDense(n, n, nil)
	for i := range n {
		m.Set(i, n-1, -float64(flows[i])/float64(flows[n]))
		if i > 0 {
			m.Set(i, i-1, 1)
		}
	}
	var e mat.Eigen
	if !e.Factorize(m, mat.EigenNone) {
		return nil, false
	}
	var out []float64
	for _, v := range e.Values(nil) {
		angle := math.Abs(cmplx.Phase(v))
		switch {
		case angle == 0:
			out = append(out, 1/real(v)-1)
		case angle < 1e-3:
			return nil, false
		}
	}
	slices.Sort(out)
	for i := 1; i < len(out); i++ {
		if out[i]-out[i-1] < 1e-3 {
			return nil, false
		}
	}
	return out, true
}
