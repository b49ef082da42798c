package experiment

import (
	"math"

	"lotse.dev/lotse/internal/engine/stat"
)

// Arm gathers what was measured in one arm in constant memory (Welford 1962, Technometrics 4:419).
type Arm struct {
	Name  string
	Share float64 // planned share of all; 0 in every arm for equal shares

	n, hits   int64
	mean, ss  float64
	pre       int64 // entries with a value from before
	preMean   float64
	preSS     float64
	both      float64 // co-moment of value and value before
	otherThan bool    // a value other than 0 and 1
}

// Add counts one person or case.
func (a *Arm) Add(value float64) {
	a.n++
	d := value - a.mean
	a.mean += d / float64(a.n)
	a.ss += d * (value - a.mean)
	switch value {
	case 1:
		a.hits++
	case 0:
	default:
		a.otherThan = true
	}
}

// AddPair counts one with what was measured of it before the test.
func (a *Arm) AddPair(value, before float64) {
	a.pre++
	d := before - a.preMean
	a.preMean += d / float64(a.pre)
	a.preSS += d * (before - a.preMean)
	a.both += d * (value - a.mean - (value-a.mean)/float64(a.n+1))
	a.Add(value)
}

// N is how many were counted.
func (a *Arm) N() int64 { return a.n }

// OnlyShares says whether all values are 0 or 1, so that the mean is a share.
func (a *Arm) OnlyShares() bool { return !a.otherThan }

func (a *Arm) sample() stat.Sample {
	return stat.Sample{N: a.n, Mean: a.mean, SD: deviation(a.ss, a.n)}
}

// adjusted is the sample of value − theta · (before − centre).
func (a *Arm) adjusted(theta, centre float64) stat.Sample {
	ss := a.ss - 2*theta*a.both + theta*theta*a.preSS
	return stat.Sample{N: a.n, Mean: a.mean - theta*(a.preMean-centre), SD: deviation(math.Max(0, ss), a.n)}
}

func deviation(ss float64, n int64) float64 {
	if n < 2 {
		return math.NaN()
	}
	return math.Sqrt(ss / float64(n-1))
}
