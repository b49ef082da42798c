package stat

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Sample is what an interval of a mean needs: size, mean and sample standard deviation (divisor n − 1).
type Sample struct {
	N        int64
	Mean, SD float64
}

// Student returns the interval of a mean by the t distribution with n − 1 degrees of freedom (Student 1908). With fewer
// than two values nothing is known.
func Student(s Sample, level float64) Interval {
	if s.N < 2 || math.IsNaN(s.SD) {
		return Unbounded()
	}
	reach := tQuantile(float64(s.N-1), level) * s.SD / math.Sqrt(float64(s.N))
	return Interval{Low: s.Mean - reach, High: s.Mean + reach}
}

func tQuantile(df, level float64) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(1 - (1-level)/2)
}
