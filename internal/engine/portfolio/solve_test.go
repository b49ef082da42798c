package portfolio_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"lotse.dev/lotse/internal/engine/portfolio"
)

// A deadline ends the search with what is known; a caller who gives up gets the error of the context.
func TestStops(t *testing.T) {
	p := ownCase(200, 12, 3, 1)
	before := runtime.NumGoroutine()
	a := solve(t, p, portfolio.Options{Limit: 300 * time.Millisecond})
	if a.Status == portfolio.Optimal || a.Status == portfolio.Infeasible {
		t.Errorf("%s in 0.3 s", a.Status)
	}
	t.Logf("stopped after %.3f s", a.Seconds)
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if _, err := portfolio.Solve(ctx, p, portfolio.Options{}); err != nil {
		t.Errorf("a deadline is no error: %v", err)
	}
	ctx, cancel = context.WithCancel(context.Background())
	cancel()
	if _, err := portfolio.Solve(ctx, p, portfolio.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines before, %d after", before, after)
	}
}

// The largest problem allowed stays within memory and obeys its limit.
func TestLargest(t *testing.T) {
	p := ownCase(330, 120, 3, 1)
	a := solve(t, p, portfolio.Options{Limit: time.Second})
	t.Logf("%s after %.3f s", a.Status, a.Seconds)
	if a.Bound != nil && a.Objective != nil && *a.Bound < *a.Objective {
		t.Errorf("bound %v below %v", *a.Bound, *a.Objective)
	}
}

// Nothing to choose from, nothing worth choosing and free choices have their obvious answers.
func TestEdges(t *testing.T) {
	for name, c := range map[string]struct {
		p    portfolio.Problem
		want string
	}{
		"empty":    {portfolio.Problem{Periods: 3}, `{"status":"optimal","objective":0,"bound":0,"gap":0,"chosen":[],"seconds":0}`},
		"negative": {portfolio.Problem{Periods: 1, Initiatives: []portfolio.Initiative{{ID: "a", Value: []float64{-1}}}}, `{"status":"optimal","objective":0,"bound":0,"gap":0,"chosen":[],"seconds":0}`},
		"must": {portfolio.Problem{Periods: 2, Initiatives: []portfolio.Initiative{{ID: "a", Value: []float64{-3, -1}, Mandatory: true}}},
			`{"status":"optimal","objective":-1,"bound":-1,"gap":0,"chosen":[{"id":"a","start":2}],"seconds":0}`},
		"free": {portfolio.Problem{Periods: 2, Initiatives: []portfolio.Initiative{{ID: "a", Value: []float64{1.5, 2.25}}}},
			`{"status":"optimal","objective":2.25,"bound":2.25,"gap":0,"chosen":[{"id":"a","start":2}],"seconds":0}`},
		"beyond the horizon": {portfolio.Problem{Periods: 2, Limits: map[string][]float64{"b": {0, 1}},
			Initiatives: []portfolio.Initiative{{ID: "a", Value: []float64{5}, Use: map[string][]float64{"b": {1, 9, 9}}}}},
			`{"status":"optimal","objective":5,"bound":5,"gap":0,"chosen":[{"id":"a","start":2}],"seconds":0}`},
		"rounding": {portfolio.Problem{Periods: 1, Limits: map[string][]float64{"b": {0.3}}, Initiatives: []portfolio.Initiative{
			{ID: "a", Value: []float64{1}, Use: map[string][]float64{"b": {0.1}}}, {ID: "c", Value: []float64{1}, Use: map[string][]float64{"b": {0.2}}}}},
			`{"status":"optimal","objective":2,"bound":2,"gap":0,"chosen":[{"id":"a","start":1},{"id":"c","start":1}],"seconds":0}`},
		"impossible": {portfolio.Problem{Periods: 1, Limits: map[string][]float64{"b": {1}}, Initiatives: []portfolio.Initiative{
			{ID: "a", Value: []float64{1}, Use: map[string][]float64{"b": {2}}, Mandatory: true}}},
			`{"status":"infeasible","objective":null,"bound":null,"gap":null,"chosen":[],"seconds":0,"conflict":[` +
				`{"kind":"limit","ids":["b"],"period":1,"text":"„b“ ist in Periode 1 auf 1 begrenzt."},{"kind":"mandatory","ids":["a"],"text":"„a“ ist verbindlich."}]}`},
	} {
		got := show(solve(t, &c.p, portfolio.Options{Clock: func() time.Time { return time.Unix(0, 0) }}))
		if got != c.want {
			t.Errorf("%s: %s\nwant %s", name, got, c.want)
		}
	}
}

// Own cases of 50, 100 and 200 initiatives in 12 quarters: the plan holds and lies below the bound.
func TestOwnCases(t *testing.T) {
	for _, n := range []int{50, 100, 200} {
		for resources := 2; resources <= 3; resources++ {
			p := ownCase(n, 12, resources, 1)
			a := solve(t, p, portfolio.Options{Limit: 400 * time.Millisecond})
			if a.Objective == nil {
				t.Logf("%d × 12, %d resources: %s after %.1f s", n, resources, a.Status, a.Seconds)
				continue
			}
			plan := starts(p, a.Chosen)
			if !holds(p, plan) || *a.Objective > *a.Bound || *a.Objective-worth(p, plan) > 1e-6 {
				t.Errorf("%d × 12: %s", n, show(a))
			}
			t.Logf("%d × 12, %d resources: %v, gap %.2f %%", n, resources, *a.Objective, 100**a.Gap)
		}
	}
}
