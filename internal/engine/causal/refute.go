package causal

import (
	"context"
	"math"
	"slices"

	"lotse.dev/lotse/internal/base"
)

// washOut is how many periods from the first affected one on are left out by the first check: those in which something
// new does not work as it should yet.
const washOut = 3

// refute tries what could make the effect disappear.
func (j *job) refute(ctx context.Context) error {
	if err := j.leaveOneOut(ctx); err != nil {
		return err
	}
	j.effect.Checks = append([]Check{j.washOut()}, j.effect.Checks...)
	if j.series.Negative != nil {
		j.effect.Checks = append(j.effect.Checks, j.negative())
	}
	return nil
}

// washOut leaves three periods out from the first affected one on.
func (j *job) washOut() Check {
	c := Check{Code: "wash_out", Text: base.T("Ohne die ersten %s Perioden nach dem Beginn geht die Veränderung in dieselbe Richtung.",
		"Without the first %s periods after the start the change has the same direction.", washOut)}
	rows := slices.DeleteFunc(slices.Clone(j.u.rows), func(r row) bool { return r.t >= j.u.at && r.t < j.u.at+washOut })
	t, ok := j.terms.lay(rows, when{at: j.u.at, until: j.u.until})
	if !ok {
		return c
	}
	f, ok := t.fit()
	if !ok {
		return c
	}
	c.Estimate, c.Low, c.High = j.inUnit(f)
	c.Held = truth(sameSign(f.effect, j.fit.effect))
	return c
}

// leaveOneOut leaves every period out in turn.
func (j *job) leaveOneOut(ctx context.Context) error {
	c := Check{Code: "leave_one_out", Text: base.T("Lässt man eine beliebige einzelne Periode weg, bleibt die Richtung dieselbe.", "Whichever single period is left out, the direction stays the same.")}
	low, high, tried := math.Inf(1), math.Inf(-1), 0
	for i := range j.u.rows {
		if err := ctx.Err(); err != nil {
			return err
		}
		if f, ok := j.table.without(i).fit(); ok {
			tried++
			low, high = math.Min(low, f.effect), math.Max(high, f.effect)
		}
	}
	if tried > 0 {
		c.Estimate, c.Low, c.High = known(j.toUnit(j.fit.effect)), known(j.toUnit(low)), known(j.toUnit(high))
		c.Held = truth(sameSign(low, j.fit.effect) && sameSign(high, j.fit.effect))
	}
	j.effect.Checks = append(j.effect.Checks, c)
	return nil
}

// negative fits the same model to a metric that should not move. With fewer values than a verdict asks for it says
// nothing: a wide interval would hold zero by itself.
func (j *job) negative() Check {
	c := Check{Code: "negative", Text: base.T("Eine Kennzahl, die sich nicht bewegen sollte, hat sich auch nicht bewegt.", "A metric that should not move did not move.")}
	var rows []row
	before, after := 0, 0
	for i, v := range j.series.Negative[:j.u.until] {
		switch {
		case !measurable(v):
			continue
		case i < j.u.at:
			before++
		default:
			after++
		}
		rows = append(rows, row{t: i, g: v, weight: 1})
	}
	if before < leastBefore || after < leastAfter {
		return c
	}
	u := &usable{rows: rows, grain: j.u.grain}
	m := newTerms(u, j.terms.model)
	m.season = j.terms.season
	t, ok := m.lay(rows, when{at: j.u.at, until: j.u.until})
	if !ok {
		return c
	}
	f, ok := t.fit()
	if !ok {
		return c
	}
	low, high := f.interval()
	c.Estimate, c.Low, c.High = known(f.effect), known(low), known(high)
	c.Held = truth(low <= 0 && high >= 0)
	return c
}

func sameSign(a, b float64) bool { return a*b > 0 }

func truth(b bool) *bool { return &b }
