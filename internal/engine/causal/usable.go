package causal

import (
	"math"

	"lotse.dev/lotse/internal/base"
)

// What a series needs before anything may be proven with it (effect.md, rules 4 and 5).
const (
	leastBefore = 24
	leastAfter  = 6
	leastSlope  = 12 // on each side, for a change of slope
	longestGap  = 1
)

// row is one period with a value, on the scale of the model.
type row struct {
	t        int // index of the period
	g        float64
	weight   float64
	controls []float64
	seen     Observation
}

// usable is the part of a series that a model is fitted to: periods with a value before the end of the window.
type usable struct {
	rows          []row
	at, until     int // first affected period, end of the window
	before, after int // periods with a value
	gap           int // longest run of periods without a value between two with one
	link          link
	controls      []string
	grain         Grain
	say           func(x float64) base.Text // writes a change of the value
}

// seen says whether an observation can be used.
func (o Observation) seen() bool {
	if o.Value == nil || !measurable(*o.Value) {
		return false
	}
	for _, c := range o.Controls {
		if !measurable(c) {
			return false
		}
	}
	return true
}

// usableOf gathers the periods before until that have a value. False where the scale cannot hold them.
func usableOf(s Series, d Design, remarks *base.Remarks) (*usable, bool) {
	u := &usable{at: d.At, until: d.Until, controls: s.Controls, grain: s.Grain, say: d.Say}
	if u.say == nil {
		u.say = func(x float64) base.Text { return base.T("%s", "%s", figure(x)) }
	}
	var points []Observation
	var at []int
	for i, o := range s.Observations[:d.Until] {
		if o.Value != nil && !o.seen() {
			remarks.Add("period_left_out", base.T("%s blieb außen vor: Wert oder Vergleichsreihe ist keine Zahl.", "%s was left out: value or control is not a number.", o.Label))
		}
		if o.seen() {
			points, at = append(points, o), append(at, i)
		}
	}
	l, ok := newLink(d.Scale, points, remarks)
	if !ok {
		return u, false
	}
	u.link = l
	u.fill(points, at)
	return u, true
}

func (u *usable) fill(points []Observation, at []int) {
	weights := 0.0
	for _, o := range points {
		weights += u.link.weight(o.Size) / float64(len(points))
	}
	for i, o := range points {
		size := math.Max(0, o.Size)
		u.rows = append(u.rows, row{t: at[i], g: u.link.on(*o.Value, size), weight: u.link.weight(size) / weights, controls: o.Controls, seen: o})
		if at[i] < u.at {
			u.before++
		} else {
			u.after++
		}
		if i > 0 {
			u.gap = max(u.gap, at[i]-at[i-1]-1)
		}
	}
}

// Least are the smallest numbers of periods that a model asks for before and after.
func Least(m Model) (before, after int) {
	if m == Slope {
		return leastBefore, leastSlope
	}
	return leastBefore, leastAfter
}

// longEnough says whether rule 5 holds.
func (u *usable) longEnough(m Model) bool {
	before, after := Least(m)
	return u.before >= before && u.after >= after && u.gap <= longestGap
}

// thin returns the periods whose number of cases lies below the minimum.
func (u *usable) thin(minimum float64) []string {
	var out []string
	for _, r := range u.rows {
		if minimum > 0 && r.seen.Size < minimum {
			out = append(out, r.seen.Label)
		}
	}
	return out
}

// beforeOnly are the rows before the first affected period.
func (u *usable) beforeOnly() []row { return u.rows[:u.before] }

// measurable says whether a number can be computed with: finite, and its square too.
func measurable(x float64) bool { return math.Abs(x) < 1e150 }
