package causal

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"lotse.dev/lotse/internal/base"
)

// How the smallest detectable effect is found: so many series of noise, a power of 80 %, and a bound on the placebo dates
// that are looked at in each of them.
const (
	draws       = 200
	wantedPower = 0.80
	drawnDates  = 40
)

// trial simulates noise in the rows of a design and finds, for each draw, the smallest effect that would have passed the
// joint rule: interval and placebo. No search is needed, because restricted likelihood knows y only through what the
// regressors leave of it: an effect added to the noise changes neither ρ nor σ nor the placebo dates before it, it only
// adds to the estimate. The effect that shows with a power of 80 % is the 0.8 quantile of those thresholds.
type trial struct {
	main    []*table // one for each length of the window that is asked for
	placebo []*table // over the rows before
	before  int
	times   []int
}

// newTrial lays out the tables; rows hold time, weight and controls, their values do not matter. ends are the numbers
// of rows that each main table has.
func (m *terms) newTrial(rows []row, before, at int, ends []int) (*trial, bool) {
	t := &trial{before: before}
	for _, r := range rows {
		t.times = append(t.times, r.t)
	}
	for _, end := range ends {
		main, ok := m.lay(rows[:end], when{at: at, until: rows[end-1].t + 1})
		if !ok {
			return nil, false
		}
		t.main = append(t.main, main)
	}
	dates := placeboAts(rows[:before])
	for _, i := range spread(len(dates), drawnDates) {
		if p, ok := m.lay(rows[:before], when{at: rows[dates[i]].t, until: at}); ok {
			t.placebo = append(t.placebo, p)
		}
	}
	return t, true
}

// spread returns most places evenly over n, all when there are no more.
func spread(n, most int) []int {
	k := min(n, most)
	out := make([]int, k)
	for i := range out {
		out[i] = i * n / k
	}
	return out
}

// thresholds draws noise with a standard deviation of 1 and returns, for each main table, the effect that shows with the
// wanted power, in such deviations; NaN where it cannot be said.
func (t *trial) thresholds(ctx context.Context, rho float64, draws int) ([]float64, error) {
	r := base.Rand(1, "causal", "power")
	found := make([][]float64, len(t.main))
	noise := make([]float64, len(t.times))
	for range draws {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		autoregressive(r, rho, t.times, noise)
		for _, p := range t.placebo {
			p.redraw(noise)
		}
		for i, main := range t.main {
			main.redraw(noise)
			if f, ok := main.gram.fit(); ok {
				found[i] = append(found[i], t.needed(f)-f.effect)
			}
		}
	}
	out := make([]float64, len(found))
	for i, f := range found {
		out[i] = math.NaN()
		if len(f) > 0 {
			slices.Sort(f)
			out[i] = math.Max(0, f[int(math.Ceil(wantedPower*float64(len(f))))-1])
		}
	}
	return out, nil
}

// needed is the estimate above which the joint rule is passed.
func (t *trial) needed(f *fitted) float64 {
	strengths := make([]float64, 0, len(t.placebo))
	for _, p := range t.placebo {
		at := p.gram.blank()
		if p.gram.profile(f.u, at) {
			p.gram.read(at)
			strengths = append(strengths, math.Abs(at.t()))
		}
	}
	slices.SortFunc(strengths, func(a, b float64) int { return -cmpFloat(a, b) })
	need := tQuantile(f.df, 0.975) * f.full
	if allowed := int(math.Floor(placeboMost*float64(1+len(strengths))+1e-9)) - 1; allowed >= 0 && allowed < len(strengths) {
		need = math.Max(need, strengths[allowed]*f.se)
	}
	return need
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// autoregressive fills noise with a stationary AR(1) series of standard deviation 1 at the times given.
func autoregressive(r *rand.Rand, rho float64, times []int, noise []float64) {
	for i := range noise {
		e := r.NormFloat64()
		if i == 0 {
			noise[i] = e
			continue
		}
		phi := power(rho, times[i]-times[i-1])
		noise[i] = phi*noise[i-1] + math.Sqrt(1-phi*phi)*e
	}
}

// redraw puts other values in place of y; they are already whitened for their weights.
func (t *table) redraw(y []float64) {
	for i := range t.z {
		t.z[i][len(t.z[i])-1] = y[i]
	}
	t.gram.renew(t.t, t.z)
}

// smallest finds the smallest effect that this design would have shown. Where the series is too short for an estimate it
// is what one of the needed length would show with the noise of the time before.
func (j *job) smallest(ctx context.Context) error {
	if j.design.Quick || j.u == nil {
		return nil
	}
	if j.fit == nil {
		return j.smallestIfLonger(ctx)
	}
	t, ok := j.terms.newTrial(j.u.rows, j.u.before, j.u.at, []int{len(j.u.rows)})
	if !ok {
		return nil
	}
	found, err := t.thresholds(ctx, j.fit.rho, draws)
	if err != nil {
		return err
	}
	j.effect.Smallest = known(j.magnitude(found[0] * j.fit.sigma))
	return nil
}

func (j *job) smallestIfLonger(ctx context.Context) error {
	if j.u.at == 0 || j.u.longEnough(j.design.Model) {
		return nil
	}
	_, after := Least(j.design.Model)
	after = min(max(after, j.u.after), longestAhead)
	p, err := provable(ctx, j.series, j.design, []int{after})
	if err != nil || len(p.Curve) == 0 {
		return err
	}
	j.effect.Smallest = &p.Curve[0].Smallest
	j.effect.Remarks.Add("smallest_if_longer", base.T("Mit mindestens %s Perioden davor und %s danach wäre eine Veränderung ab %s belegbar.", "With at least %s periods before and %s after, a change from %s on would be provable.",
		max(leastBefore, j.u.before), after, j.u.say(p.Curve[0].Smallest)))
	return nil
}

// magnitude is the size of an effect in the unit of the value, in the planned direction, otherwise in that of the estimate.
func (j *job) magnitude(effect float64) float64 {
	if j.design.Scale == Plain {
		return effect
	}
	sign := math.Copysign(1, j.fit.effect)
	if e := j.design.Expected; e != nil && *e != 0 {
		sign = math.Copysign(1, *e)
	}
	sum := 0.0
	for _, r := range j.u.rows[j.u.before:] {
		without := r.g - j.fit.effect
		sum += (j.u.link.back(without+sign*effect, r.seen.Size) - j.u.link.back(without, r.seen.Size)) / float64(j.u.after)
	}
	return math.Abs(sum)
}
