package did_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/engine/causal/did"
	"lotse.dev/lotse/internal/engine/stat"
)

// panel draws units around levels and periods; starts says where each begins.
func panel(seed uint64, periods int, starts []int, effect float64) *did.Panel {
	random := rand.New(rand.NewPCG(seed, 7))
	p := &did.Panel{Periods: make([]string, periods)}
	common := make([]float64, periods)
	for t := range common {
		common[t] = random.NormFloat64() * 3
	}
	for _, s := range starts {
		u := did.Unit{From: s, Values: make([]float64, periods)}
		level := random.NormFloat64() * 10
		for t := range u.Values {
			u.Values[t] = level + common[t] + random.NormFloat64()
			if s != did.Never && t >= s {
				u.Values[t] += effect
			}
		}
		p.Units = append(p.Units, u)
	}
	return p
}

func drawStarts(r *rapid.T, periods int, several bool) []int {
	var out []int
	first := rapid.IntRange(1, periods-1).Draw(r, "start")
	for range rapid.IntRange(2, 6).Draw(r, "treated") {
		s := first
		if several {
			s = rapid.IntRange(1, periods-1).Draw(r, "own start")
		}
		out = append(out, s)
	}
	for range rapid.IntRange(2, 6).Draw(r, "controls") {
		out = append(out, did.Never)
	}
	return out
}

func solve(r *rapid.T, p *did.Panel, o did.Options) *did.Result {
	out, err := did.Estimate(context.Background(), p, o)
	if err != nil {
		r.Fatal(err)
	}
	return out
}

func close(a, b float64) bool { return math.Abs(a-b) <= 1e-7*(1+math.Abs(a)+math.Abs(b)) }

// The second way: the two-way regression with a column for each unit and period, by least squares of gonum. For one
// start date the estimate is its coefficient.
func TestTwoWayIsLeastSquares(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		periods := rapid.IntRange(2, 7).Draw(r, "periods")
		several := rapid.Bool().Draw(r, "several")
		starts := drawStarts(r, periods, several)
		p := panel(rapid.Uint64().Draw(r, "seed"), periods, starts, 2)
		got := solve(r, p, did.Options{})
		want := leastSquares(r, p)
		if got.TwoWay == nil || !close(*got.TwoWay, want) {
			r.Fatalf("two-way %v, want %v", got.TwoWay, want)
		}
		if !several && !close(*got.Estimate, want) {
			r.Fatalf("estimate %v, want %v", *got.Estimate, want)
		}
	})
}

func leastSquares(r *rapid.T, p *did.Panel) float64 {
	g, t := len(p.Units), len(p.Periods)
	x := mat.NewDense(g*t, g+t, nil)
	y := mat.NewVecDense(g*t, nil)
	for i, u := range p.Units {
		for k, v := range u.Values {
			row := i*t + k
			y.SetVec(row, v)
			x.Set(row, i, 1)
			if k > 0 {
				x.Set(row, g+k-1, 1)
			}
			if u.From != did.Never && k >= u.From {
				x.Set(row, g+t-1, 1)
			}
		}
	}
	var b mat.VecDense
	if err := b.SolveVec(x, y); err != nil {
		r.Fatal(err)
	}
	return b.AtVec(g + t - 1)
}

// The second way: for one start date the interval is Welch's of the units' changes.
func TestIntervalIsWelch(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		periods := rapid.IntRange(2, 9).Draw(r, "periods")
		p := panel(rapid.Uint64().Draw(r, "seed"), periods, drawStarts(r, periods, false), 1)
		got := solve(r, p, did.Options{})
		var treated, control []float64
		at := p.Units[0].From
		for _, u := range p.Units {
			change := mean(u.Values[at:]) - mean(u.Values[:at])
			if u.From == did.Never {
				control = append(control, change)
			} else {
				treated = append(treated, change)
			}
		}
		want := stat.MeanDifference(sample(treated), sample(control), stat.Level)
		if !close(*got.Low, want.Low) || !close(*got.High, want.High) {
			r.Fatalf("%v to %v, want %+v", *got.Low, *got.High, want)
		}
	})
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(len(v))
}

func sample(v []float64) stat.Sample {
	m, squares := mean(v), 0.0
	for _, x := range v {
		squares += (x - m) * (x - m)
	}
	return stat.Sample{N: int64(len(v)), Mean: m, SD: math.Sqrt(squares / float64(len(v)-1))}
}

// The second way: group-time effects by going through the units one by one.
func TestStaggeredByHand(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		periods := rapid.IntRange(3, 8).Draw(r, "periods")
		never := rapid.Bool().Draw(r, "never only")
		starts := append(drawStarts(r, periods, true), 1, periods-1) // at least two starts
		p := panel(rapid.Uint64().Draw(r, "seed"), periods, starts, 3)
		got := solve(r, p, did.Options{NeverOnly: never})
		sum, n := 0.0, 0.0
		for _, u := range p.Units {
			if u.From == did.Never {
				continue
			}
			own, seen := 0.0, 0.0
			for at := u.From; at < periods; at++ {
				if e := groupTime(p, u.From, at, never); !math.IsNaN(e) {
					own, seen = own+e, seen+1
				}
			}
			sum, n = sum+own/seen, n+1
		}
		if !close(*got.Estimate, sum/n) {
			r.Fatalf("%v, want %v", *got.Estimate, sum/n)
		}
	})
}

func groupTime(p *did.Panel, g, at int, never bool) float64 {
	var treated, control []float64
	for _, u := range p.Units {
		change := u.Values[at] - u.Values[g-1]
		switch {
		case u.From == g:
			treated = append(treated, change)
		case u.From == did.Never, !never && u.From > max(at, g-1):
			control = append(control, change)
		}
	}
	if len(control) == 0 {
		return math.NaN()
	}
	return mean(treated) - mean(control)
}

// What a unit does after its own start never enters the effect of another: a treated unit is no control.
func TestTreatedIsNoControl(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		periods := rapid.IntRange(4, 8).Draw(r, "periods")
		p := panel(rapid.Uint64().Draw(r, "seed"), periods, []int{1, 1, periods - 1, periods - 1, did.Never, did.Never}, 3)
		before := solve(r, p, did.Options{}).Cohorts[1]
		for t := 1; t < periods; t++ {
			p.Units[0].Values[t] += rapid.Float64Range(-1e3, 1e3).Draw(r, "noise")
		}
		after := solve(r, p, did.Options{}).Cohorts[1]
		if !close(*before.Estimate, *after.Estimate) {
			r.Fatalf("%v became %v", *before.Estimate, *after.Estimate)
		}
	})
}

// Levels of units, courses common to all and the order of units change nothing; an added effect is found whole.
func TestInvariance(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		periods := rapid.IntRange(2, 7).Draw(r, "periods")
		starts := drawStarts(r, periods, rapid.Bool().Draw(r, "several"))
		p := panel(rapid.Uint64().Draw(r, "seed"), periods, starts, 0)
		one := solve(r, p, did.Options{})
		add := rapid.Float64Range(-100, 100).Draw(r, "effect")
		for i := range p.Units {
			for t := range p.Units[i].Values {
				p.Units[i].Values[t] += float64(i*11) - float64(t*t)
				if f := p.Units[i].From; f != did.Never && t >= f {
					p.Units[i].Values[t] += add
				}
			}
		}
		p.Units[0], p.Units[len(p.Units)-1] = p.Units[len(p.Units)-1], p.Units[0]
		two := solve(r, p, did.Options{})
		if !close(*two.Estimate, *one.Estimate+add) || !close(*two.SE, *one.SE) {
			r.Fatalf("%v ± %v became %v ± %v with %v", *one.Estimate, *one.SE, *two.Estimate, *two.SE, add)
		}
	})
}

// Panels without an effect: the interval misses zero in about 5 %, the exact test says p ≤ 0.05 in at most 5 %.
func TestFalseAlarms(t *testing.T) {
	starts := []int{4, 4, 4, 4, did.Never, did.Never, did.Never, did.Never}
	missed, small := 0, 0
	const panels = 600
	for seed := range uint64(panels) {
		r := estimate(t, panel(seed+1, 6, starts, 0), did.Options{})
		if *r.Low > 0 || *r.High < 0 {
			missed++
		}
		if r.Randomisation.P <= 0.05 {
			small++
		}
	}
	t.Logf("interval %d, assignment %d of %d", missed, small, panels)
	if missed > 48 || small > 48 { // four standard errors above 30
		t.Errorf("interval %d, assignment %d of %d", missed, small, panels)
	}
}

func BenchmarkEstimate(b *testing.B) {
	starts := make([]int, 50)
	for i := range starts {
		starts[i] = did.Never
		if i%2 == 0 {
			starts[i] = 12 + i%6
		}
	}
	p := panel(1, 36, starts, 1)
	for b.Loop() {
		if _, err := did.Estimate(b.Context(), p, did.Options{Seed: 1}); err != nil {
			b.Fatal(err)
		}
	}
}
