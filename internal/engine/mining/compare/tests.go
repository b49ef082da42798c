package compare

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// reach is how many standard deviations around the expected number are summed; what lies beyond weighs nothing.
const reach = 40

// shareTest is Fisher's exact two-sided p of equal shares: the sum of the probabilities of all tables with the same
// margins that are no likelier than the one at hand.
func shareTest(hitsA, nA, hitsB, nB int64) float64 {
	hits, n := hitsA+hitsB, float64(nA+nB)
	expected := float64(hits) * float64(nA) / n
	sd := math.Sqrt(expected * float64(nB) / n * (n - float64(hits)) / math.Max(1, n-1))
	low := max(0, hits-nB, int64(expected-reach*sd)-1)
	high := min(hits, nA, int64(expected+reach*sd)+1)
	total := choose(nA+nB, hits)
	chance := func(k int64) float64 { return math.Exp(choose(nA, k) + choose(nB, hits-k) - total) }
	border := chance(hitsA) * (1 + 1e-7)
	sum := 0.0
	for k := low; k <= high; k++ {
		if c := chance(k); c <= border {
			sum += c
		}
	}
	return math.Min(1, sum)
}

// choose is the logarithm of the binomial coefficient.
func choose(n, k int64) float64 {
	a, _ := math.Lgamma(float64(n) + 1)
	b, _ := math.Lgamma(float64(k) + 1)
	c, _ := math.Lgamma(float64(n-k) + 1)
	return a - b - c
}

// rankTest is Brunner and Munzel's two-sided p that a time of the one period is as often above as below one of the other.
// Both samples are sorted.
func rankTest(a, b []float64) float64 {
	na, nb := float64(len(a)), float64(len(b))
	ra, rb := placements(a, b), placements(b, a) // share of the other sample below, ties half
	ma, va := meanAndVariance(ra)
	mb, vb := meanAndVariance(rb)
	// S² of the ranks less the ranks inside is nb² (na²) times the variance of the placements
	sa, sb := va/na, vb/nb
	d := (mb - ma) / 2
	if sa+sb < 1e-18 {
		if math.Abs(d) < 1e-12 {
			return 1
		}
		return math.Min(1, 2*math.Exp(-choose(int64(len(a)+len(b)), int64(len(a))))) // wholly apart: one order of all
	}
	df := (sa + sb) * (sa + sb) / (sa*sa/(na-1) + sb*sb/(nb-1))
	return 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.CDF(-math.Abs(d)/math.Sqrt(sa+sb))
}

// placements are, for each value of x, the share of y below it, ties half. Both are sorted.
func placements(x, y []float64) []float64 {
	out := make([]float64, len(x))
	below, upTo := 0, 0
	for i, v := range x {
		for below < len(y) && y[below] < v {
			below++
		}
		upTo = max(upTo, below)
		for upTo < len(y) && y[upTo] <= v {
			upTo++
		}
		out[i] = (float64(below) + float64(upTo-below)/2) / float64(len(y))
	}
	return out
}

func meanAndVariance(v []float64) (mean, variance float64) {
	for _, x := range v {
		mean += x
	}
	mean /= float64(len(v))
	for _, x := range v {
		variance += (x - mean) * (x - mean)
	}
	return mean, variance / float64(len(v)-1)
}

// correct puts beside each p the least false discovery rate at which it is still called (Benjamini and Hochberg 1995).
func correct(all []*Difference) {
	slices.SortStableFunc(all, func(x, y *Difference) int { return cmp.Compare(*x.P, *y.P) })
	least := 1.0
	for i := len(all) - 1; i >= 0; i-- {
		least = math.Min(least, *all[i].P*float64(len(all))/float64(i+1))
		q := least
		all[i].Q = &q
	}
}
