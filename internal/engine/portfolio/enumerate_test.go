package portfolio_test

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/engine/portfolio"
)

// holds says, straight from the definition, whether a plan (start by initiative, 0 = not chosen) satisfies a problem.
func holds(p *portfolio.Problem, start []int) bool {
	index := map[string]int{}
	for k := range p.Initiatives {
		index[p.Initiatives[k].ID] = k
	}
	used := map[string][]float64{}
	for name := range p.Limits {
		used[name] = make([]float64, p.Periods+1)
	}
	for k, s := range start {
		i := p.Initiatives[k]
		if s == 0 {
			if i.Mandatory {
				return false
			}
			continue
		}
		if s < i.Earliest || i.Latest > 0 && s > i.Latest || s > p.Periods {
			return false
		}
		for _, id := range i.After {
			a := index[id]
			lag := lasts(p.Initiatives[a])
			if p.Periods == 1 {
				lag = 0
			}
			if start[a] == 0 || s < start[a]+lag {
				return false
			}
		}
		for _, id := range i.Excludes {
			if start[index[id]] > 0 {
				return false
			}
		}
		for name, u := range i.Use {
			for e, x := range u {
				if s+e <= p.Periods {
					used[name][s+e] += x
				}
			}
		}
	}
	for name, l := range p.Limits {
		for t := 1; t <= p.Periods; t++ {
			if limit := l[min(t, len(l))-1]; used[name][t] > limit+1e-9*max(1, limit) {
				return false
			}
		}
	}
	return true
}

func lasts(i portfolio.Initiative) int {
	if i.Duration != nil {
		return *i.Duration
	}
	n := 0
	for _, u := range i.Use {
		n = max(n, len(u))
	}
	return n
}

func worth(p *portfolio.Problem, start []int) float64 {
	sum := 0.0
	for k, s := range start {
		if v := p.Initiatives[k].Value; s > 0 {
			sum += v[min(s, len(v))-1]
		}
	}
	return sum
}

// enumerate finds the best value by trying every plan, −∞ when there is none.
func enumerate(p *portfolio.Problem) float64 {
	best := math.Inf(-1)
	start := make([]int, len(p.Initiatives))
	var try func(k int)
	try = func(k int) {
		if k == len(start) {
			if v := worth(p, start); v > best && holds(p, start) {
				best = v
			}
			return
		}
		for s := 0; s <= p.Periods; s++ {
			start[k] = s
			try(k + 1)
		}
		start[k] = 0
	}
	try(0)
	return best
}

// starts turns an answer into starts by initiative.
func starts(p *portfolio.Problem, chosen []portfolio.Choice) []int {
	out := make([]int, len(p.Initiatives))
	for _, c := range chosen {
		out[slices.IndexFunc(p.Initiatives, func(i portfolio.Initiative) bool { return i.ID == c.ID })] = c.Start
	}
	return out
}

// small draws problems with few plans; hard ones are often contradictory.
func small(hard bool) *rapid.Generator[*portfolio.Problem] {
	return rapid.Custom(func(t *rapid.T) *portfolio.Problem {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		p := &portfolio.Problem{Periods: rapid.IntRange(1, 4).Draw(t, "periods"), Limits: map[string][]float64{}}
		names := []string{"budget", "days"}[:rapid.IntRange(1, 2).Draw(t, "resources")]
		amount := rapid.Map(rapid.IntRange(0, 9000), func(n int) float64 { return float64(n) / 1000 })
		if rapid.Bool().Draw(t, "whole") {
			amount = rapid.Map(rapid.IntRange(0, 9), func(n int) float64 { return float64(n) })
		}
		for _, name := range names {
			p.Limits[name] = rapid.SliceOfN(amount, p.Periods, p.Periods).Draw(t, "limit")
			if rapid.Bool().Draw(t, "one") {
				p.Limits[name] = []float64{p.Limits[name][0] * 1.5}
			}
		}
		for k := range n {
			i := portfolio.Initiative{ID: string(rune('a' + k)), Use: map[string][]float64{}}
			for _, name := range names {
				i.Use[name] = rapid.SliceOfN(amount, 0, 3).Draw(t, "use")
			}
			i.Value = []float64{amount.Draw(t, "value") - 1}
			if rapid.Bool().Draw(t, "by start") {
				i.Value = rapid.SliceOfN(amount, p.Periods, p.Periods).Draw(t, "values")
			}
			if k > 0 {
				other := string(rune('a' + rapid.IntRange(0, k-1).Draw(t, "other")))
				switch rapid.IntRange(0, 4).Draw(t, "link") {
				case 0:
					i.After = []string{other}
				case 1:
					i.Excludes = []string{other}
				}
			}
			i.Mandatory = rapid.IntRange(0, 6).Draw(t, "mandatory") == 0 || hard && rapid.Bool().Draw(t, "must")
			if rapid.IntRange(0, 3).Draw(t, "window") == 0 {
				i.Earliest = rapid.IntRange(1, p.Periods).Draw(t, "earliest")
				i.Latest = rapid.IntRange(i.Earliest, p.Periods).Draw(t, "latest")
			}
			if rapid.IntRange(0, 5).Draw(t, "lasting") == 0 {
				d := rapid.IntRange(0, 3).Draw(t, "duration")
				i.Duration = &d
			}
			p.Initiatives = append(p.Initiatives, i)
		}
		return p
	})
}

func solve(t testing.TB, p *portfolio.Problem, o portfolio.Options) *portfolio.Answer {
	a, err := portfolio.Solve(context.Background(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Small problems have the value that trying every plan finds, the plan satisfies the problem and is worth what is said.
func TestEqualsEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := small(false).Draw(t, "problem")
		want := enumerate(p)
		a, err := portfolio.Solve(context.Background(), p, portfolio.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if math.IsInf(want, -1) {
			if a.Status != portfolio.Infeasible || a.Objective != nil || a.Bound != nil || len(a.Chosen) > 0 || len(a.Conflict) == 0 {
				t.Fatalf("nothing satisfies it, answered %+v", a)
			}
			return
		}
		if a.Status != portfolio.Optimal {
			t.Fatalf("status %s, best is %v", a.Status, want)
		}
		plan := starts(p, a.Chosen)
		if !holds(p, plan) {
			t.Fatalf("the plan %v does not hold", a.Chosen)
		}
		for what, x := range map[string]float64{"objective": *a.Objective, "bound": *a.Bound, "plan": worth(p, plan)} {
			if math.Abs(x-want) > 1e-7 {
				t.Fatalf("%s %v, best is %v", what, x, want)
			}
		}
	})
}

// Whenever the search is stopped, its bound holds.
func TestBoundHoldsWhenStopped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := small(false).Draw(t, "problem")
		left := rapid.IntRange(0, 60).Draw(t, "looks")
		ctx := &countdown{Context: context.Background(), left: left}
		a, err := portfolio.Solve(ctx, p, portfolio.Options{})
		if err != nil {
			t.Fatal(err)
		}
		want := enumerate(p)
		if a.Bound != nil && *a.Bound < want-1e-7 {
			t.Fatalf("bound %v below the best value %v", *a.Bound, want)
		}
		if a.Status == portfolio.Infeasible && !math.IsInf(want, -1) {
			t.Fatalf("infeasible, but %v can be had", want)
		}
		if a.Status == portfolio.Optimal && math.Abs(*a.Objective-want) > 1e-7 {
			t.Fatalf("%v is not the optimum %v", *a.Objective, want)
		}
		if a.Objective != nil && (*a.Objective > want+1e-7 || !holds(p, starts(p, a.Chosen))) {
			t.Fatalf("%v cannot be had, best is %v", *a.Objective, want)
		}
	})
}

// countdown is a context whose deadline passes after it was asked a number of times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// Contradictory demands are named: they cannot hold together, and without any one of them they can.
func TestConflictIsIrreducible(t *testing.T) {
	seen := 0
	rapid.Check(t, func(t *rapid.T) {
		p := small(true).Draw(t, "problem")
		a, err := portfolio.Solve(context.Background(), p, portfolio.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if a.Status != portfolio.Infeasible {
			return
		}
		seen++
		if !math.IsInf(enumerate(only(p, a.Conflict, -1)), -1) {
			t.Fatalf("the demands %s can hold together", show(a.Conflict))
		}
		for k := range a.Conflict {
			if math.IsInf(enumerate(only(p, a.Conflict, k)), -1) {
				t.Fatalf("%s is dispensable in %s", a.Conflict[k].Text, show(a.Conflict))
			}
		}
	})
	if seen == 0 {
		t.Error("no problem was contradictory")
	}
}

func show(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

// only is the problem with the demands listed but the one at skip, and no others.
func only(p *portfolio.Problem, demands []portfolio.Demand, skip int) *portfolio.Problem {
	has := func(kind portfolio.DemandKind, period int, ids ...string) bool {
		for k, d := range demands {
			if k != skip && d.Kind == kind && d.Period == period && slices.Equal(d.IDs, ids) {
				return true
			}
		}
		return false
	}
	q := &portfolio.Problem{Periods: p.Periods, Limits: map[string][]float64{}}
	for name, l := range p.Limits {
		for t := 1; t <= p.Periods; t++ {
			x := 1e12
			if has(portfolio.Limit, t, name) {
				x = l[min(t, len(l))-1]
			}
			q.Limits[name] = append(q.Limits[name], x)
		}
	}
	for _, i := range p.Initiatives {
		n := portfolio.Initiative{ID: i.ID, Value: []float64{0}, Use: i.Use, Duration: i.Duration, Mandatory: has(portfolio.Mandatory, 0, i.ID)}
		if has(portfolio.Window, 0, i.ID) {
			n.Earliest, n.Latest = i.Earliest, i.Latest
		}
		for _, id := range i.After {
			if has(portfolio.Order, 0, i.ID, id) {
				n.After = append(n.After, id)
			}
		}
		for _, id := range i.Excludes {
			if has(portfolio.Exclusion, 0, i.ID, id) || has(portfolio.Exclusion, 0, id, i.ID) {
				n.Excludes = append(n.Excludes, id)
			}
		}
		q.Initiatives = append(q.Initiatives, n)
	}
	return q
}

// The same seed gives the same answer, byte by byte but for the seconds.
func TestSameSeedSameAnswer(t *testing.T) {
	p := ownCase(14, 6, 2, 3)
	clock := func() time.Time { return time.Unix(0, 0) }
	first := show(solve(t, p, portfolio.Options{Seed: 5, Clock: clock}))
	for range 3 {
		if again := show(solve(t, p, portfolio.Options{Seed: 5, Clock: clock})); again != first {
			t.Errorf("%s, then %s", first, again)
		}
	}
	if other := solve(t, p, portfolio.Options{Seed: 6, Clock: clock}); show(other.Objective) != show(solve(t, p, portfolio.Options{Seed: 5}).Objective) {
		t.Errorf("another seed finds another optimum")
	}
}
