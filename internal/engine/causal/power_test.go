package causal_test

import (
	"math"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal"
)

// passing is how often an effect passes the joint rule in series drawn with the noise given: the second way to compute
// what the engine finds by inverting thresholds.
func passing(t *testing.T, rho, sigma, effect float64, before, after int) float64 {
	t.Helper()
	const n = 300
	passed := 0
	for seed := range n {
		r := base.Rand(uint64(seed), "passing")
		values, e := make([]float64, before+after), r.NormFloat64()
		for i := range values {
			if i > 0 {
				e = rho*e + math.Sqrt(1-rho*rho)*r.NormFloat64()
			}
			values[i] = sigma * e
			if i >= before {
				values[i] += effect
			}
		}
		got := estimate(t, series(causal.Year, nil, values), causal.Design{At: before, Quick: true})
		if met(got, "interval") == "true" && met(got, "placebo") == "true" {
			passed++
		}
	}
	return float64(passed) / n
}

// TestSmallestHasPower: four in five series with the smallest detectable effect pass interval and placebo.
func TestSmallestHasPower(t *testing.T) {
	s := noisy(0.4, 0, 21)
	s.Grain = causal.Year
	e := estimate(t, s, causal.Design{At: 24})
	if share := passing(t, *e.Fit.Rho, *e.Fit.Sigma, *e.Smallest, 24, 12); math.Abs(share-0.8) > 0.07 {
		t.Errorf("%v passes in %.2f of the series", *e.Smallest, share)
	}
}

// TestProvableHasPower: the curve before anything is done says the same.
func TestProvableHasPower(t *testing.T) {
	promised := -2.5
	s := noisy(0.4, 0, 22)
	s.Grain, s.Observations = causal.Year, s.Observations[:30]
	p, err := causal.Provable(t.Context(), s, causal.Design{Expected: &promised}, 24)
	if err != nil {
		t.Fatal(err)
	}
	if p.Curve[0].After != 6 || p.Curve[len(p.Curve)-1].After != 24 {
		t.Errorf("curve from %d to %d", p.Curve[0].After, p.Curve[len(p.Curve)-1].After)
	}
	for i, c := range p.Curve {
		if i > 0 && c.Smallest > p.Curve[i-1].Smallest {
			t.Errorf("more measuring shows less: %+v", p.Curve)
		}
		if c.After == 12 {
			if share := passing(t, *p.Rho, *p.Sigma, c.Smallest, 30, 12); math.Abs(share-0.8) > 0.09 {
				t.Errorf("%v passes in %.2f of the series", c.Smallest, share)
			}
		}
		if needed := c.Smallest <= 2.5; needed && (p.Needed == nil || *p.Needed > c.After) || !needed && p.Needed != nil && *p.Needed == c.After {
			t.Errorf("needed %v, at %d %v shows", p.Needed, c.After, c.Smallest)
		}
	}
}

// TestProvableSpeaks: the promised effect shows, never shows, or nothing can be said.
func TestProvableSpeaks(t *testing.T) {
	s := noisy(0.3, 0, 23)
	for promised, want := range map[float64]string{
		20:   "Nachweisbar: Die versprochene Veränderung (20,0) zeigt sich nach 6 Monaten mit 80 % Sicherheit.",
		-0.1: "Mit Ihren Daten nicht nachweisbar: Versprochen: 0,100. Die kleinste Veränderung, die sich auch nach 12 Monaten zeigen ließe: ",
	} {
		p, err := causal.Provable(t.Context(), s, causal.Design{Expected: &promised}, 12)
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Sentence.De) < len(want) || p.Sentence.De[:len(want)] != want {
			t.Errorf("%v: %s", promised, p.Sentence.De)
		}
		codes := map[string]bool{}
		for _, h := range p.Helps {
			codes[h.Code] = true
			if h.Smallest != nil && *h.Smallest >= p.Curve[len(p.Curve)-1].Smallest {
				t.Errorf("%s does not help: %v", h.Code, *h.Smallest)
			}
		}
		if !codes["control"] || !codes["staggered"] {
			t.Errorf("helps: %v", codes)
		}
	}
	s.Observations = s.Observations[:9]
	p, err := causal.Provable(t.Context(), s, causal.Design{}, 12)
	if err != nil || len(p.Curve) > 0 || !p.Remarks.Has("before_short") {
		t.Errorf("nine periods: %+v %v", p, err)
	}
}
