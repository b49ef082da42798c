package stat

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Poisson returns the exact interval of the mean of a Poisson count (Garwood 1936, Biometrika 28:437): half the
// chi-squared quantiles with 2k and 2k+2 degrees of freedom. count is at least 0, level in (0, 1).
func Poisson(count int64, level float64) Interval {
	if count < 0 {
		return Unbounded()
	}
	tail := (1 - level) / 2
	k := float64(count)
	low := 0.0
	if count > 0 {
		low = gammaQuantile(k, tail)
	}
	return Interval{Low: low, High: gammaQuantile(k+1, 1-tail)}
}

// gammaQuantile inverts the regularised lower incomplete gamma function P(shape, x) = p by Newton steps from the
// Wilson–Hilferty approximation, kept inside a bracket that always holds the root.
func gammaQuantile(shape, p float64) float64 {
	z := distuv.UnitNormal.Quantile(p)
	c := 1 / (9 * shape)
	x := shape * math.Pow(math.Max(1-c+z*math.Sqrt(c), 1e-3), 3)
	low, high := 0.0, math.Inf(1)
	logGamma, _ := math.Lgamma(shape)
	for range 100 {
		off := mathext.GammaIncReg(shape, x) - p
		if off > 0 {
			high = x
		} else {
			low = x
		}
		density := math.Exp((shape-1)*math.Log(x) - x - logGamma)
		next := x - off/density
		if !(next > low && next < high) {
			next = middle(low, high)
		}
		if math.Abs(next-x) <= 1e-14*x {
			return next
		}
		x = next
	}
	return x
}

func middle(low, high float64) float64 {
	if math.IsInf(high, 1) {
		return 2*low + 1
	}
	return (low + high) / 2
}
