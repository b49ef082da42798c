package finance

import "math"

// profile is how a line spreads over the months: in each month from first to last (counted from 0), every so many, the
// scaled share of its ramp. What a month's share is worth depends on the draw only through ramp, prices and discount.
type profile struct {
	first, last, every int
	scale              float64
	prices             bool // rises with inflation
	months, delay      int  // inputs of the ramp, none where there is none
	curve              bool
	growing, varying   bool // the ramp, or anything else, is uncertain
}

// none stands for an input that a line does not have.
const none = -1

// share is the part of the ramp that the j-th month of the line has reached, j from 1.
func (p *profile) share(j, months, delay float64) float64 {
	x := j - delay
	switch {
	case x <= 0:
		return 0
	case x >= months:
		return 1
	}
	x /= months
	if p.curve {
		return x * x * (3 - 2*x)
	}
	return x
}

// fill writes the scaled shares of the profile's span.
func (p *profile) fill(shares, values []float64) {
	months, delay := value(values, p.months, 0), value(values, p.delay, 0)
	for i := range shares {
		shares[i] = p.scale * p.share(float64(i+1), months, delay)
	}
}

// value is an input's value, or what holds where the line has none.
func value(values []float64, input int, otherwise float64) float64 {
	if input == none {
		return otherwise
	}
	return values[input]
}

// sums are a profile's worth for one unit of its line.
type sums struct {
	present float64 // discounted
	plain   float64 // not discounted
}

// month is the worth of one unit in a month, by the shares of the span; not discounted.
func (p *profile) month(m int, shares []float64, t *timeline) float64 {
	w := shares[m-p.first]
	if p.prices {
		w *= t.price[m]
	}
	return w
}

// sums adds the months up.
func (p *profile) sums(shares []float64, t *timeline) sums {
	var s sums
	for m := p.first; m < p.end(len(t.discount)); m += p.every {
		w := p.month(m, shares, t)
		s.plain += w
		s.present += w * t.discount[m]
	}
	return s
}

// end is the month after the last one that counts; a horizon shorter than the span cuts it.
func (p *profile) end(months int) int { return min(p.last+1, months) }

// timeline holds what a payment of one in each month, counted from 0, is worth.
type timeline struct {
	discount []float64 // (1 + r) to the power of minus its years
	price    []float64 // (1 + i) to the power of the whole years since the start
}

func newTimeline(months int) timeline {
	return timeline{make([]float64, months), make([]float64, months)}
}

// offset is how far from the start of month 1 its payments count, in months.
func (t Timing) offset() float64 {
	switch t {
	case Begin:
		return 0
	case Middle:
		return 0.5
	}
	return 1
}

func (t *timeline) setRate(rate float64, timing Timing) {
	monthly := math.Pow(1+rate, -1.0/12)
	f := math.Pow(1+rate, -timing.offset()/12)
	for m := range t.discount {
		t.discount[m] = f
		f *= monthly
	}
}

func (t *timeline) setInflation(inflation float64) {
	f := 1.0
	for m := range t.price {
		if m > 0 && m%12 == 0 {
			f *= 1 + inflation
		}
		t.price[m] = f
	}
}
