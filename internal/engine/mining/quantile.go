package mining

import (
	"cmp"
	"math"
	"slices"
)

type number interface{ ~uint32 | ~int64 }

// Quantile is the type-7 quantile (Hyndman and Fan 1996) at p in [0, 1] of values sorted ascending: linear between the
// order statistics around (n−1)·p. It is NaN without values.
func Quantile[T number](sorted []T, p float64) float64 {
	n := len(sorted)
	if n == 0 {
		return math.NaN()
	}
	lo, part := position(n, p)
	if part == 0 {
		return float64(sorted[lo])
	}
	return between(sorted[lo], sorted[lo+1], part)
}

func position(n int, p float64) (lo int, part float64) {
	h := float64(n-1) * p
	lo = min(int(h), n-1)
	return lo, h - float64(lo)
}

func between[T number](a, b T, part float64) float64 {
	return float64(a) + part*(float64(b)-float64(a))
}

// quantileSelect is Quantile without sorting; it reorders v.
func quantileSelect[T number](v []T, p float64) float64 {
	if len(v) == 0 {
		return math.NaN()
	}
	lo, part := position(len(v), p)
	nth(v, lo)
	if part == 0 {
		return float64(v[lo])
	}
	return between(v[lo], slices.Min(v[lo+1:]), part)
}

// nth reorders v so that v[k] is what it would be in sorted order, smaller entries stand before and greater ones behind
// (Hoare's selection with a median-of-three pivot; it sorts what is left when the range shrinks too slowly).
func nth[T cmp.Ordered](v []T, k int) {
	lo, hi := 0, len(v)-1
	for budget := 64; lo < hi; budget-- {
		if hi-lo < 24 || budget == 0 {
			slices.Sort(v[lo : hi+1])
			return
		}
		mid := lo + (hi-lo)/2
		pivot := middle(v[lo], v[mid], v[hi])
		i, j := lo, hi
		for i <= j {
			for v[i] < pivot {
				i++
			}
			for v[j] > pivot {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return
		}
	}
}

func middle[T cmp.Ordered](a, b, c T) T { return max(min(a, b), min(max(a, b), c)) }
