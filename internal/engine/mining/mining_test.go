package mining_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/engine/mining"
)

// event is one row of a test log.
type event struct {
	activity    string
	time, start int64 // seconds; start −1 for none
	lifecycle   string
}

// log is a test log: one slice of events per case, in order.
type log [][]event

// source delivers a log in chunks of size events.
type source struct {
	names []string
	flat  mining.Chunk
	size  int
	at    int
}

func (l log) source(size int) *source {
	s := &source{size: size}
	number := map[string]int32{}
	starts, lifecycle := false, false
	for _, c := range l {
		for _, e := range c {
			starts = starts || e.start >= 0
			lifecycle = lifecycle || e.lifecycle != ""
		}
	}
	for i, c := range l {
		for _, e := range c {
			if _, ok := number[e.activity]; !ok {
				number[e.activity] = int32(len(s.names))
				s.names = append(s.names, e.activity)
			}
			s.flat.Case = append(s.flat.Case, int32(i))
			s.flat.Activity = append(s.flat.Activity, number[e.activity])
			s.flat.Time = append(s.flat.Time, e.time*1e6)
			if starts {
				start := mining.NoTime
				if e.start >= 0 {
					start = e.start * 1e6
				}
				s.flat.Start = append(s.flat.Start, start)
			}
			if lifecycle {
				s.flat.Complete = append(s.flat.Complete, e.lifecycle == "complete")
				s.flat.Begin = append(s.flat.Begin, e.lifecycle == "start")
			}
		}
	}
	return s
}

func (s *source) Activities() []string { return s.names }

func (s *source) Next() (*mining.Chunk, error) {
	n := len(s.flat.Case)
	if s.at >= n {
		return nil, nil
	}
	from, to := s.at, min(s.at+s.size, n)
	s.at = to
	c := &mining.Chunk{Case: s.flat.Case[from:to], Activity: s.flat.Activity[from:to], Time: s.flat.Time[from:to]}
	if s.flat.Start != nil {
		c.Start = s.flat.Start[from:to]
	}
	if s.flat.Complete != nil {
		c.Complete, c.Begin = s.flat.Complete[from:to], s.flat.Begin[from:to]
	}
	return c, nil
}

func analyse(t *testing.T, l log, o mining.Options) *mining.Result {
	t.Helper()
	o.Times = true
	r, err := mining.Analyse(context.Background(), l.source(3), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func plain(activity string, time int64) event {
	return event{activity: activity, time: time, start: -1}
}

func edgeOf(t *testing.T, r *mining.Result, from, to string) mining.Edge {
	t.Helper()
	for _, e := range r.Edges {
		if r.Activities[e.From].Name == from && r.Activities[e.To].Name == to {
			return e
		}
	}
	t.Fatalf("no edge %s → %s", from, to)
	return mining.Edge{}
}

func activityOf(t *testing.T, r *mining.Result, name string) mining.Activity {
	t.Helper()
	for _, a := range r.Activities {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("no activity %s", name)
	return mining.Activity{}
}

func sequenceOf(r *mining.Result, v mining.Variant) string {
	var names []string
	for _, a := range v.Activities {
		names = append(names, r.Activities[a].Name)
	}
	return strings.Join(names, " ")
}

// Four cases by hand: a b c (0 10 40), a b c (0 20 60), a b b c (0 10 20 100), a c (0 5).
func TestSmallLog(t *testing.T) {
	r := analyse(t, log{
		{plain("a", 0), plain("b", 10), plain("c", 40)},
		{plain("a", 0), plain("b", 20), plain("c", 60)},
		{plain("a", 0), plain("b", 10), plain("b", 20), plain("c", 100)},
		{plain("a", 0), plain("c", 5)},
	}, mining.Options{})
	s := r.Summary
	if s.Cases != 4 || s.Events != 12 || s.Activities != 3 || s.Variants != 3 || s.First != 0 || s.Last != 100e6 {
		t.Errorf("summary %+v", s)
	}
	// durations 5 40 60 100: type-7 median 50, p90 at position 2.7 is 60 + 0.7·40
	want := mining.Distribution{Min: 5, Median: 50, Mean: 51.25, P90: 88, Max: 100}
	if d := s.Duration; math.Abs(d.P90-want.P90) > 1e-9 || d.Min != 5 || d.Median != 50 || d.Mean != 51.25 || d.Max != 100 {
		t.Errorf("durations %+v, want %+v", d, want)
	}
	if e := edgeOf(t, r, "a", "b"); e.Count != 3 || e.Cases != 3 || e.Median != 10 || math.Abs(e.Mean-40.0/3) > 1e-12 || e.MedianElapsed != 10 {
		t.Errorf("a → b %+v", e)
	}
	if e := edgeOf(t, r, "b", "c"); e.Count != 3 || e.Median != 40 || e.Total != 150 {
		t.Errorf("b → c %+v", e)
	}
	if a := activityOf(t, r, "b"); a.Events != 4 || a.Cases != 3 || a.Rework != 1 || a.Repeats != 1 || a.Starts != 0 || *a.Wait != 10 {
		t.Errorf("b %+v", a)
	}
	if a := activityOf(t, r, "c"); a.Ends != 4 || a.Service != nil {
		t.Errorf("c %+v", a)
	}
	if r.ReworkCases != 1 {
		t.Errorf("rework cases %d", r.ReworkCases)
	}
	var got []string
	for _, v := range r.Variants {
		got = append(got, sequenceOf(r, v))
	}
	if want := []string{"a b c", "a b b c", "a c"}; !slices.Equal(got, want) {
		t.Errorf("variants %q, want %q", got, want)
	}
	if v := r.Variants[0]; v.Count != 2 || v.Share != 0.5 || v.Duration.Median != 50 {
		t.Errorf("first variant %+v", v)
	}
}

// An interval log: waiting runs from the end of a step to the start of the next and is never below zero.
func TestStartTimes(t *testing.T) {
	r := analyse(t, log{
		{{"a", 10, 0, ""}, {"b", 40, 30, ""}, {"c", 35, 34, ""}},
		{{"a", 10, 2, ""}, {"b", 20, 5, ""}, {"c", 30, 28, ""}},
	}, mining.Options{})
	if e := edgeOf(t, r, "a", "b"); e.Median != 10 || e.Mean != 10 || e.MedianElapsed != 20 {
		t.Errorf("a → b %+v", e) // waiting 20 and max(0, 5−10) = 0; elapsed 30 and 10
	}
	if e := edgeOf(t, r, "b", "c"); e.Negative != 1 || e.Median != 4 || e.MedianElapsed != 2.5 {
		t.Errorf("b → c %+v", e) // waiting 0 and 8; elapsed −5 and 10
	}
	if r.NegativeElapsed != 1 || !r.HasStarts {
		t.Errorf("negative %d starts %v", r.NegativeElapsed, r.HasStarts)
	}
	if a := activityOf(t, r, "b"); *a.Service != 12.5 {
		t.Errorf("service of b %v", *a.Service)
	}
	if s := r.Summary; s.First != 0 || s.Last != 40e6 || s.Duration.Min != 28 || s.Duration.Max != 40 {
		t.Errorf("summary %+v", s)
	}
}

// A start only in the middle of a log: earlier passages keep their elapsed time.
func TestLateStart(t *testing.T) {
	r := analyse(t, log{{plain("a", 0), plain("b", 7)}, {plain("a", 0), {"b", 9, 3, ""}}}, mining.Options{})
	if e := edgeOf(t, r, "a", "b"); e.Median != 5 || e.MedianElapsed != 8 {
		t.Errorf("a → b %+v", e)
	}
}

// With a lifecycle only completing rows are rework, and instances pair rows first in, first out.
func TestLifecycle(t *testing.T) {
	l := log{{
		{"a", 0, -1, "schedule"}, {"a", 1, -1, "start"}, {"a", 2, -1, "start"}, {"a", 5, -1, "complete"},
		{"b", 6, -1, "complete"}, {"a", 9, -1, "complete"}, {"b", 10, -1, "start"},
	}}
	r := analyse(t, l, mining.Options{})
	if a := activityOf(t, r, "a"); a.Events != 5 || a.Rework != 1 || a.Repeats != 1 || r.Summary.Events != 7 || !r.HasLifecycle {
		t.Errorf("a %+v", a)
	}
	if b := activityOf(t, r, "b"); b.Rework != 0 || b.Events != 2 {
		t.Errorf("b %+v", b)
	}
	r = analyse(t, l, mining.Options{Instances: true})
	if got := sequenceOf(r, r.Variants[0]); got != "a a b b" {
		t.Errorf("instances %q", got)
	}
	if a := activityOf(t, r, "a"); a.Events != 2 || *a.Service != 5.5 { // 1–5 and 2–9
		t.Errorf("a %+v", a)
	}
	if e := edgeOf(t, r, "a", "a"); e.MedianElapsed != 4 || e.Median != 0 {
		t.Errorf("a → a %+v", e)
	}
}

func TestPingPong(t *testing.T) {
	r := analyse(t, log{
		{plain("a", 0), plain("b", 1), plain("a", 3), plain("b", 7), plain("c", 8)},
		{plain("b", 0), plain("a", 1), plain("a", 2), plain("b", 3)},
	}, mining.Options{})
	if len(r.PingPongs) != 1 || r.PingPongs[0] != (mining.PingPong{A: 0, B: 1, Count: 2, Cases: 1, Total: 9}) {
		t.Errorf("ping-pong %+v", r.PingPongs)
	}
}

func TestOneTime(t *testing.T) {
	r := analyse(t, log{{plain("a", 5), plain("b", 5)}, {plain("a", 1)}, {plain("a", 1), plain("b", 2)}}, mining.Options{})
	if r.OneTimeCases != 1 {
		t.Errorf("one time %d", r.OneTimeCases)
	}
}

func TestEmptyLog(t *testing.T) {
	r := analyse(t, log{}, mining.Options{})
	if r.Summary.Cases != 0 || len(r.Edges) != 0 || len(r.Variants) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestCaseFacts(t *testing.T) {
	type seen struct {
		c, variant int32
		fresh      bool
		events     int
		distinct   int
		first      int64
		last       int64
		rework     bool
	}
	var got []seen
	analyse(t, log{
		{plain("a", 1), plain("b", 2)}, {plain("a", 3), plain("a", 4)}, {plain("a", 5), plain("b", 9)},
	}, mining.Options{Case: func(f *mining.CaseFacts) error {
		got = append(got, seen{f.Case, f.Variant, f.NewVariant, len(f.Activities), f.Distinct, f.First, f.Last, f.Rework})
		return nil
	}})
	want := []seen{{0, 0, true, 2, 2, 1e6, 2e6, false}, {1, 1, true, 2, 1, 3e6, 4e6, true}, {2, 0, false, 2, 2, 5e6, 9e6, false}}
	if !slices.Equal(got, want) {
		t.Errorf("facts %+v", got)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := mining.Analyse(ctx, log{{plain("a", 1)}}.source(1), mining.Options{}); err != context.Canceled {
		t.Errorf("error %v", err)
	}
}

// Hyndman and Fan (1996), type 7, as R's quantile(c(1,2,3,4,10), c(0,.25,.5,.9,1)).
func TestQuantile(t *testing.T) {
	for p, want := range map[float64]float64{0: 1, 0.25: 2, 0.5: 3, 0.9: 7.6, 1: 10} {
		if got := mining.Quantile([]int64{1, 2, 3, 4, 10}, p); math.Abs(got-want) > 1e-12 {
			t.Errorf("quantile %v is %v, want %v", p, got, want)
		}
	}
	if !math.IsNaN(mining.Quantile([]int64{}, 0.5)) {
		t.Error("quantile of nothing")
	}
}
