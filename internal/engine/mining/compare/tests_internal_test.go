package compare

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// R's lawstat prints for brunner.munzel.test(Y, N) of its help page (pain scores, Neubert and Brunner 2007) p = 0.005786.
func TestRankTestAgainstR(t *testing.T) {
	y := []float64{1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1}
	n := []float64{3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4}
	slices.Sort(y)
	slices.Sort(n)
	if p := rankTest(y, n); math.Abs(p-0.0057862086661515377) > 1e-9 {
		t.Errorf("p = %v", p)
	}
	if p := rankTest([]float64{1, 1, 1}, []float64{1, 1}); p != 1 {
		t.Errorf("all equal: p = %v", p)
	}
	if p := rankTest([]float64{1, 2, 3}, []float64{4, 5, 6}); math.Abs(p-0.1) > 1e-9 {
		t.Errorf("wholly apart: p = %v", p)
	}
}

// Fisher's tea tasting: 3 of 4 against 1 of 4 gives p = 0.4857 in R's fisher.test.
func TestFisherAgainstR(t *testing.T) {
	if p := shareTest(3, 4, 1, 4); math.Abs(p-0.4857142857) > 1e-9 {
		t.Errorf("p = %v", p)
	}
	// Convictions of like-sex twins (Fisher 1962), R: fisher.test(rbind(c(2, 10), c(15, 3))) p = 0.0005367
	if p := shareTest(2, 12, 15, 18); math.Abs(p-0.0005367241) > 1e-8 {
		t.Errorf("p = %v", p)
	}
}

// The second way: every table by the recurrence of the hypergeometric distribution, none left out.
func TestShareTestSumsAllTables(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		na, nb := rapid.Int64Range(1, 3000).Draw(r, "a"), rapid.Int64Range(1, 3000).Draw(r, "b")
		ha, hb := rapid.Int64Range(0, na).Draw(r, "hits a"), rapid.Int64Range(0, nb).Draw(r, "hits b")
		hits := ha + hb
		low, high := max(0, hits-nb), min(hits, na)
		weights := []float64{0} // logarithms, relative to the first
		for k := low; k < high; k++ {
			step := math.Log(float64(na-k)) + math.Log(float64(hits-k)) - math.Log(float64(k+1)) - math.Log(float64(nb-hits+k+1))
			weights = append(weights, weights[k-low]+step)
		}
		top := slices.Max(weights)
		all, part := 0.0, 0.0
		for _, w := range weights {
			all += math.Exp(w - top)
			if w <= weights[ha-low]+1e-7 {
				part += math.Exp(w - top)
			}
		}
		if got := shareTest(ha, na, hb, nb); math.Abs(got-part/all) > 1e-7 {
			r.Fatalf("%d of %d and %d of %d: %v, want %v", ha, na, hb, nb, got, part/all)
		}
	})
}

// Benjamini and Hochberg 1995, section 3.2: of the fifteen p-values the first four are called at 5 %.
func TestCorrection(t *testing.T) {
	var all []*Difference
	for _, p := range []float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1} {
		all = append(all, &Difference{P: &p})
	}
	correct(all)
	for i, d := range all {
		if d.Significant() != (i < 4) {
			t.Errorf("p %v: q %v", *d.P, *d.Q)
		}
	}
}
