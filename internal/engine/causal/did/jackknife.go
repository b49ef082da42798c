package did

import (
	"context"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// spread is what the units say about the error of one figure; se is NaN where they say nothing.
type spread struct {
	se, df  float64
	method  Method
	treated int // units that the figure rests on
}

// half is the jackknife of one side: variance, units, whether it is known.
type half struct {
	sum, squares float64
	n            int
	broken       bool // leaving a unit out leaves no figure
}

func (h *half) add(v float64) {
	if math.IsNaN(v) {
		h.broken = true
	}
	h.sum += v
	h.squares += v * v
	h.n++
}

// variance is (n − 1)/n times the sum of squares around the mean of the replicates; for a mean it is s²/n.
func (h *half) variance() (float64, bool) {
	if h.n < 2 || h.broken {
		return 0, false
	}
	n := float64(h.n)
	return max(0, (h.squares-h.sum*h.sum/n)*(n-1)/n), true
}

// jackknife leaves out each unit in turn and returns the spread of every entry of the profile.
func jackknife(ctx context.Context, units []Unit, starts []int, c *cohorts, whole []float64) ([]spread, error) {
	n := len(whole)
	used := make([][]bool, n) // entry, cohort
	for at := range used {
		used[at] = make([]bool, len(c.start))
		for k := range c.start {
			used[at][k] = c.reaches(k, at)
		}
	}
	treated, control := make([]half, n), make([]half, n)
	for i := range units {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		k := position(c.start, starts[i])
		c.add(&units[i], starts[i], -1)
		for at, v := range c.profile() {
			shifted := v - whole[at] // small numbers keep their digits
			switch {
			case used[at][k]:
				treated[at].add(shifted)
			case starts[i] >= c.periods || c.notYet:
				control[at].add(shifted)
			}
		}
		c.add(&units[i], starts[i], 1)
	}
	out := make([]spread, n)
	for at := range out {
		out[at] = join(&treated[at], &control[at])
		out[at].treated = treated[at].n
	}
	return out, nil
}

func position(starts []int, s int) int {
	for k, v := range starts {
		if v == s {
			return k
		}
	}
	return -1
}

// join adds the variances of both sides; where one side is a single unit, the spread of the other stands for it.
func join(t, c *half) spread {
	vt, okT := t.variance()
	vc, okC := c.variance()
	nt, nc := float64(t.n), float64(c.n)
	switch {
	case okT && okC:
		v := vt + vc
		df := nt + nc - 2
		if v > 0 {
			df = v * v / (vt*vt/(nt-1) + vc*vc/(nc-1))
		}
		return spread{se: math.Sqrt(v), df: df, method: AcrossUnits}
	case okT && c.n == 0: // only units that start later serve as controls, and all of them are treated in the end
		return spread{se: math.Sqrt(vt), df: nt - 1, method: AcrossUnits}
	case okC && t.n == 1:
		return spread{se: math.Sqrt(vc * (nc + 1)), df: nc - 1, method: OneTreated}
	case okT && c.n == 1:
		return spread{se: math.Sqrt(vt * (nt + 1)), df: nt - 1, method: OneControl}
	}
	return spread{se: math.NaN(), df: math.NaN(), method: Unknown}
}

// interval and p by t.
func (s spread) bounds(estimate float64) (low, high, p *float64) {
	if math.IsNaN(s.se) || math.IsNaN(estimate) {
		return nil, nil, nil
	}
	d := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: s.df}
	reach := d.Quantile(0.975) * s.se
	l, h := estimate-reach, estimate+reach
	if s.se > 0 {
		v := 2 * d.CDF(-math.Abs(estimate)/s.se)
		p = &v
	}
	return &l, &h, p
}
