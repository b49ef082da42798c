package did

import (
	"math"
	"slices"
)

// cohorts holds the weighted sums of the values by start and period, so that one unit can be taken out at the price of
// one row.
type cohorts struct {
	start   []int // ascending; Never is periods, beyond the last
	periods int
	weight  []float64
	units   []int
	sum     [][]float64
	first   int // least relative period of an effect
	last    int
	notYet  bool // units not treated yet are controls as well
}

// gather sums the units by the starts given, which may differ from their own.
func gather(units []Unit, starts []int, periods int, notYet bool) *cohorts {
	c := &cohorts{periods: periods, notYet: notYet}
	c.start = slices.Clone(starts)
	slices.Sort(c.start)
	c.start = slices.Compact(c.start)
	n := len(c.start)
	c.weight, c.units, c.sum = make([]float64, n), make([]int, n), make([][]float64, n)
	for k := range c.sum {
		c.sum[k] = make([]float64, periods)
	}
	for i := range units {
		c.add(&units[i], starts[i], 1)
	}
	c.first, c.last = 0, -1
	for _, g := range c.start {
		if g < periods {
			c.first, c.last = min(c.first, -g), max(c.last, periods-1-g)
		}
	}
	return c
}

// add puts a unit in (sign 1) or takes it out (sign −1).
func (c *cohorts) add(u *Unit, start, sign int) {
	k, _ := slices.BinarySearch(c.start, start)
	w := float64(sign) * u.Weight
	c.weight[k] += w
	c.units[k] += sign
	for t, v := range u.Values {
		c.sum[k][t] += w * v
	}
}

// effect is the change of cohort k from the period before its start to t beside that of its controls: a group-time
// effect for t at or after the start, a look at the time before it otherwise.
func (c *cohorts) effect(k, t int) float64 {
	before := c.start[k] - 1
	control, weight := 0.0, 0.0
	for j := range c.start {
		if c.units[j] > 0 && c.control(j, k, max(t, before)) {
			control += c.sum[j][t] - c.sum[j][before]
			weight += c.weight[j]
		}
	}
	if weight <= 0 || c.units[k] == 0 || c.weight[k] <= 0 {
		return math.NaN()
	}
	return (c.sum[k][t]-c.sum[k][before])/c.weight[k] - control/weight
}

// control says whether cohort j may serve cohort k up to period t: never a unit that is treated by then.
func (c *cohorts) control(j, k, t int) bool {
	if c.start[j] >= c.periods {
		return true
	}
	return c.notYet && j != k && c.start[j] > t
}

// profile is the overall effect followed by the effects by relative period from first to last; NaN where no cohort
// with controls reaches.
func (c *cohorts) profile() []float64 {
	n := c.last - c.first + 1
	out := make([]float64, n+1)
	weight := make([]float64, n)
	overall, all := 0.0, 0.0
	for k, g := range c.start {
		if g >= c.periods || c.units[k] == 0 {
			continue
		}
		mean, seen := 0.0, 0.0
		for t := range c.periods {
			e := c.effect(k, t)
			if math.IsNaN(e) {
				continue
			}
			out[1+t-g-c.first] += c.weight[k] * e
			weight[t-g-c.first] += c.weight[k]
			if t >= g {
				mean, seen = mean+e, seen+1
			}
		}
		if seen > 0 {
			overall += c.weight[k] * mean / seen
			all += c.weight[k]
		}
	}
	out[0] = overall / all
	for i, w := range weight {
		out[1+i] /= w
	}
	if level, ok := c.level(); ok {
		out[0] = level
	}
	return out
}

// level is the difference of mean changes for one start date: all periods before against all from it on.
func (c *cohorts) level() (float64, bool) {
	if len(c.start) != 2 || c.start[1] < c.periods || c.start[0] >= c.periods {
		return 0, false
	}
	g := c.start[0]
	return c.change(0, g) - c.change(1, g), true
}

func (c *cohorts) change(k, g int) float64 {
	before, after := c.means(k, g)
	return after - before
}

// means are the mean values of cohort k before period g and from it on.
func (c *cohorts) means(k, g int) (before, after float64) {
	for t, s := range c.sum[k] {
		if t < g {
			before += s
		} else {
			after += s
		}
	}
	if c.units[k] == 0 {
		return math.NaN(), math.NaN()
	}
	return before / (c.weight[k] * float64(g)), after / (c.weight[k] * float64(c.periods-g))
}

// reaches says whether an entry of the profile rests on cohort k.
func (c *cohorts) reaches(k, at int) bool {
	g := c.start[k]
	if g >= c.periods || c.units[k] == 0 {
		return false
	}
	if at == 0 {
		for t := g; t < c.periods; t++ {
			if !math.IsNaN(c.effect(k, t)) {
				return true
			}
		}
		return false
	}
	t := g + c.first + at - 1
	return t >= 0 && t < c.periods && !math.IsNaN(c.effect(k, t))
}
