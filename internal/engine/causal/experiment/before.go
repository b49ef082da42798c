package experiment

import (
	"math"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/stat"
)

// before adjusts the arms by what was measured before the test, where everyone has such a value, and says what it brought.
func (r *Result) before(arms []*Arm, o Options) []stat.Sample {
	out := make([]stat.Sample, len(arms))
	some, all := false, true
	both, pre, ss, adjustedSS, centre, n := 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	for i, a := range arms {
		out[i] = a.sample()
		some, all = some || a.pre > 0, all && a.pre == a.n
		both, pre, ss = both+a.both, pre+a.preSS, ss+a.ss
		centre, n = centre+a.preMean*float64(a.n), n+float64(a.n)
	}
	if !some {
		return out
	}
	if !all || !(pre > 0) || math.IsInf(pre, 0) {
		r.Remarks.Add("before_unused", base.T("Werte von vor dem Test fehlen bei einigen oder sind alle gleich; sie bleiben außer Betracht.", "Values from before the test are missing for some or are all equal; they are left out."))
		return out
	}
	theta := both / pre
	r.Before = &Before{}
	for i, a := range arms {
		out[i] = a.adjusted(theta, centre/n)
		adjustedSS += a.ss - 2*theta*a.both + theta*theta*a.preSS
		if i > 0 {
			r.Before.compare(arms[0], a)
		}
	}
	if ss > 0 {
		r.Before.Saved = known(math.Max(0, 1-adjustedSS/ss))
	}
	return out
}

// compare keeps the least p of all comparisons.
func (b *Before) compare(control, arm *Arm) {
	c := stat.Sample{N: control.n, Mean: control.preMean, SD: deviation(control.preSS, control.n)}
	a := stat.Sample{N: arm.n, Mean: arm.preMean, SD: deviation(arm.preSS, arm.n)}
	if p := welch(a.Mean-c.Mean, c, a); !math.IsNaN(p) && (b.P == nil || p < *b.P) {
		b.P = &p
	}
}
