package finance

import (
	"math"
	"os"
	"testing"

	"pgregory.net/rapid"
)

// A draw that refreshes only what varies has the same worth, to the last bit, as a case whose inputs are fixed at the
// drawn values: also where rate, inflation and ramps are uncertain.
func TestDrawsAreExact(t *testing.T) {
	f, err := os.Open("testdata/self-service.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	c.Inflation = rangeOf(0.01, 0.02, 0.04, PERT)
	c.Benefits[2].Ramp.Delay = rangeOf(0, 2, 7, Triangular)
	m := newModel(c)
	drawn := newState(m)
	rapid.Check(t, func(t *rapid.T) {
		fixed := c.clone()
		for i, s := range slots(&fixed) {
			if s.in.Absent() || !s.in.Uncertain() {
				continue
			}
			u := rapid.Float64Range(0.0001, 0.9999).Draw(t, s.key)
			v := s.rule.held(s.in.Quantile(u))
			drawn.values[m.input(s.key)] = v
			*slots(&fixed)[i].in = Exactly(v, Estimated, "")
		}
		drawn.refresh()
		if got, want := drawn.worth(), newState(newModel(fixed)).worth(); got != want {
			t.Fatalf("%+v, want %+v", got, want)
		}
	})
}

// A line's worth is its monthly flows at their discount, whatever the profile.
func TestSumsAreTheFlows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		months := rapid.IntRange(1, 120).Draw(t, "months")
		timing := rapid.SampledFrom([]Timing{End, Middle, Begin}).Draw(t, "timing")
		rate := rapid.Float64Range(-0.1, 1).Draw(t, "rate")
		inflation := rapid.Float64Range(-0.1, 0.5).Draw(t, "inflation")
		from := rapid.IntRange(1, months).Draw(t, "from")
		line := newTimeline(months)
		line.set(rate, inflation, timing)
		p := profile{first: from - 1, last: rapid.IntRange(from, 120).Draw(t, "to") - 1, every: rapid.SampledFrom([]int{1, 12}).Draw(t, "every"),
			scale: 1, prices: rapid.Bool().Draw(t, "prices"), months: 0, delay: 1, curve: rapid.Bool().Draw(t, "curve")}
		full, delay := rapid.Float64Range(0, 40).Draw(t, "ramp"), rapid.Float64Range(0, 20).Draw(t, "delay")
		shares := make([]float64, p.last-p.first+1)
		p.fill(shares, []float64{full, delay})
		var plain, present float64
		for m := p.first; m <= p.last && m < months; m += p.every {
			x := min(1, max(0, (float64(m-p.first+1)-delay)/full))
			if full == 0 {
				x = 0
				if float64(m-p.first+1) > delay {
					x = 1
				}
			}
			if p.curve {
				x = 3*x*x - 2*x*x*x
			}
			if p.prices {
				x *= math.Pow(1+inflation, float64(m/12))
			}
			plain += x
			present += x * math.Pow(1+rate, -(float64(m)+timing.offset())/12)
		}
		got := p.sums(shares, &line)
		if math.Abs(got.plain-plain) > 1e-9*(1+plain) || math.Abs(got.present-present) > 1e-9*(1+present) {
			t.Fatalf("%+v, want %v %v", got, plain, present)
		}
	})
}
