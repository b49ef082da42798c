package causal

import (
	"context"
	"math"

	"lotse.dev/lotse/internal/base"
)

// What the answer to "can this be proven?" needs and how far it looks.
const (
	leastHistory = 10  // periods, to say anything of the noise
	longestAhead = 120 // periods after the start
	curvePoints  = 32
	curveDraws   = 200
)

// Provable says before anything is done what the metric's history could show: for each number of periods measured after
// the start, most of them at the longest, the smallest effect that passes interval and placebo with a power of 80 %, and after how many
// of them the promised effect (Design.Expected) would show. The series is the time before; what lies from Design.At on is
// not looked at. The same arguments give the same answer.
func Provable(ctx context.Context, s Series, d Design, most int) (*Provability, error) {
	if d.At <= 0 || d.At > len(s.Observations) {
		d.At = len(s.Observations)
	}
	_, first := Least(d.filled(0).Model)
	most = min(most, longestAhead)
	var after []int
	for m, step := first, max(1, (most-first)/curvePoints+1); m <= most; m += step {
		after = append(after, m)
	}
	return provable(ctx, s, d, after)
}

// provable answers for the numbers of periods after the start.
func provable(ctx context.Context, s Series, d Design, after []int) (*Provability, error) {
	d.Until = d.At
	d = d.filled(d.At)
	if err := s.fits(d); err != nil {
		return nil, err
	}
	o := &outlook{design: d, after: after, answer: &Provability{Curve: []Detectable{}, Helps: []Help{}, Remarks: base.Remarks{}}}
	if d.Expected != nil {
		o.answer.Promised = known(*d.Expected)
	}
	u, ok := usableOf(s, d, &o.answer.Remarks)
	o.u, o.answer.Before = u, u.before
	if ok && len(after) > 0 && o.learn() {
		if err := o.look(ctx); err != nil {
			return nil, err
		}
	}
	o.speak()
	return o.answer, nil
}

// outlook is the answer under way.
type outlook struct {
	design Design
	after  []int // for which the smallest effect is asked
	u      *usable
	terms  *terms
	fit    *fitted // of the time before, without an effect
	last   float64 // smallest effect after the longest measurement, on the scale of the model
	answer *Provability
}

// learn fits what the time before says of the noise; false where it says too little.
func (o *outlook) learn() bool {
	remarks := &o.answer.Remarks
	if o.u.before < leastHistory {
		remarks.Add("before_short", base.T("Vor dem Beginn liegen nur %s Perioden; unter %s lässt sich nichts sagen.", "Only %s periods lie before the start; below %s nothing can be said.", o.u.before, leastHistory))
		return false
	}
	if thin := o.u.thin(o.design.Minimum); len(thin) > 0 {
		remarks.Add("sample_small", base.T("Diese Perioden haben weniger als %s Fälle: %s", "These periods have fewer than %s cases: %s", o.design.Minimum, listed(thin)))
		return false
	}
	o.terms = newTerms(o.u, o.design.Model)
	o.terms.chooseSeason(o.u.rows, o.u.grain)
	t, ok := o.terms.lay(o.u.rows, when{without: true})
	if !ok {
		return false
	}
	if o.fit, ok = t.fit(); !ok {
		o.fit = nil
		remarks.Add("no_variation", base.T("Die Werte schwanken nicht; was sich zeigen würde, lässt sich nicht berechnen.", "The values do not vary; what would show cannot be computed."))
		return false
	}
	o.answer.Rho, o.answer.Sigma = known(o.fit.rho), known(o.fit.sigma)
	if o.u.before < leastBefore {
		remarks.Add("before_short", base.T("Vor dem Beginn liegen erst %s von %s nötigen Perioden; gerechnet ist, als wären es %s.", "Only %s of %s periods needed lie before the start; computed as if there were %s.", o.u.before, leastBefore, leastBefore))
	}
	if seasonUnseen(o.u) {
		remarks.Add("season_unseen", seasonRemark)
	}
	return true
}

// look computes the curve.
func (o *outlook) look(ctx context.Context) error {
	found, err := o.detectable(ctx, o.after, o.fit.rho, 1)
	if err != nil {
		return err
	}
	best := math.Inf(1)
	for i, m := range o.after {
		best = math.Min(best, found[i]*o.fit.sigma) // more measuring cannot show less; what rises is chance of the drawing
		o.last = best
		if x := known(o.magnitude(best)); x != nil {
			o.answer.Curve = append(o.answer.Curve, Detectable{After: m, Smallest: *x})
		}
	}
	if p := o.answer.Promised; p != nil {
		for _, c := range o.answer.Curve {
			if c.Smallest <= math.Abs(*p) {
				needed := c.After
				o.answer.Needed = &needed
				break
			}
		}
	}
	if len(o.after) == 1 {
		return nil
	}
	return o.help(ctx)
}

// detectable is the smallest effect that shows, in standard deviations of the errors, for each number of periods after,
// with times as many points in a period.
func (o *outlook) detectable(ctx context.Context, after []int, rho float64, times int) ([]float64, error) {
	rows, before := o.future(after[len(after)-1], times)
	ends := make([]int, len(after))
	for i, m := range after {
		ends[i] = before + m*times
	}
	t, ok := o.terms.newTrial(rows, before, rows[before].t, ends)
	if !ok {
		out := make([]float64, len(after))
		for i := range out {
			out[i] = math.NaN()
		}
		return out, nil
	}
	return t.thresholds(ctx, rho, curveDraws)
}

// future lays out the rows of a measurement without a gap: as many before as there are, at least the minimum, and after.
// Controls go on as they were; values do not matter.
func (o *outlook) future(after, times int) (rows []row, before int) {
	before = max(o.u.before, leastBefore) * times
	for i := range before + after*times {
		rows = append(rows, row{t: i, weight: 1, controls: o.u.rows[i%o.u.before].controls})
	}
	return rows, before
}

// magnitude is the size of an effect in the unit of the value at the level of the last year before.
func (o *outlook) magnitude(effect float64) float64 {
	if o.design.Scale == Plain {
		return effect
	}
	sign := 1.0
	if e := o.design.Expected; e != nil && *e < 0 {
		sign = -1
	}
	last := o.u.rows[max(0, len(o.u.rows)-max(1, int(yearOf(o.u.grain)))):]
	sum := 0.0
	for _, r := range last {
		sum += (o.u.link.back(r.g+sign*effect, r.seen.Size) - o.u.link.back(r.g, r.seen.Size)) / float64(len(last))
	}
	return math.Abs(sum)
}
