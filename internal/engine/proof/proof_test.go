package proof_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/engine/proof"
)

func at(v float64) *float64 { return &v }

// By hand: −18 hours [−30, −6] at 90 to 110 euros, likely 100, where less is better: 1,800 euros between 6 × 90 and 30 × 110.
func TestWorthByHand(t *testing.T) {
	e := &causal.Effect{Estimate: at(-18), Low: at(-30), High: at(-6)}
	w := proof.WorthOf(e, proof.Price{Min: 90, Likely: 100, Max: 110}, -1, "cash", "EUR")
	if *w.Low != 540 || *w.Middle != 1800 || *w.High != 3300 {
		t.Errorf("%v %v %v", *w.Low, *w.Middle, *w.High)
	}
	across := &causal.Effect{Estimate: at(1), Low: at(-2), High: at(4)} // zero lies inside
	w = proof.WorthOf(across, proof.Price{Min: 10, Likely: 20, Max: 30}, 1, "cash", "EUR")
	if *w.Low != -60 || *w.Middle != 20 || *w.High != 120 {
		t.Errorf("%v %v %v", *w.Low, *w.Middle, *w.High)
	}
}

// Holm (1979): 0.01, 0.04, 0.03 become 0.03, 0.06, 0.06, as p.adjust(c(.01,.04,.03), "holm") of R says; unknown counts as 1.
func TestHolm(t *testing.T) {
	got := proof.Holm([]*float64{at(.01), at(.04), at(.03)})
	for i, want := range []float64{.03, .06, .06} {
		if math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("%v", got)
		}
	}
	if got := proof.Holm([]*float64{at(.02), nil}); got[0] != .04 || got[1] != 1 {
		t.Errorf("%v", got)
	}
}

// The hash depends on what is said and on nothing else.
func TestHashOfTheSameIsTheSame(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		v := rapid.Float64Range(-1e6, 1e6).Draw(r, "v")
		rows := []proof.Row{{From: period.NewDate(2026, 1, 1), To: period.NewDate(2026, 2, 1), Label: "2026-01", Value: &v, N: rapid.Int64Range(0, 1000).Draw(r, "n")}}
		a, err := proof.Hash(rows)
		if err != nil {
			r.Fatal(err)
		}
		again := v
		rows[0].Value = &again
		if b, _ := proof.Hash(rows); a != b {
			r.Fatal("another hash of the same rows")
		}
		again = math.Nextafter(v, math.Inf(1))
		if b, _ := proof.Hash(rows); a == b {
			r.Fatal("the same hash of other rows")
		}
	})
}

// Days before and behind a series are counted in its periods.
func TestEventsOutsideTheSeries(t *testing.T) {
	var rows []proof.Row
	for m := 1; m <= 6; m++ {
		v := float64(m)
		rows = append(rows, proof.Row{From: period.NewDate(2026, 1, 1+7*(m-1)), To: period.NewDate(2026, 1, 1+7*m), Value: &v, Complete: true})
	}
	d := proof.Terms{FirstAffected: period.NewDate(2026, 1, 22), Periods: 9, Events: []proof.Event{
		{Day: period.NewDate(2025, 12, 31)}, {Day: period.NewDate(2025, 12, 24)}, {Day: period.NewDate(2026, 1, 9)}, {Day: period.NewDate(2026, 2, 12)}, {Day: period.NewDate(2026, 2, 20)}}}.Design(rows)
	var got []int
	for _, e := range d.Events {
		got = append(got, e.At)
	}
	if d.At != 3 || d.Until != 6 || len(got) != 5 || got[0] != -1 || got[1] != -2 || got[2] != 1 || got[3] != 6 || got[4] != 7 {
		t.Errorf("%+v %v", d, got)
	}
}

// A secondary metric that is proven alone is not once Holm counts the others, and the reason says so.
func TestSecondaryMetricsAreJudgedByHolm(t *testing.T) {
	var rows []proof.Row
	for m := range 48 {
		v := 100 + 4*math.Sin(float64(m*m%13)) + 2*math.Cos(float64(m*7%11))
		if m >= 36 {
			v -= 5
		}
		from := period.NewDate(2022, 1, 1)
		cal := period.Calendar{}
		p := cal.Shift(period.Month, cal.Of(period.Month, from), m)
		rows = append(rows, proof.Row{From: p.From, To: p.To, Label: cal.Key(period.Month, p), Value: &v, N: 40, Complete: true})
	}
	terms := proof.Terms{FirstAffected: period.NewDate(2025, 1, 1), Periods: 12, Model: causal.Trend, Scale: causal.Plain, Expected: at(-5), Class: causal.Planned}
	alone, err := proof.Estimate(t.Context(), rows, proof.Ask{Grain: period.Month}, terms)
	if err != nil || alone.Verdict != causal.Proven {
		t.Fatal(alone, err)
	}
	terms.Others = []*float64{at(0.5), nil}
	among, err := proof.Estimate(t.Context(), rows, proof.Ask{Grain: period.Month}, terms)
	if err != nil || among.Verdict != causal.Proven || among.Reasons[len(among.Reasons)-1].Code != "holm" || !*among.Reasons[len(among.Reasons)-1].Met {
		t.Errorf("p %v: %s %v", *among.P, among.Verdict, err)
	}
	for range 400 { // a family so large that a p of this size does not survive
		terms.Others = append(terms.Others, nil)
	}
	crowd, err := proof.Estimate(t.Context(), rows, proof.Ask{Grain: period.Month}, terms)
	if err != nil || crowd.Verdict != causal.NotProvable || *crowd.Reasons[len(crowd.Reasons)-1].Met {
		t.Errorf("p %v among %d: %s %v", *crowd.P, len(terms.Others), crowd.Verdict, err)
	}
}
