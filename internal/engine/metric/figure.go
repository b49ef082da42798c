package metric

import (
	"math"
	"math/big"

	"lotse.dev/lotse/internal/engine/stat"
)

// figure is a computed value with its interval and what a difference needs.
type figure struct {
	value    float64
	interval stat.Interval
	known    bool
	n, hits  int64
	sample   stat.Sample
}

// compute turns a cell into a figure; a nil cell is a period without things.
func (m Measure) compute(c *cell) figure {
	if c == nil {
		c = &cell{}
	}
	f := figure{n: c.n, hits: c.hits, known: m.additive(), interval: stat.Unbounded()}
	switch m.Kind {
	case SumOf:
		f.value = ratio(c.total, nil)
	case NumberOf:
		f.value, f.interval = float64(c.n), stat.Poisson(c.n, stat.Level)
	case Members:
		f.value = float64(c.n)
	case MembersHit:
		f.value = float64(c.hits)
	case MeanOf:
		f.mean(c)
	case ShareOf, MemberShare:
		f.share(c)
	case RatioOf:
		f.ratio(c)
	case QuantileOf:
		f.quantile(m.Q, c)
	}
	return f
}

func (f *figure) mean(c *cell) {
	if c.n == 0 || c.total == nil {
		return
	}
	f.value, f.known = ratio(c.total, new(big.Rat).SetInt64(c.n)), true
	f.sample = stat.Sample{N: c.n, Mean: f.value, SD: c.deviation}
	f.interval = stat.Student(f.sample, stat.Level)
}

func (f *figure) share(c *cell) {
	if c.n == 0 {
		return
	}
	f.value, f.known = float64(c.hits)/float64(c.n), true
	f.interval = stat.Wilson(c.hits, c.n, stat.Level)
}

// ratio of amounts: unknown where the whole is not positive, because a share of it then means nothing.
func (f *figure) ratio(c *cell) {
	if c.total == nil || c.total.Sign() <= 0 {
		return
	}
	part := c.part
	if part == nil {
		part = new(big.Rat)
	}
	f.value, f.known = ratio(part, c.total), true
}

func (f *figure) quantile(q float64, c *cell) {
	if c.n == 0 {
		return
	}
	at := func(rank int64) float64 {
		if v, ok := c.ranks[rank]; ok {
			return v
		}
		return math.NaN()
	}
	f.value, f.known = stat.Quantile(c.n, q, at), true
	low, high := stat.OrderRanks(c.n, q, stat.Level)
	f.interval = stat.Interval{Low: at(low), High: at(high)}
}

// minus compares with an earlier figure of the same measure; the interval is unbounded where the measure has none.
func (m Measure) minus(a, b figure) (float64, stat.Interval) {
	i := stat.Unbounded()
	switch m.Kind {
	case NumberOf:
		i = stat.CountDifference(a.n, b.n, stat.Level)
	case ShareOf, MemberShare:
		i = stat.ShareDifference(a.hits, a.n, b.hits, b.n, stat.Level)
	case MeanOf:
		i = stat.MeanDifference(a.sample, b.sample, stat.Level)
	case QuantileOf:
		i = stat.Mover(a.value, b.value, a.interval, b.interval)
	}
	return a.value - b.value, i
}

// ratio divides exactly and rounds once; a nil divisor is one, a nil dividend nothing.
func ratio(a, b *big.Rat) float64 {
	if a == nil {
		return 0
	}
	if b != nil {
		a = new(big.Rat).Quo(a, b)
	}
	f, _ := a.Float64()
	return f
}

// number returns a pointer for the answer, nil for what is not a number.
func number(f float64) *float64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	return &f
}
