package finance

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"lotse.dev/lotse/internal/engine/stat"
)

// quantiler is a distribution by its quantile function, 0 < u < 1. Drawing by quantiles lets inputs of one driver
// share a draw.
type quantiler interface{ quantile(u float64) float64 }

// distribution is the one of an uncertain input.
func distribution(in Input) quantiler {
	r := *in.Range
	switch in.Distribution {
	case Triangular:
		return triangular{r}
	case Uniform:
		return uniform{r}
	case Normal:
		return halves(r)
	case LogNormal:
		return exponential{halves(Range{Min: math.Log(r.Min), Likely: math.Log(r.Likely), Max: math.Log(r.Max)})}
	}
	a, b := pertShape(r)
	return pert{low: r.Min, width: r.Max - r.Min, alpha: a, beta: b}
}

type uniform struct{ Range }

func (d uniform) quantile(u float64) float64 { return d.Min + u*(d.Max-d.Min) }

// triangular has its peak at Likely.
type triangular struct{ Range }

func (d triangular) quantile(u float64) float64 {
	width, left := d.Max-d.Min, d.Likely-d.Min
	if u*width < left {
		return d.Min + math.Sqrt(u*width*left)
	}
	return d.Max - math.Sqrt((1-u)*width*(d.Max-d.Likely))
}

// twoPiece is a normal distribution with median and a standard deviation for each half (equal ones make it normal).
type twoPiece struct{ median, below, above float64 }

// halves reads a range as median and 95 % interval.
func halves(r Range) twoPiece {
	z := stat.TwoSided(stat.Level)
	return twoPiece{median: r.Likely, below: (r.Likely - r.Min) / z, above: (r.Max - r.Likely) / z}
}

func (d twoPiece) quantile(u float64) float64 {
	z := mathext.NormalQuantile(u)
	if z < 0 {
		return d.median + z*d.below
	}
	return d.median + z*d.above
}

// exponential is e to the power of another distribution.
type exponential struct{ of twoPiece }

func (d exponential) quantile(u float64) float64 { return math.Exp(d.of.quantile(u)) }

// pertLambda is the weight of the likely value beside the two ends (Malcolm, Roseboom, Clark and Fazar 1959, Operations
// Research 7:646): mean = (min + 4·likely + max) ÷ 6.
const pertLambda = 4

// pert is a beta distribution over a range.
type pert struct{ low, width, alpha, beta float64 }

// pertShape returns the two parameters of the beta distribution; they sum to 2 + λ.
func pertShape(r Range) (alpha, beta float64) {
	width := r.Max - r.Min
	return 1 + pertLambda*(r.Likely-r.Min)/width, 1 + pertLambda*(r.Max-r.Likely)/width
}

func (d pert) quantile(u float64) float64 {
	return d.low + d.width*mathext.InvRegIncBeta(d.alpha, d.beta, u)
}
