package causal

import (
	"cmp"
	"math"
	"slices"
)

// Holm adjusts the p-values of several metrics of one initiative, the primary one left out, so that the chance of a
// single false one among them stays at the level (Holm 1979, Scandinavian Journal of Statistics 6:65). The k-th smallest
// of m is multiplied by m − k + 1, and none becomes smaller than one before it. What is no number stays as it is.
func Holm(p []float64) []float64 {
	out := slices.Clone(p)
	var order []int
	for i, v := range p {
		if !math.IsNaN(v) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	largest := 0.0
	for k, i := range order {
		largest = math.Max(largest, math.Min(1, p[i]*float64(len(order)-k)))
		out[i] = largest
	}
	return out
}
