package decision_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/engine/decision"
)

func r(low, likely, high float64) *decision.Range {
	return &decision.Range{Low: low, Likely: likely, High: high}
}

func rank(t testing.TB, q decision.Question) *decision.Answer {
	t.Helper()
	a, err := decision.Rank(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// By hand: benefit runs from 0 to 100, cost from 10 to 50, weights 60 to 40.
//
//	shop: u(benefit) = 0.80, u(cost) = 1 − (40 − 10)/40 = 0.25 → 0.6·0.80 + 0.4·0.25 = 0.58
//	chat: u(benefit) = 0.50, u(cost) = 1 − (20 − 10)/40 = 0.75 → 0.6·0.50 + 0.4·0.75 = 0.60
//
// chat is first. d(benefit) = −0.30, d(cost) = 0.50: equal at a share of benefit of 0.5 ÷ (0.5 + 0.3) = 0.625.
func TestTwoAlternativesByHand(t *testing.T) {
	a := rank(t, decision.Question{Draws: 2000, Seed: 1,
		Criteria: []decision.Criterion{{Name: "benefit", Weight: 60}, {Name: "cost", Weight: 40, Less: true}},
		Alternatives: []decision.Alternative{
			{ID: "shop", Values: []*decision.Range{r(40, 80, 100), r(30, 40, 50)}},
			{ID: "chat", Values: []*decision.Range{r(0, 50, 60), r(10, 20, 30)}},
			{ID: "unknown", Values: []*decision.Range{r(1, 2, 3), nil}},
		}})
	chat, shop := a.Ranked[0], a.Ranked[1]
	if chat.ID != "chat" || !near(chat.Score.Likely, 0.60) || !near(shop.Score.Likely, 0.58) {
		t.Fatalf("%+v %+v", chat, shop)
	}
	// worst of chat: benefit 0, cost 30 → 0.4·0.5; best: benefit 0.6, cost 10 → 0.36 + 0.4
	if !near(chat.Score.Low, 0.20) || !near(chat.Score.High, 0.76) {
		t.Errorf("%+v", chat.Score)
	}
	if turn := chat.Turn; turn == nil || !near(turn.To, 0.625) && !near(turn.To, 0.375) || !near(math.Abs(turn.To-turn.From), 0.025) {
		t.Errorf("%+v", turn)
	}
	if shop.Turn != nil {
		t.Error("nobody comes after the last")
	}
	if len(a.Missing) != 1 || a.Missing[0].ID != "unknown" || !slices.Equal(a.Missing[0].Criteria, []int{1}) {
		t.Errorf("%+v", a.Missing)
	}
}

// Two equal alternatives with the same range change places in half of the draws: a share of 0.5 with a standard error
// of sqrt(0.25 ÷ 20000) = 0.0035.
func TestEqualRangesShareTheirRanks(t *testing.T) {
	q := decision.Question{Criteria: []decision.Criterion{{Weight: 1}}, Draws: 20000, Seed: 7, Alternatives: []decision.Alternative{
		{ID: "a", Values: []*decision.Range{r(0, 3, 10)}}, {ID: "b", Values: []*decision.Range{r(0, 3, 10)}}}}
	a := rank(t, q)
	if got := a.Ranked[0].Stability(); math.Abs(got-0.5) > 0.018 {
		t.Errorf("%f of the draws", got)
	}
	if again := rank(t, q); !slices.Equal(a.Ranked[0].Shares, again.Ranked[0].Shares) {
		t.Error("the same seed gives other numbers")
	}
}

// One uniform-like comparison with a closed form: b is certain at m, a is triangular over 0, 0, 1 with survival
// (1 − x)²; at m = 0.5 it is greater in 25 % of the draws.
func TestStabilityAgainstClosedForm(t *testing.T) {
	a := rank(t, decision.Question{Criteria: []decision.Criterion{{Weight: 1}}, Draws: 40000, Seed: 3, Alternatives: []decision.Alternative{
		{ID: "wide", Values: []*decision.Range{r(0, 0, 1)}}, {ID: "sure", Values: []*decision.Range{r(.5, .5, .5)}}}})
	if got := a.Ranked[0].Stability(); a.Ranked[0].ID != "sure" || math.Abs(got-0.75) > 0.011 {
		t.Errorf("%s %f", a.Ranked[0].ID, got)
	}
}

func TestRiceAndWsjfByHand(t *testing.T) {
	rice, ok := decision.RICE(*r(100, 200, 400), *r(1, 2, 3), 0.5, *r(1, 2, 4))
	if !ok || rice != *r(12.5, 100, 600) { // 100·1·0.5÷4, 200·2·0.5÷2, 400·3·0.5÷1
		t.Error(rice)
	}
	wsjf, ok := decision.WSJF(*r(3, 8, 13), *r(2, 4, 6))
	if !ok || wsjf != *r(0.5, 2, 6.5) {
		t.Error(wsjf)
	}
	if _, ok := decision.WSJF(*r(3, 8, 13), *r(0, 4, 6)); ok {
		t.Error("a job of no size")
	}
}

func TestNonsenseIsRefused(t *testing.T) {
	one := []decision.Alternative{{ID: "a", Values: []*decision.Range{r(1, 2, 3)}}}
	for _, q := range []decision.Question{
		{Criteria: []decision.Criterion{{Weight: 0}}, Alternatives: one},
		{Criteria: []decision.Criterion{{Weight: -1}}, Alternatives: one},
		{Criteria: []decision.Criterion{{Weight: math.NaN()}}, Alternatives: one},
		{Criteria: []decision.Criterion{{Weight: 1}}, Alternatives: []decision.Alternative{{ID: "a", Values: []*decision.Range{r(3, 2, 1)}}}},
	} {
		if _, err := decision.Rank(context.Background(), q); err == nil {
			t.Errorf("%+v", q)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := decision.Rank(ctx, decision.Question{Criteria: []decision.Criterion{{Weight: 1}}, Alternatives: one, Draws: 1}); err == nil {
		t.Error("went on after its context ended")
	}
}

func question(t *rapid.T) decision.Question {
	q := decision.Question{Draws: 50, Seed: rapid.Uint64().Draw(t, "seed")}
	for i := range rapid.IntRange(1, 4).Draw(t, "criteria") {
		q.Criteria = append(q.Criteria, decision.Criterion{Weight: rapid.Float64Range(0.01, 100).Draw(t, "weight"), Less: i%2 == 1})
	}
	for n := range rapid.IntRange(1, 8).Draw(t, "alternatives") {
		a := decision.Alternative{ID: fmt.Sprint(n)}
		for range q.Criteria {
			v := []float64{rapid.Float64Range(-50, 50).Draw(t, "v"), rapid.Float64Range(-50, 50).Draw(t, "v"), rapid.Float64Range(-50, 50).Draw(t, "v")}
			slices.Sort(v)
			a.Values = append(a.Values, r(v[0], v[1], v[2]))
		}
		q.Alternatives = append(q.Alternatives, a)
	}
	return q
}

// Whatever is asked: the shares of every alternative and of every rank sum to 1, scores are in order and between 0 and
// 1, weights count by their ratio only, and at the weight of a turn both neighbours score the same.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := question(t)
		a, err := decision.Rank(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		ranks := make([]float64, len(a.Ranked))
		for i, x := range a.Ranked {
			sum := 0.0
			for place, s := range x.Shares {
				sum += s
				ranks[place] += s
			}
			if math.Abs(sum-1) > 1e-9 || x.Score.Low < -1e-9 || x.Score.High > 1+1e-9 || !(x.Score.Low <= x.Score.Likely+1e-9 && x.Score.Likely <= x.Score.High+1e-9) {
				t.Fatalf("%+v", x)
			}
			if i > 0 && a.Ranked[i-1].Score.Likely < x.Score.Likely {
				t.Fatal("not in order")
			}
			if x.Turn != nil {
				equalAtTurn(t, q, a, i)
			}
		}
		for _, s := range ranks {
			if math.Abs(s-1) > 1e-9 {
				t.Fatal(ranks)
			}
		}
		doubled := q
		doubled.Criteria = slices.Clone(q.Criteria)
		for i := range doubled.Criteria {
			doubled.Criteria[i].Weight *= 2
		}
		b, err := decision.Rank(context.Background(), doubled)
		if err != nil || b.Ranked[0].ID != a.Ranked[0].ID {
			t.Fatal("twice the weights, another order", err)
		}
	})
}

func equalAtTurn(t *rapid.T, q decision.Question, a *decision.Answer, i int) {
	turn, sum, rest := a.Ranked[i].Turn, 0.0, 0.0
	for n, c := range q.Criteria {
		sum += c.Weight
		if n != turn.Criterion {
			rest += c.Weight
		}
	}
	scores := [2]float64{}
	for side := range scores {
		for n, c := range q.Criteria {
			share := c.Weight / rest * (1 - turn.To)
			if n == turn.Criterion {
				share = turn.To
			}
			scores[side] += share * a.Ranked[i+side].Parts[n].Likely
		}
	}
	if math.Abs(scores[0]-scores[1]) > 1e-6 || math.Abs(turn.From-q.Criteria[turn.Criterion].Weight/sum) > 1e-9 {
		t.Fatalf("%v at %+v", scores, turn)
	}
}

func ExampleRank() {
	a, _ := decision.Rank(context.Background(), decision.Question{
		Criteria: []decision.Criterion{{Name: "benefit", Weight: 3}, {Name: "cost", Weight: 1, Less: true}},
		Alternatives: []decision.Alternative{
			{ID: "e-invoice", Values: []*decision.Range{r(20, 30, 40), r(10, 15, 20)}},
			{ID: "portal", Values: []*decision.Range{r(50, 70, 90), r(60, 80, 120)}},
		}, Draws: 1000, Seed: 1})
	for _, x := range a.Ranked {
		fmt.Printf("%d %s %.2f\n", x.Rank, x.ID, x.Score.Likely)
	}
	// Output:
	// 1 portal 0.63
	// 2 e-invoice 0.35
}

func BenchmarkRank(b *testing.B) {
	q := decision.Question{Criteria: []decision.Criterion{{Weight: 4}, {Weight: 3, Less: true}, {Weight: 2}, {Weight: 1, Less: true}}, Draws: 5000, Seed: 1}
	for i := range 100 {
		v := float64(i)
		q.Alternatives = append(q.Alternatives, decision.Alternative{ID: fmt.Sprint(i),
			Values: []*decision.Range{r(v, v+20, v+50), r(v, v+5, v+9), r(1, 2, 4), r(1, 3, 5)}})
	}
	for b.Loop() {
		if _, err := decision.Rank(context.Background(), q); err != nil {
			b.Fatal(err)
		}
	}
}
