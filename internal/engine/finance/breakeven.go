package finance

import "math"

// BreakEven is the value of one input at which the net present value of cash is zero or, where months act as
// steps, changes its sign, all others at their likely values. Value is nil where no value that may stand there does it.
type BreakEven struct {
	Key    string   `json:"key"`
	Path   string   `json:"path"`
	Origin Origin   `json:"origin"`
	Likely float64  `json:"likely"`
	Value  *float64 `json:"value"`
}

// BreakEvens looks for the break-even value of every input, nearest to its likely value first: outwards in growing
// steps to both sides until the sign changes, then by bisection.
func BreakEvens(c Case) ([]BreakEven, error) {
	if err := Check(c); err != nil {
		return nil, err
	}
	m := newModel(c)
	s := newState(m)
	out := []BreakEven{}
	for i, p := range m.places {
		b := BreakEven{Key: p.Key, Path: p.Path, Origin: p.Input.Origin, Likely: m.likely[i]}
		npv := func(v float64) float64 { return s.with(map[int]float64{i: v}).net }
		if v, ok := nearestZero(npv, m.likely[i], m.rules[i]); ok {
			b.Value = &v
		}
		out = append(out, b)
	}
	return out, nil
}

// firstStep and widening set the search: from a thousandth of the value (or of one) on, each step half as wide again.
const (
	firstStep = 1e-3
	widening  = 1.5
)

// nearestZero walks away from start on both sides within the rule until f changes its sign.
func nearestZero(f func(float64) float64, start float64, r rule) (float64, bool) {
	center := f(start)
	if center == 0 {
		return start, true
	}
	below, above := start, start
	step := firstStep * max(math.Abs(start), 1)
	if r.high <= 1 {
		step = firstStep
	}
	for below > r.low || above < r.high {
		for _, side := range []struct {
			from *float64
			to   float64
		}{{&above, r.held(above + step)}, {&below, r.held(below - step)}} {
			if v := f(side.to); v == 0 || v > 0 != (center > 0) {
				return bisect(f, *side.from, side.to, center > 0), true
			}
			*side.from = side.to
		}
		step *= widening
	}
	return 0, false
}

// bisect narrows a change of sign to neighbouring floats; positive is the sign at a.
func bisect(f func(float64) float64, a, b float64, positive bool) float64 {
	for {
		m := a + (b-a)/2
		if m == a || m == b {
			return b
		}
		v := f(m)
		switch {
		case v == 0:
			return m
		case v > 0 == positive:
			a = m
		default:
			b = m
		}
	}
}
