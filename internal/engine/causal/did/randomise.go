package did

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// Assignments that are gone through one by one; beyond that as many are drawn.
const (
	exactAssignments = 10_000
	drawnAssignments = 1_999
)

// Randomisation says how often another assignment of the starts to the units would have shown as much.
type Randomisation struct {
	Assignments int     `json:"assignments" doc:"looked at, the true one among them"`
	Exceeding   int     `json:"exceeding" doc:"of them as strong as the true one, itself among them"`
	P           float64 `json:"p"`
	Floor       float64 `json:"floor" doc:"the smallest p that so many assignments allow"`
	Exact       bool    `json:"exact" doc:"every assignment was looked at; otherwise they were drawn"`
	Seed        uint64  `json:"seed,omitempty"`
}

// lottery counts the assignments whose figure is at least as strong as the true one.
type lottery struct {
	units  []Unit
	starts []int // true ones
	time   int
	notYet bool
	seed   uint64
	rate   []func(*cohorts) float64 // strength of an assignment, by figure
}

// run counts exceedings for all figures in one go (Fisher 1935; Phipson and Smyth 2010 for the drawn ones: the true
// assignment is one of them, so that p is never 0).
func (l *lottery) run(ctx context.Context) ([]Randomisation, error) {
	truth := l.strengths(l.starts)
	out := make([]Randomisation, len(l.rate))
	look := func(starts []int) error {
		for i, s := range l.strengths(starts) {
			if math.IsNaN(truth[i]) {
				continue
			}
			out[i].Assignments++
			if s >= truth[i]*(1-1e-9)-1e-12 {
				out[i].Exceeding++
			}
		}
		return ctx.Err()
	}
	exact := permutations(l.starts) <= exactAssignments
	var err error
	if exact {
		err = each(l.starts, look)
	} else {
		err = l.draw(look)
	}
	for i := range out {
		if r := &out[i]; r.Assignments > 0 {
			r.P, r.Floor, r.Exact = float64(r.Exceeding)/float64(r.Assignments), 1/float64(r.Assignments), exact
			if !exact {
				r.Seed = l.seed
			}
		}
	}
	return out, err
}

func (l *lottery) strengths(starts []int) []float64 {
	c := gather(l.units, starts, l.time, l.notYet)
	out := make([]float64, len(l.rate))
	for i, f := range l.rate {
		out[i] = f(c)
	}
	return out
}

func (l *lottery) draw(look func([]int) error) error {
	if err := look(l.starts); err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(l.seed, 0xD1D))
	starts := slices.Clone(l.starts)
	for range drawnAssignments {
		random.Shuffle(len(starts), func(i, j int) { starts[i], starts[j] = starts[j], starts[i] })
		if err := look(starts); err != nil {
			return err
		}
	}
	return nil
}

// permutations is the number of distinct orders of the starts, as a floating number since it can be huge.
func permutations(starts []int) float64 {
	seen := map[int]int{}
	n := 1.0
	for i, s := range starts {
		seen[s]++
		n *= float64(i+1) / float64(seen[s])
	}
	return math.Round(n)
}

// each visits every distinct order of the starts once, in lexical order (Knuth, algorithm L).
func each(starts []int, visit func([]int) error) error {
	a := slices.Clone(starts)
	slices.Sort(a)
	for {
		if err := visit(a); err != nil {
			return err
		}
		j := len(a) - 2
		for j >= 0 && a[j] >= a[j+1] {
			j--
		}
		if j < 0 {
			return nil
		}
		l := len(a) - 1
		for a[j] >= a[l] {
			l--
		}
		a[j], a[l] = a[l], a[j]
		slices.Reverse(a[j+1:])
	}
}

// effectStrength is the size of the overall effect, without sign.
func effectStrength(c *cohorts) float64 { return math.Abs(c.profile()[0]) }

// driftStrength is the mean square of the effects before the start, all periods but the one that they are compared to.
func driftStrength(c *cohorts) float64 {
	sum, n := 0.0, 0
	for i, e := range c.profile()[1:] {
		if relative := c.first + i; relative < -1 && !math.IsNaN(e) {
			sum += e * e
			n++
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return math.Sqrt(sum / float64(n))
}
