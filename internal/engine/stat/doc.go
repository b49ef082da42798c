// Package stat holds the intervals and differences that every figure of Lotse carries: exact Poisson, Wilson, Student,
// order statistics, and the difference of two figures of the same kind. Each function names its method, its source and
// the ranges of its arguments. What a figure means belongs to package metric.
package stat

import "math"

// Level is the confidence level of every interval that Lotse shows.
const Level = 0.95

// Interval is a confidence interval; a border is NaN where the data cannot bound it.
type Interval struct {
	Low, High float64
}

// Unbounded is the interval of which nothing is known.
func Unbounded() Interval { return Interval{Low: math.NaN(), High: math.NaN()} }

// Known says whether both borders are numbers.
func (i Interval) Known() bool { return !math.IsNaN(i.Low) && !math.IsNaN(i.High) }
