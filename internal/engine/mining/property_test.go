package mining_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/engine/mining"
	"pgregory.net/rapid"
)

func drawLog(t *rapid.T) log {
	starts := rapid.Bool().Draw(t, "starts")
	lifecycle := rapid.Bool().Draw(t, "lifecycle")
	return log(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) []event {
		c := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) event {
			e := event{activity: rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "activity"),
				time: rapid.Int64Range(0, 50).Draw(t, "time"), start: -1}
			if starts && rapid.IntRange(0, 3).Draw(t, "started") > 0 {
				e.start = rapid.Int64Range(0, 50).Draw(t, "start")
			}
			if lifecycle {
				e.lifecycle = rapid.SampledFrom([]string{"start", "complete", "schedule"}).Draw(t, "state")
			}
			return e
		}), 1, 8).Draw(t, "events")
		sort.SliceStable(c, func(i, j int) bool { return key(c[i]) < key(c[j]) })
		return c
	}), 1, 12).Draw(t, "cases"))
}

func key(e event) int64 {
	if e.start >= 0 {
		return e.start
	}
	return e.time
}

// naiveQuantile sorts and interpolates with the textbook formula.
func naiveQuantile(v []float64, p float64) float64 {
	v = slices.Sorted(slices.Values(v))
	h := float64(len(v)-1) * p
	lo, hi := int(math.Floor(h)), int(math.Ceil(h))
	return v[lo] + (h-math.Floor(h))*(v[hi]-v[lo])
}

// naive recomputes counts and medians with maps of strings.
type naive struct {
	waiting, elapsed map[string][]float64
	variants         map[string][]float64
	rework           map[string]int64
	returns          map[string]int64
	reworkCases      int64
}

func naively(l log) naive {
	n := naive{map[string][]float64{}, map[string][]float64{}, map[string][]float64{}, map[string]int64{}, map[string]int64{}, 0}
	for _, c := range l {
		var names []string
		times := []int64{}
		counts := map[string]int64{}
		for i, e := range c {
			names = append(names, e.activity)
			times = append(times, e.time)
			if e.start >= 0 {
				times = append(times, e.start)
			}
			if e.lifecycle == "" || e.lifecycle == "complete" {
				counts[e.activity]++
			}
			if i > 0 {
				edge := c[i-1].activity + ">" + e.activity
				elapsed := float64(e.time - c[i-1].time)
				waiting := elapsed
				if e.start >= 0 {
					waiting = math.Max(0, float64(e.start-c[i-1].time))
				}
				n.waiting[edge] = append(n.waiting[edge], waiting)
				n.elapsed[edge] = append(n.elapsed[edge], elapsed)
			}
			if i > 1 && c[i-2].activity == e.activity && c[i-1].activity != e.activity {
				n.returns[min(e.activity, c[i-1].activity)+max(e.activity, c[i-1].activity)]++
			}
		}
		last := int64(0)
		for _, e := range c {
			last = max(last, e.time)
		}
		variant := strings.Join(names, ">")
		n.variants[variant] = append(n.variants[variant], float64(last-slices.Min(times)))
		again := false
		for a, k := range counts {
			if k > 1 {
				n.rework[a]++
				again = true
			}
		}
		if again {
			n.reworkCases++
		}
	}
	return n
}

func same(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// One pass equals the naive implementation, for any size of chunk.
func TestAnalyseEqualsNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLog(t)
		r, err := mining.Analyse(context.Background(), l.source(rapid.IntRange(1, 20).Draw(t, "chunk")), mining.Options{})
		if err != nil {
			t.Fatal(err)
		}
		n := naively(l)
		if len(r.Edges) != len(n.waiting) || len(r.Variants) != len(n.variants) || r.ReworkCases != n.reworkCases {
			t.Fatalf("%d edges %d variants %d rework", len(r.Edges), len(r.Variants), r.ReworkCases)
		}
		for _, e := range r.Edges {
			name := r.Activities[e.From].Name + ">" + r.Activities[e.To].Name
			w, el := n.waiting[name], n.elapsed[name]
			if e.Count != int64(len(w)) || !same(e.Median, naiveQuantile(w, 0.5)) || !same(e.MedianElapsed, naiveQuantile(el, 0.5)) {
				t.Fatalf("%s %+v waiting %v elapsed %v", name, e, w, el)
			}
		}
		for i, v := range r.Variants {
			d := n.variants[strings.ReplaceAll(sequenceOf(r, v), " ", ">")]
			if v.Count != int64(len(d)) || !same(v.Duration.Median, naiveQuantile(d, 0.5)) || !same(v.Duration.P90, naiveQuantile(d, 0.9)) {
				t.Fatalf("%+v %v", v, d)
			}
			if i > 0 && (r.Variants[i-1].Count < v.Count || r.Variants[i-1].Count == v.Count && sequenceOf(r, r.Variants[i-1]) >= sequenceOf(r, v)) {
				t.Fatalf("order of variants at %d", i)
			}
		}
		for _, a := range r.Activities {
			if a.Rework != n.rework[a.Name] {
				t.Fatalf("rework of %s is %d, want %d", a.Name, a.Rework, n.rework[a.Name])
			}
		}
		for _, p := range r.PingPongs {
			x, y := r.Activities[p.A].Name, r.Activities[p.B].Name
			if n.returns[min(x, y)+max(x, y)] != p.Count {
				t.Fatalf("ping-pong %+v", p)
			}
		}
	})
}

// Every trace is handed out whole and once, however it is cut into chunks; instances keep complete rows.
func TestWalkKeepsTraces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLog(t)
		src := l.source(rapid.IntRange(1, 20).Draw(t, "chunk"))
		instances := rapid.Bool().Draw(t, "instances")
		at := 0
		err := mining.Walk(context.Background(), src, instances, func(tr *mining.Trace) error {
			want, completes := len(l[at]), 0
			for _, e := range l[at] {
				if e.lifecycle == "complete" {
					completes++
				}
			}
			got := 0
			for i := range tr.Activity {
				if tr.Complete != nil && tr.Complete[i] {
					got++
				}
			}
			if got != completes || !instances && tr.Len() != want || int(tr.Case) != at {
				return fmt.Errorf("case %d: %d events of %d, %d complete of %d", at, tr.Len(), want, got, completes)
			}
			at++
			return nil
		})
		if err != nil || at != len(l) {
			t.Fatal(err, at)
		}
	})
}
