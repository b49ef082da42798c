package finance

import "slices"

// worth is what a case is worth at one set of values, each class by itself and unrounded.
type worth struct {
	net      float64 // present value of cash benefits less all costs
	avoided  float64 // present value of avoided cost
	released float64 // present value of released time at its own price
	hours    float64 // released hours, not discounted
	other    float64 // plain quantity of the other benefits; only its sign matters, to tell better from worse
}

// state evaluates a model at values; one goroutine uses it.
type state struct {
	m      *model
	values []float64
	time   timeline
	shares [][]float64 // by profile
	sums   []sums      // by profile
	moved  []int       // profiles that stand at other than the likely values
}

// newState stands at the likely values.
func newState(m *model) *state {
	s := &state{m: m, values: slices.Clone(m.likely), time: newTimeline(m.months), sums: make([]sums, len(m.profiles))}
	for _, p := range m.profiles {
		s.shares = append(s.shares, make([]float64, p.last-p.first+1))
	}
	for i := range m.profiles {
		s.moved = append(s.moved, i)
	}
	s.set(nil)
	return s
}

// refresh brings those profiles up to date with the values that vary from draw to draw.
func (s *state) refresh() {
	if s.m.uncertain(s.m.rate) || s.m.uncertain(s.m.inflation) {
		s.setTime()
	}
	for i := range s.m.profiles {
		p := &s.m.profiles[i]
		if p.growing {
			p.fill(s.shares[i], s.values)
		}
		if p.varying {
			s.sums[i] = p.sums(s.shares[i], &s.time)
		}
	}
}

func (s *state) setTime() {
	s.time.set(value(s.values, s.m.rate, 0), value(s.values, s.m.inflation, 0), s.m.timing)
}

// factor is the product of a line's inputs.
func (s *state) factor(l *line) float64 { return value(s.values, l.a, 1) * value(s.values, l.b, 1) }

// worth is the worth at the values, whose profiles are up to date.
func (s *state) worth() worth {
	var w worth
	for i := range s.m.lines {
		l := &s.m.lines[i]
		present := s.factor(l) * s.sums[l.profile].present
		switch {
		case l.cost != "":
			w.net -= present
		case l.class == Cash:
			w.net += present
		case l.class == AvoidedCost:
			w.avoided += present
		case l.class == ReleasedTime:
			w.released += present
			w.hours += s.values[l.a] * s.sums[l.quantity].plain
		case l.class == Other:
			w.other += s.values[l.a] * s.sums[l.quantity].plain
		}
	}
	for i := range s.m.fundings {
		f := &s.m.fundings[i]
		w.net += s.granted(f) * s.sums[f.profile].present
	}
	return w
}

// granted is what a funding pays: a fixed sum, or a share of the eligible costs over the horizon, capped.
func (s *state) granted(f *funding) float64 {
	if f.amount != none {
		return s.values[f.amount]
	}
	var eligible float64
	for _, i := range f.eligible {
		l := &s.m.lines[i]
		eligible += s.factor(l) * s.sums[l.profile].plain
	}
	paid := value(s.values, f.share, 0) * eligible
	if f.cap != none {
		paid = min(paid, s.values[f.cap])
	}
	return paid
}

// set puts some inputs to other values than the likely ones, by number, and brings the profiles up to date that they or
// the inputs set before shape.
func (s *state) set(other map[int]float64) {
	copy(s.values, s.m.likely)
	stale := s.moved
	s.moved = nil
	for i, v := range other {
		s.values[i] = s.m.rules[i].held(v)
		s.moved = append(s.moved, s.m.shapes[i]...)
	}
	stale = append(stale, s.moved...)
	if len(stale) > 0 {
		s.setTime()
	}
	for _, i := range stale {
		p := &s.m.profiles[i]
		p.fill(s.shares[i], s.values)
		s.sums[i] = p.sums(s.shares[i], &s.time)
	}
}

// with is the worth where some inputs have other values than the likely ones.
func (s *state) with(other map[int]float64) worth {
	s.set(other)
	return s.worth()
}
