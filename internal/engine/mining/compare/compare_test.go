package compare_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/engine/mining/compare"
)

func near(t *testing.T, what string, got *float64, want, tolerance float64) {
	t.Helper()
	if got == nil || !(math.Abs(*got-want) <= tolerance) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// By hand: in A two of four cases pass a → b in 10 and in (20 + 40)/2 seconds, in B three of three in 6, 8 and 7.
func TestByHand(t *testing.T) {
	r := sets(t,
		[]trace{{"ab", []int64{0, 10}}, {"abab", []int64{0, 20, 25, 65}}, {"ac", []int64{0, 5}}, {"ac", []int64{0, 7}}},
		[]trace{{"ab", []int64{0, 6}}, {"ab", []int64{0, 8}}, {"ab", []int64{1, 8}}})
	e := edge(t, r, "a", "b")
	near(t, "share A", e.Share.A, 0.5, 1e-12)
	near(t, "share B", e.Share.B, 1, 1e-12)
	near(t, "p", e.Share.P, 3.0/7, 1e-12) // 2 of 4 and 3 of 3: the tables with 5 of 7 hits weigh 6, 12 and 3 of 21; 6 + 3 are no likelier
	near(t, "median A", e.Time.A, 20, 1e-9)
	near(t, "median B", e.Time.B, 7, 1e-9)
	near(t, "mean A", e.MeanA, 20, 1e-9)
	near(t, "difference", e.Time.Value, -13, 1e-9)
	if e.Time.P != nil || e.CasesA != 2 || e.CasesB != 3 {
		t.Errorf("%+v", e)
	}
	only := edge(t, r, "a", "c")
	if only.Time.B != nil || only.Time.Value != nil || only.CasesB != 0 {
		t.Errorf("%+v", only)
	}
	near(t, "mean lead time A", r.Mean.A, (10+65+5+7)/4.0, 1e-9)
	near(t, "mean lead time B", r.Mean.B, 7, 1e-9)
}

// Kitagawa by hand: easy cases take 10, hard ones 100. In A half are hard, in B one in five; in B hard ones take 90.
// Mix (0.8 − 0.5)·10 + (0.2 − 0.5)·95 = −25.5, within (90 − 100)·0.35 = −3.5.
func TestMixByHand(t *testing.T) {
	cases := func(easy, hard int, slow int64) (out []trace) {
		for range easy {
			out = append(out, trace{"ab", []int64{0, 10}})
		}
		for range hard {
			out = append(out, trace{"acb", []int64{0, 50, slow}})
		}
		return out
	}
	r := sets(t, cases(50, 50, 100), cases(80, 20, 90))
	near(t, "mix", &r.Mix.Mix.Value, -25.5, 1e-9)
	near(t, "within", &r.Mix.Within.Value, -3.5, 1e-9)
	near(t, "total", &r.Mix.Total.Value, -29, 1e-9)
	if r.Mix.Variants != 2 || r.Mix.RestA != 0 || r.Mix.Mix.Low >= -25.5 || r.Mix.Mix.High <= -25.5 {
		t.Errorf("%+v", r.Mix)
	}
	// the same cases in other shares: all of the change is mix
	r = sets(t, cases(50, 50, 100), cases(80, 20, 100))
	near(t, "mix only", &r.Mix.Within.Value, 0, 1e-9)
}

// Mix and within add up to the difference of means, whatever the cases, and the shares lie between 0 and 1.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		draw := func(name string) []trace {
			return drawn(rapid.Uint64().Draw(r, name), rapid.IntRange(2, 60).Draw(r, name+" cases"),
				rapid.Float64Range(0.1, 5).Draw(r, name+" speed"), rapid.Float64Range(0, 1).Draw(r, name+" hard"))
		}
		a, b := draw("a"), draw("b")
		x, y := sets(t, a, b), sets(t, b, a)
		want := *x.Mean.Value
		if math.Abs(x.Mix.Mix.Value+x.Mix.Within.Value-want) > 1e-6*(1+math.Abs(want)) || math.Abs(x.Mix.Total.Value-want) > 1e-6*(1+math.Abs(want)) {
			r.Fatalf("%+v, want %v in all", x.Mix, want)
		}
		if math.Abs(x.Mix.Mix.Value+y.Mix.Mix.Value) > 1e-6*(1+math.Abs(want)) || len(x.Edges) != len(y.Edges) {
			r.Fatalf("the other way round: %+v, %+v", x.Mix, y.Mix)
		}
		for _, e := range x.Edges {
			twin := edge(t, y, e.From, e.To)
			checkPassage(r, e)
			if !same(e.Share.P, twin.Share.P) || !same(e.Time.P, twin.Time.P) {
				r.Fatalf("%s → %s: p %v and %v", e.From, e.To, e.Share.P, twin.Share.P)
			}
		}
	})
}

func same(a, b *float64) bool {
	return a == nil && b == nil || a != nil && b != nil && math.Abs(*a-*b) < 1e-9
}

func checkPassage(r *rapid.T, e compare.Passage) {
	for _, d := range []compare.Difference{e.Share, e.Time} {
		if d.P != nil && (*d.P < 0 || *d.P > 1+1e-12 || d.Q == nil || *d.Q < *d.P-1e-12 || *d.Q > 1) {
			r.Fatalf("%+v", e)
		}
		if d.Low != nil && (*d.Low > *d.Value+1e-9 || *d.High < *d.Value-1e-9) {
			r.Fatalf("%+v", e)
		}
	}
	if *e.Share.A < 0 || *e.Share.A > 1 || *e.Share.B < 0 || *e.Share.B > 1 {
		r.Fatalf("%+v", e)
	}
}

// The same cases dealt to both periods by chance: a comparison that calls any difference is a false one. The false
// discovery rate bounds their share by 5 %.
func TestRelabelledCasesDiffer(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 5))
	pool := drawn(11, 400, 1, 0.4)
	missed, called := 0, 0
	const rounds = 300
	for range rounds {
		random.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
		r := sets(t, pool[:200], pool[200:])
		if r.Median.Significant() {
			called++
		}
		for _, e := range append(r.Edges, r.Activities...) {
			if e.Share.Significant() || e.Time.Significant() {
				missed++
				break
			}
		}
	}
	t.Logf("map %d, lead time %d of %d", missed, called, rounds)
	if missed > 30 || called > 30 { // four standard errors above 5 %
		t.Errorf("map %d, lead time %d of %d", missed, called, rounds)
	}
}

// Times half as long and fewer detours are found, and found on the right edges.
func TestRealDifferenceIsFound(t *testing.T) {
	r := sets(t, drawn(1, 400, 1, 0.4), drawn(2, 400, 0.5, 0.1))
	e := edge(t, r, "a", "b")
	if !e.Time.Significant() || *e.Time.Value >= 0 || *e.Time.High >= 0 {
		t.Errorf("%+v", e.Time)
	}
	if d := edge(t, r, "c", "d"); !d.Share.Significant() || *d.Share.High >= 0 {
		t.Errorf("%+v", d.Share)
	}
	if r.Mix.Total.High >= 0 || r.Mix.Mix.High >= 0 || r.Mix.Within.High >= 0 {
		t.Errorf("%+v", r.Mix)
	}
}

// The bootstrap interval of the whole is about Welch's.
func TestMixIntervalIsAboutWelch(t *testing.T) {
	r := sets(t, drawn(1, 900, 1, 0.4), drawn(2, 900, 0.9, 0.3))
	width := *r.Mean.High - *r.Mean.Low
	if math.Abs(r.Mix.Total.Low-*r.Mean.Low) > width/8 || math.Abs(r.Mix.Total.High-*r.Mean.High) > width/8 {
		t.Errorf("%+v, Welch %v to %v", r.Mix.Total, *r.Mean.Low, *r.Mean.High)
	}
	// two large groups, whose means are drawn as normal
	r = sets(t, drawn(1, 6000, 1, 0.4), drawn(2, 6000, 0.9, 0.3))
	width = *r.Mean.High - *r.Mean.Low
	if math.Abs(r.Mix.Total.Low-*r.Mean.Low) > width/8 || math.Abs(r.Mix.Total.High-*r.Mean.High) > width/8 {
		t.Errorf("%+v, Welch %v to %v", r.Mix.Total, *r.Mean.Low, *r.Mean.High)
	}
}

func TestEmptyPeriods(t *testing.T) {
	r := sets(t, nil, []trace{{"ab", []int64{0, 6}}})
	if r.Mix != nil || r.CasesA != 0 || len(r.Edges) != 1 || r.Edges[0].Share.A != nil || r.Edges[0].Share.P != nil || r.Tests != 0 {
		t.Errorf("%+v", r)
	}
}

func ExampleCompare() {
	d := compare.NewDictionary()
	names := []string{"a", "b", "c", "d", "e"}
	before, _ := compare.Read(context.Background(), d, &source{names: names, traces: drawn(1, 300, 1, 0.4)}, false)
	after, _ := compare.Read(context.Background(), d, &source{names: names, traces: drawn(2, 300, 0.5, 0.4)}, false)
	r, err := compare.Compare(context.Background(), d, before, after, compare.Options{})
	if err != nil {
		panic(err)
	}
	for _, e := range r.Edges {
		if e.Time.Significant() && *e.Time.Value < -550 {
			fmt.Printf("%s → %s: %.0f s, before %.0f s\n", e.From, e.To, *e.Time.B, *e.Time.A)
		}
	}
	// Output:
	// b → e: 400 s, before 1065 s
	// a → c: 357 s, before 1017 s
}

func BenchmarkReadAndCompare(b *testing.B) {
	names := []string{"a", "b", "c", "d", "e"}
	before, after := drawn(1, 20_000, 1, 0.4), drawn(2, 20_000, 0.8, 0.3)
	for b.Loop() {
		d := compare.NewDictionary()
		x, y := read(b, d, names, before), read(b, d, names, after)
		if _, err := compare.Compare(b.Context(), d, x, y, compare.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
