package causal_test

import (
	"fmt"
	"math"
	"os"
	"sync"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal"
)

// simulated is how many series of each kind are drawn: 500, 4,000 with LOTSE_SOAK.
func simulated() (n int, soak bool) {
	if os.Getenv("LOTSE_SOAK") != "" {
		return 4000, true
	}
	return 500, false
}

// noisy draws a series of 24 periods before and 12 after with errors of standard deviation 1, a level, a trend and an
// effect.
func noisy(rho, effect float64, seed int) causal.Series {
	r := base.Rand(uint64(seed), "noisy", fmt.Sprint(rho))
	values := make([]float64, 36)
	e := 0.0
	for i := range values {
		e = rho*e + math.Sqrt(1-rho*rho)*r.NormFloat64()
		if i == 0 {
			e = r.NormFloat64()
		}
		values[i] = 50 + 0.05*float64(i) + e
		if i >= 24 {
			values[i] += effect
		}
	}
	return series(causal.Month, nil, values)
}

// outcome counts what was said of many series.
type outcome struct {
	n, interval, joint, belegt, covered, warned int
}

func (o outcome) share(k int) float64 { return float64(k) / float64(o.n) }

func simulate(t *testing.T, rho, effect float64, n int) outcome {
	t.Helper()
	out := outcome{n: n}
	var mutex sync.Mutex
	var group sync.WaitGroup
	for worker := range 2 {
		group.Go(func() {
			for i := worker; i < n; i += 2 {
				direction := 1.0
				if i%4 >= 2 && effect == 0 {
					direction = -1
				}
				e := estimate(t, noisy(rho, effect, i), causal.Design{At: 24, Class: causal.Planned, Expected: &direction, Quick: true})
				mutex.Lock()
				out.count(e, effect)
				mutex.Unlock()
			}
		})
	}
	group.Wait()
	return out
}

func (o *outcome) count(e *causal.Effect, effect float64) {
	add := func(into *int, yes bool) {
		if yes {
			*into++
		}
	}
	interval := met(e, "interval") == "true"
	add(&o.interval, interval)
	add(&o.joint, interval && met(e, "placebo") == "true")
	add(&o.belegt, e.Verdict == causal.Proven)
	add(&o.covered, *e.Low <= effect && effect <= *e.High)
	add(&o.warned, e.Remarks.Has("unit_root"))
}

// TestFalseProofAndCoverage: series without effect are rarely called proven, and intervals cover the truth.
func TestFalseProofAndCoverage(t *testing.T) {
	n, soak := simulated()
	mostFalse, leastCovered := 0.085, 0.89
	if soak {
		mostFalse, leastCovered = 0.06, 0.92
	}
	for _, rho := range []float64{0, 0.3, 0.6} {
		o := simulate(t, rho, 0, n)
		t.Logf("ρ %.1f: interval %.3f, joint rule %.3f, belegt %.3f, covered %.3f, unit root warned %.3f", rho, o.share(o.interval), o.share(o.joint), o.share(o.belegt), o.share(o.covered), o.share(o.warned))
		if o.share(o.joint) > mostFalse || o.share(o.belegt) > 0.06 || o.share(o.covered) < leastCovered {
			t.Errorf("ρ %.1f: joint rule %.3f, belegt %.3f, covered %.3f", rho, o.share(o.joint), o.share(o.belegt), o.share(o.covered))
		}
	}
}

// TestPower: effects of 1, 2 and 3 standard deviations at ρ 0.3 pass the joint rule as often as effect.md says.
func TestPower(t *testing.T) {
	n, soak := simulated()
	slack := 0.09
	if soak {
		slack = 0.04
	}
	for effect, want := range map[float64]float64{1: 0.21, 2: 0.60, 3: 0.91} {
		o := simulate(t, 0.3, effect, n)
		t.Logf("effect %.0f: interval %.3f, joint rule %.3f, belegt %.3f", effect, o.share(o.interval), o.share(o.joint), o.share(o.belegt))
		if o.share(o.joint) < want-slack {
			t.Errorf("effect %.0f: power %.3f, wanted %.2f", effect, o.share(o.joint), want)
		}
	}
}
