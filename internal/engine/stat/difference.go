package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Mover returns the interval of a − b from the estimates and intervals of two independent figures (method of variance
// estimates recovery: Zou and Donner 2008, Statistics in Medicine 27:1693). It serves counts with their exact Poisson
// intervals (Li, Tang and Wong 2014) and quantiles with their order statistics. With Wilson intervals it is Newcombe's.
func Mover(a, b float64, ia, ib Interval) Interval {
	if !ia.Known() || !ib.Known() {
		return Unbounded()
	}
	d := a - b
	return Interval{
		Low:  d - math.Hypot(a-ia.Low, ib.High-b),
		High: d + math.Hypot(ia.High-a, b-ib.Low),
	}
}

// ShareDifference returns the interval of hitsA/nA − hitsB/nB for independent samples by the hybrid score method
// (method 10 of Newcombe 1998, Statistics in Medicine 17:873).
func ShareDifference(hitsA, nA, hitsB, nB int64, level float64) Interval {
	if nA <= 0 || nB <= 0 {
		return Unbounded()
	}
	a, b := float64(hitsA)/float64(nA), float64(hitsB)/float64(nB)
	return Mover(a, b, Wilson(hitsA, nA, level), Wilson(hitsB, nB, level))
}

// MeanDifference returns the interval of a.Mean − b.Mean for independent samples with unequal variances (Welch 1947,
// Biometrika 34:28). Each sample needs two values.
func MeanDifference(a, b Sample, level float64) Interval {
	if a.N < 2 || b.N < 2 {
		return Unbounded()
	}
	va, vb := a.SD*a.SD/float64(a.N), b.SD*b.SD/float64(b.N)
	d := a.Mean - b.Mean
	if va+vb == 0 {
		return Interval{Low: d, High: d}
	}
	df := (va + vb) * (va + vb) / (va*va/float64(a.N-1) + vb*vb/float64(b.N-1))
	reach := tQuantile(df, level) * math.Sqrt(va+vb)
	return Interval{Low: d - reach, High: d + reach}
}

// CountDifference returns the interval of a − b for two independent Poisson counts of equally long periods by Mover on
// their exact intervals.
func CountDifference(a, b int64, level float64) Interval {
	return Mover(float64(a), float64(b), Poisson(a, level), Poisson(b, level))
}

// CountRatio returns the exact interval of the ratio of two Poisson rates, a counted over exposureA and b over
// exposureB (> 0): given a + b, a is binomial, and its Clopper–Pearson limits p give (p / (1 − p)) · exposureB /
// exposureA (Przyborowski and Wilenski 1940, Biometrika 31:313). A border without limit is +Inf.
func CountRatio(a, b int64, exposureA, exposureB, level float64) Interval {
	if a < 0 || b < 0 || a+b == 0 || exposureA <= 0 || exposureB <= 0 {
		return Unbounded()
	}
	p := ClopperPearson(a, a+b, level)
	odds := func(p float64) float64 { return p / (1 - p) * exposureB / exposureA }
	return Interval{Low: odds(p.Low), High: odds(p.High)}
}

// ClopperPearson returns the exact interval of a share (Clopper and Pearson 1934, Biometrika 26:404). 0 ≤ hits ≤ n.
func ClopperPearson(hits, n int64, level float64) Interval {
	if n <= 0 || hits < 0 || hits > n {
		return Unbounded()
	}
	tail := (1 - level) / 2
	i := Interval{Low: 0, High: 1}
	if hits > 0 {
		i.Low = distuv.Beta{Alpha: float64(hits), Beta: float64(n - hits + 1)}.Quantile(tail)
	}
	if hits < n {
		i.High = distuv.Beta{Alpha: float64(hits + 1), Beta: float64(n - hits)}.Quantile(1 - tail)
	}
	return i
}
