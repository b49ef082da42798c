package did

import (
	"context"
	"math"

	"lotse.dev/lotse/internal/base"
)

// Estimate answers a panel. A panel that cannot carry an estimate is an error; one that carries it badly is an answer
// whose diagnostics say so.
func Estimate(ctx context.Context, p *Panel, o Options) (*Result, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	r := &Result{Events: []Event{}, Cohorts: []Cohort{}, Remarks: base.Remarks{}, Periods: len(p.Periods)}
	units := p.usable(&r.Remarks)
	starts := make([]int, len(units))
	for i, u := range units {
		starts[i] = u.From
		if u.From == Never {
			starts[i] = r.Periods
			r.Controls++
		} else {
			r.Treated++
		}
	}
	c := gather(units, starts, r.Periods, !o.NeverOnly)
	if err := r.enough(c); err != nil {
		return nil, err
	}
	if n := float64(len(c.start)); n*n*float64(r.Periods)*float64(len(units)+drawnAssignments) > mostWork {
		return nil, base.Fail(base.TooLarge, "panel_many_starts", base.T("Das Panel hat zu viele verschiedene Beginne: %d.", "The panel has too many different starts: %d.", r.cohortCount(c))).
			WithHint(base.T("Fassen Sie Perioden zusammen, etwa Tage zu Monaten.", "Join periods, such as days to months."))
	}
	whole := c.profile()
	if math.IsNaN(whole[0]) {
		return nil, noControls()
	}
	spreads, err := jackknife(ctx, units, starts, c, whole)
	if err != nil {
		return nil, err
	}
	if spreads[0].method == Unknown {
		spreads[0] = overTime(c)
	}
	r.headline(whole[0], spreads[0])
	r.events(c, whole, spreads)
	r.cohorts(p, c)
	r.TwoWay = twoWay(units, starts, r.Periods)
	if err := r.assignments(ctx, units, starts, o); err != nil {
		return nil, err
	}
	r.diagnose(len(r.Cohorts))
	return r, nil
}

// mostWork bounds starts² · periods · (units + assignments), about ten seconds of one processor.
const mostWork = 1e10

func (r *Result) cohortCount(c *cohorts) int {
	if r.Controls > 0 {
		return len(c.start) - 1
	}
	return len(c.start)
}

func (r *Result) enough(c *cohorts) error {
	if r.Treated == 0 {
		return base.Fail(base.Refused, "panel_no_treated", base.T("Keine Einheit ist betroffen, oder keine hat Perioden davor.", "No unit is treated, or none has periods before it."))
	}
	if r.Controls == 0 && (!c.notYet || len(c.start) < 2) {
		return noControls()
	}
	return nil
}

func noControls() error {
	return base.Fail(base.Refused, "panel_no_controls", base.T("Es fehlt eine Einheit zum Vergleich, die nicht oder noch nicht betroffen ist.", "There is no unit to compare with that is not treated or not treated yet."))
}

func (r *Result) headline(estimate float64, s spread) {
	r.Estimate, r.Method = known(estimate), s.method
	r.Low, r.High, r.P = s.bounds(estimate)
	r.SE, r.DF = known(s.se), known(s.df)
}

// known is nil for NaN.
func known(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

func (r *Result) events(c *cohorts, whole []float64, spreads []spread) {
	for i := 1; i < len(whole); i++ {
		e := Event{Relative: c.first + i - 1, Units: spreads[i].treated}
		if !math.IsNaN(whole[i]) {
			e.Estimate = known(whole[i])
			if e.Relative != -1 {
				e.Low, e.High, _ = spreads[i].bounds(whole[i])
			}
		}
		r.Events = append(r.Events, e)
	}
}

func (r *Result) cohorts(p *Panel, c *cohorts) {
	for k, g := range c.start {
		if g >= c.periods {
			continue
		}
		sum, n := 0.0, 0.0
		for t := g; t < c.periods; t++ {
			if e := c.effect(k, t); !math.IsNaN(e) {
				sum, n = sum+e, n+1
			}
		}
		r.Cohorts = append(r.Cohorts, Cohort{Start: p.Periods[g], Units: c.units[k], Estimate: known(sum / n)})
	}
	if _, one := c.level(); one {
		m := &Means{}
		m.TreatedBefore, m.TreatedAfter = c.means(0, c.start[0])
		m.ControlBefore, m.ControlAfter = c.means(1, c.start[0])
		r.Means = m
		r.Cohorts[0].Estimate = r.Estimate
	}
}

func (r *Result) assignments(ctx context.Context, units []Unit, starts []int, o Options) error {
	l := &lottery{units: units, starts: starts, time: r.Periods, notYet: !o.NeverOnly, seed: o.Seed,
		rate: []func(*cohorts) float64{effectStrength, driftStrength}}
	out, err := l.run(ctx)
	if err != nil {
		return err
	}
	for i, to := range []**Randomisation{&r.Randomisation, &r.Drift} {
		if out[i].Assignments > 1 {
			*to = &out[i]
		}
	}
	return nil
}

// twoWay is the coefficient of the treatment in a regression with an effect for each unit and each period, by taking
// the means of both out of value and treatment (Frisch, Waugh and Lovell); it is exact for a balanced panel whose
// weights do not change over time.
func twoWay(units []Unit, starts []int, periods int) *float64 {
	y := func(i, t int) float64 { return units[i].Values[t] }
	d := func(i, t int) float64 {
		if t >= starts[i] {
			return 1
		}
		return 0
	}
	weights := make([]float64, len(units))
	for i, u := range units {
		weights[i] = u.Weight
	}
	ry, rd := demean(weights, periods, y), demean(weights, periods, d)
	top, bottom := 0.0, 0.0
	for i := range ry {
		w := weights[i/periods]
		top += w * ry[i] * rd[i]
		bottom += w * rd[i] * rd[i]
	}
	if bottom < 1e-12 {
		return nil
	}
	return known(top / bottom)
}

// demean takes the mean of the unit and the weighted mean of the period out of each value.
func demean(weights []float64, periods int, value func(i, t int) float64) []float64 {
	out := make([]float64, len(weights)*periods)
	byPeriod := make([]float64, periods)
	total := 0.0
	for i, w := range weights {
		row := out[i*periods : (i+1)*periods]
		mean := 0.0
		for t := range row {
			row[t] = value(i, t)
			mean += row[t] / float64(periods)
		}
		for t := range row {
			row[t] -= mean
			byPeriod[t] += w * row[t]
		}
		total += w
	}
	for i := range weights {
		for t := range periods {
			out[i*periods+t] -= byPeriod[t] / total
		}
	}
	return out
}
