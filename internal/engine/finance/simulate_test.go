package finance_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/finance"
)

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The same seed gives the same bytes with one processor, two and seven; another seed gives others.
func TestSameSeedSameBytes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	c := example(t)
	var answers []string
	for _, processors := range []int{1, 2, 7, 2} {
		runtime.GOMAXPROCS(processors)
		answers = append(answers, asJSON(t, simulate(t, c, finance.Options{Seed: 7, Draws: 5000})))
	}
	if len(slices.Compact(answers)) != 1 {
		t.Fatal("the answers differ")
	}
	if other := asJSON(t, simulate(t, c, finance.Options{Seed: 8, Draws: 5000})); other == answers[0] {
		t.Fatal("another seed gives the same draws")
	}
}

// Without uncertainty every draw is the deterministic value, to the last minor unit.
func TestFixedInputsGiveTheDeterministicValue(t *testing.T) {
	r := evaluate(t, classy())
	s := simulate(t, classy(), finance.Options{Draws: 1000})
	if s.Cash.Mean != r.Cash.NPV || s.Cash.SD != 0 || s.Cash.Positive != 1 || s.Cash.LossShare != 0 || s.Cash.PositiveError != 0 {
		t.Errorf("%+v", s.Cash)
	}
	for _, q := range s.Cash.Quantiles {
		if q.Value != r.Cash.NPV {
			t.Error(q)
		}
	}
	if s.AvoidedCost.Mean != r.AvoidedCost.Present || s.ReleasedTime.Value.Mean != r.ReleasedTime.Value.Present ||
		!near(s.ReleasedTime.HoursMean, r.ReleasedTime.TotalHours, 1e-9) {
		t.Errorf("%+v %+v", s.AvoidedCost, s.ReleasedTime)
	}
	if h := s.Cash.Histogram; h.From != r.Cash.NPV || h.Width != 0 || !slices.Equal(h.Counts, []int64{1000}) {
		t.Error(h)
	}
}

// A sum of independent inputs has a known mean and variance, and so has a product of two.
func TestSimulationAgainstClosedForms(t *testing.T) {
	c := simple(12)
	c.Costs = []finance.Cost{oneOff("a", 1, between(10_000, 13_000, 19_000, finance.Triangular))}
	c.Benefits = []finance.Benefit{{ID: "b", Class: finance.Cash, Quantity: between(80, 100, 120, finance.Uniform), Price: between(9, 12, 18, finance.PERT)}}
	s := simulate(t, c, finance.Options{Seed: 3})
	meanA, varA := 14_000.0, (1e8+1.69e8+3.61e8-1.3e8-1.9e8-2.47e8)/18.0
	meanQ, varQ := 100.0, 1600.0/12
	meanP := (9 + 48 + 18) / 6.0
	varP := (meanP - 9) * (18 - meanP) / 7
	mean := 12*meanQ*meanP - meanA
	variance := 144*(varQ*varP+varQ*meanP*meanP+varP*meanQ*meanQ) + varA
	sd := math.Sqrt(variance)
	if n := float64(s.Draws); math.Abs(float64(s.Cash.Mean)/100-mean) > 5*sd/math.Sqrt(n) {
		t.Errorf("mean %v, want %v", s.Cash.Mean, mean)
	}
	if !near(float64(s.Cash.SD)/100, sd, 0.015*sd) {
		t.Errorf("sd %v, want %v", s.Cash.SD, sd)
	}
	if !near(s.Cash.MeanError, float64(s.Cash.SD)/math.Sqrt(1e5), 0.01) {
		t.Error(s.Cash.MeanError)
	}
}

// The chance of a gain is known where the value is uniform: 100 less a cost between 0 and 400.
func TestProbabilityOfAGain(t *testing.T) {
	c := simple(1)
	c.Costs = []finance.Cost{oneOff("a", 1, between(0, 200, 400, finance.Uniform))}
	c.Benefits = []finance.Benefit{cash("b", fixed(100))}
	s := simulate(t, c, finance.Options{Seed: 5}).Cash
	want := math.Sqrt(0.25 * 0.75 / 1e5)
	if !near(s.Positive, 0.25, 5*want) || !near(s.PositiveError, want, 0.01*want) || s.PositiveLow >= s.Positive || s.PositiveHigh <= s.Positive {
		t.Errorf("%+v", s)
	}
	if !near(s.LossShare, 1-s.Positive, 1e-9) {
		t.Error(s.LossShare)
	}
	for _, q := range s.Quantiles {
		if exact := 100 - 400*(1-q.P); !near(float64(q.Value)/100, exact, 400*5*math.Sqrt(q.P*(1-q.P)/1e5)) {
			t.Errorf("%v: %v, want %v", q.P, q.Value, exact)
		}
	}
	h := s.Histogram
	sum := h.Below + h.Above
	for i, n := range h.Counts {
		sum += n
		if left := h.From + h.Width*finance.Amount(i); left < 0 && left+h.Width > 0 {
			t.Error("zero lies within a bin", left, h.Width)
		}
	}
	if sum != 100_000 || len(h.Counts) < 24 || len(h.Counts) > 62 {
		t.Error(sum, len(h.Counts), h.Width)
	}
}

// One driver, one draw: two equal costs of one driver have twice the deviation of one, independent ones √2 times.
func TestDriversMoveTogether(t *testing.T) {
	sd := func(drivers ...string) float64 {
		c := simple(1)
		for i, d := range drivers {
			in := between(100, 200, 300, finance.Triangular)
			in.Driver = d
			c.Costs = append(c.Costs, oneOff(string(rune('a'+i)), 1, in))
		}
		return float64(simulate(t, c, finance.Options{Seed: 1}).Cash.SD)
	}
	alone := sd("")
	if !near(sd("x", "x"), 2*alone, 0.02*alone) || !near(sd("", ""), math.Sqrt2*alone, 0.02*alone) || !near(sd("x", "y"), math.Sqrt2*alone, 0.02*alone) {
		t.Fatal(alone, sd("x", "x"), sd("", ""), sd("x", "y"))
	}
}

// An input draws from its own stream: a further line that is worth nothing changes no figure.
func TestFurtherLinesDoNotDisturb(t *testing.T) {
	c := example(t)
	before := simulate(t, c, finance.Options{Seed: 2, Draws: 2000})
	nothing := cash("nothing", between(0, 0.5, 1, finance.Uniform))
	nothing.Quantity = fixed(0)
	c.Benefits = append([]finance.Benefit{nothing}, c.Benefits...)
	if after := simulate(t, c, finance.Options{Seed: 2, Draws: 2000}); asJSON(t, before) != asJSON(t, after) {
		t.Fatal("other draws")
	}
}

func TestSimulationLimits(t *testing.T) {
	for _, n := range []int{-1, 1, 99, 1_000_001} {
		if _, err := finance.Simulate(t.Context(), example(t), finance.Options{Draws: n}); !base.IsKind(err, base.Refused) {
			t.Error(n, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := finance.Simulate(ctx, example(t), finance.Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
