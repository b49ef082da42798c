package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Quantile returns the type-7 quantile (Hyndman and Fan 1996, The American Statistician 50:361; the default of R and
// of quantile_cont) of n values, 0 ≤ q ≤ 1. value answers the value of a rank, 1 the smallest, n the largest.
func Quantile(n int64, q float64, value func(rank int64) float64) float64 {
	if n < 1 {
		return math.NaN()
	}
	low, fraction := QuantileRank(n, q)
	v := value(low)
	if fraction > 0 {
		v += fraction * (value(low+1) - v)
	}
	return v
}

// QuantileRank returns the rank below a type-7 quantile and how far it lies towards the next rank, 0 ≤ fraction < 1.
func QuantileRank(n int64, q float64) (rank int64, fraction float64) {
	h := float64(n-1) * q
	whole := math.Floor(h)
	if whole >= float64(n-1) {
		return n, 0
	}
	return int64(whole) + 1, h - whole
}

// OrderRanks returns the ranks of the two values that bound a quantile without any assumption about the distribution
// (binomial ranks: Conover 1999, Practical Nonparametric Statistics, section 3.2). low is the largest rank with
// P(B < low) ≤ α/2 and high the smallest with P(B ≥ high) ≤ α/2, B binomial(n, q). low is 0 and high is n + 1 where the
// sample is too small to bound that side.
func OrderRanks(n int64, q, level float64) (low, high int64) {
	tail := (1 - level) / 2
	b := distuv.Binomial{N: float64(n), P: q}
	below := func(rank int64) float64 { return b.CDF(float64(rank - 1)) } // P(B < rank)
	near, reach := RankWindow(n, q, level)
	low = clamp(near-reach, 0, n)
	for low < n && below(low+1) <= tail {
		low++
	}
	for low > 0 && below(low) > tail {
		low--
	}
	high = clamp(near+reach, 1, n+1)
	for high > 1 && 1-below(high-1) <= tail {
		high--
	}
	for high <= n && 1-below(high) > tail {
		high++
	}
	return low, high
}

// RankWindow returns the rank nearest to a quantile and the normal approximation of the reach to its interval's ranks.
// OrderRanks lies within RankSlack of near ± reach, so that a database need hand over only those values.
func RankWindow(n int64, q, level float64) (near, reach int64) {
	size := float64(n)
	return int64(math.Floor(size*q)) + 1, int64(math.Floor(TwoSided(level) * math.Sqrt(size*q*(1-q))))
}

// RankSlack is how far the exact ranks of the median and of the 90 % quantile may lie from those of RankWindow.
const RankSlack = 3

func clamp(x, low, high int64) int64 { return max(low, min(x, high)) }
