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

// fill writes the scaled shares of the profile's span: of its j-th month, from 1, the part of the ramp that is reached.
func (p *profile) fill(shares, values []float64) {
	months, delay := value(values, p.months, 0), value(values, p.delay, 0)
	for i := range shares {
		x := float64(i+1) - delay
		switch {
		case x <= 0:
			shares[i] = 0
		case x >= months:
			fillWith(shares[i:], p.scale)
			return
		default:
			shares[i] = p.scale * p.rise(x/months)
		}
	}
}

// rise is the share that is reached at a part x of the ramp, 0 < x < 1.
func (p *profile) rise(x float64) float64 {
	if p.curve {
		return x * x * (3 - 2*x)
	}
	return x
}

func fillWith(list []float64, v float64) {
	for i := range list {
		list[i] = v
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

// sums adds the months up, by the shares of the span.
func (p *profile) sums(shares []float64, t *timeline) sums {
	var s sums
	plain, present := t.of(p)
	for m := p.first; m < p.end(len(plain)); m += p.every {
		w := shares[m-p.first]
		s.plain += w * plain[m]
		s.present += w * present[m]
	}
	return s
}

// end is the month after the last one that counts; a horizon shorter than the span cuts it.
func (p *profile) end(months int) int { return min(p.last+1, months) }

// timeline holds what a payment of one in each month, counted from 0, is worth.
type timeline struct {
	level    []float64 // one, for what does not rise with prices
	price    []float64 // (1 + i) to the power of the whole years since the start
	discount []float64 // (1 + r) to the power of minus its years
	both     []float64 // price × discount
}

func newTimeline(months int) timeline {
	t := timeline{make([]float64, months), make([]float64, months), make([]float64, months), make([]float64, months)}
	fillWith(t.level, 1)
	return t
}

// of is the worth in each month for a profile, plain and at present value.
func (t *timeline) of(p *profile) (plain, present []float64) {
	if p.prices {
		return t.price, t.both
	}
	return t.level, t.discount
}

// set computes the timeline. Both rates are above −1.
func (t *timeline) set(rate, inflation float64, timing Timing) {
	monthly := math.Pow(1+rate, -1.0/12)
	d, p := math.Pow(1+rate, -timing.offset()/12), 1.0
	for m := range t.level {
		if m > 0 && m%12 == 0 {
			p *= 1 + inflation
		}
		t.price[m], t.discount[m], t.both[m] = p, d, p*d
		d *= monthly
	}
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
