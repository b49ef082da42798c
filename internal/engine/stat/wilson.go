package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Wilson returns the score interval of a share without continuity correction (Wilson 1927, JASA 22:209; method 3 of
// Newcombe 1998, Statistics in Medicine 17:857). 0 ≤ hits ≤ n; with n = 0 nothing is known.
func Wilson(hits, n int64, level float64) Interval {
	if n <= 0 || hits < 0 || hits > n {
		return Unbounded()
	}
	z := TwoSided(level)
	size, share := float64(n), float64(hits)/float64(n)
	centre := share + z*z/(2*size)
	reach := z * math.Sqrt(share*(1-share)/size+z*z/(4*size*size))
	scale := 1 + z*z/size
	i := Interval{Low: (centre - reach) / scale, High: (centre + reach) / scale}
	if hits == 0 {
		i.Low = 0
	}
	if hits == n {
		i.High = 1
	}
	return i
}

// TwoSided returns the two-sided normal quantile of a level, 1.96 for 0.95.
func TwoSided(level float64) float64 { return distuv.UnitNormal.Quantile(1 - (1-level)/2) }
