package portfolio_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/portfolio"
)

// example has the best plan a in 1 and b in 1, worth 17: of the 10 in the first quarter they take 9, and c needs 4.
func example() *portfolio.Problem {
	return &portfolio.Problem{Periods: 2, Limits: map[string][]float64{"budget": {10, 2}}, Initiatives: []portfolio.Initiative{
		{ID: "a", Value: []float64{10, 0}, Use: map[string][]float64{"budget": {5}}},
		{ID: "b", Value: []float64{7, 0}, Use: map[string][]float64{"budget": {4}}},
		{ID: "c", Value: []float64{5, 4}, Use: map[string][]float64{"budget": {4}}},
		{ID: "d", Value: []float64{1}, Use: map[string][]float64{"budget": {1}}, Excludes: []string{"a"}},
		{ID: "e", Value: []float64{1}, Use: map[string][]float64{"budget": {1}}, After: []string{"c"}},
		{ID: "f", Value: []float64{90}, Use: map[string][]float64{"budget": {11}}},
	}}
}

func explain(t *testing.T, p *portfolio.Problem, plan []portfolio.Choice, id string) *portfolio.Explanation {
	t.Helper()
	e, err := portfolio.Explain(context.Background(), p, plan, id, portfolio.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestExplain(t *testing.T) {
	p := example()
	plan := solve(t, p, portfolio.Options{}).Chosen
	if want := `[{"id":"a","start":1},{"id":"b","start":1}]`; show(plan) != want {
		t.Fatalf("plan %s, want %s", show(plan), want)
	}
	for id, want := range map[string]struct {
		rise    float64
		leave   []string
		reasons []portfolio.ReasonKind
	}{
		// c in 1 with a: 15, and e after it in 2: 16.
		"c": {1, []string{"b"}, []portfolio.ReasonKind{portfolio.Lacks, portfolio.TooLow}},
		// d keeps a out: b 7, c 5, d 1 (and e) take 10 of budget: 4+4+1 in the first, e in the second: 14.
		"d": {3, []string{"a"}, []portfolio.ReasonKind{portfolio.Excluded, portfolio.TooLow}},
		// e needs c in 1: a 10, c 5, e 1 in 2: 16.
		"e": {1, []string{"b"}, []portfolio.ReasonKind{portfolio.Needs, portfolio.TooLow}},
	} {
		e := explain(t, p, plan, id)
		var kinds []portfolio.ReasonKind
		for _, r := range e.Reasons {
			kinds = append(kinds, r.Kind)
		}
		if e.Chosen || !slices.Equal(kinds, want.reasons) || *e.Rise != want.rise || *e.RiseLeast != want.rise || !slices.Equal(e.Leave, want.leave) {
			t.Errorf("%s: %s, want %+v", id, show(e), want)
		}
	}
	c := explain(t, p, plan, "c").Reasons[0]
	if c.Resource != "budget" || c.Period != 1 || *c.Lacking != 3 || c.Text.En != "In period 1 3 of “budget” is lacking." {
		t.Errorf("%s", show(c))
	}
	if e := explain(t, p, plan, "f"); e.Rise != nil || e.With != nil || e.Reasons[len(e.Reasons)-1].Kind != portfolio.Impossible {
		t.Errorf("f: %s", show(e))
	}
	if e := explain(t, p, plan, "a"); !e.Chosen || len(e.Reasons) > 0 {
		t.Errorf("a: %s", show(e))
	}
	if e := explain(t, p, plan[:1], "b"); e.Reasons[0].Kind != portfolio.BetterPlan || *e.Rise != 0 {
		t.Errorf("b beside a alone: %s", show(e))
	}
}

// Raising the value by the rise named lets the initiative in without loss; a little less does not.
func TestRiseIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := small(false).Draw(t, "problem")
		a, err := portfolio.Solve(context.Background(), p, portfolio.Options{})
		if err != nil || a.Status != portfolio.Optimal {
			return
		}
		k := rapid.IntRange(0, len(p.Initiatives)-1).Draw(t, "which")
		e, err := portfolio.Explain(context.Background(), p, a.Chosen, p.Initiatives[k].ID, portfolio.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if e.Chosen || e.Rise == nil {
			return
		}
		best := func(rise float64) float64 {
			q := *p
			q.Initiatives = slices.Clone(p.Initiatives)
			q.Initiatives[k].Mandatory = true
			q.Initiatives[k].Value = nil
			for _, v := range p.Initiatives[k].Value {
				q.Initiatives[k].Value = append(q.Initiatives[k].Value, v+rise)
			}
			return enumerate(&q)
		}
		if got := best(*e.Rise); math.Abs(got-*a.Objective) > 1e-7 {
			t.Fatalf("with %v more it is worth %v, the plan without %v", *e.Rise, got, *a.Objective)
		}
	})
}

// A first plan made by a rule of thumb leaves out what is worth less than nothing; the plan with it must not.
func TestExplainHoldsWhatItIsAskedFor(t *testing.T) {
	p := &portfolio.Problem{Periods: 2, Limits: map[string][]float64{"budget": {9}}, Initiatives: []portfolio.Initiative{
		{ID: "a", Value: []float64{-1}, Use: map[string][]float64{"budget": {0, 9}}, Mandatory: true},
		{ID: "b", Value: []float64{-1}, After: []string{"a"}},
		{ID: "e", Value: []float64{-1}, Use: map[string][]float64{"budget": {1, 1}}, Excludes: []string{"b"}},
	}}
	e := explain(t, p, solve(t, p, portfolio.Options{}).Chosen, "e")
	if e.Rise == nil || *e.Rise != 1 || *e.RiseLeast != 1 || !slices.ContainsFunc(e.With.Chosen, func(c portfolio.Choice) bool { return c.ID == "e" }) {
		t.Errorf("%s", show(e))
	}
}

func TestExplainRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		plan []portfolio.Choice
		id   string
		kind base.Kind
	}{
		"unknown id":      {nil, "x", base.NotFound},
		"unknown in plan": {[]portfolio.Choice{{ID: "x", Start: 1}}, "a", base.NotFound},
		"outside":         {[]portfolio.Choice{{ID: "b", Start: 3}}, "a", base.Refused},
		"twice":           {[]portfolio.Choice{{ID: "b", Start: 1}, {ID: "b", Start: 1}}, "a", base.Refused},
		"too much":        {[]portfolio.Choice{{ID: "b", Start: 1}, {ID: "a", Start: 1}, {ID: "c", Start: 1}}, "d", base.Refused},
	} {
		if _, err := portfolio.Explain(context.Background(), example(), c.plan, c.id, portfolio.Options{}); !base.IsKind(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
