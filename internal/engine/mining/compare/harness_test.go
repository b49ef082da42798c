package compare_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"lotse.dev/lotse/internal/engine/mining"
	"lotse.dev/lotse/internal/engine/mining/compare"
)

// trace is one case: the activities by letter and the seconds at which each ends.
type trace struct {
	steps   string
	seconds []int64
}

// source delivers traces in one chunk each.
type source struct {
	names  []string
	traces []trace
	at     int
}

func (s *source) Activities() []string { return s.names }

func (s *source) Next() (*mining.Chunk, error) {
	if s.at == len(s.traces) {
		return nil, nil
	}
	t := s.traces[s.at]
	c := &mining.Chunk{}
	for i := range t.steps {
		for n, name := range s.names {
			if name == t.steps[i:i+1] {
				c.Case, c.Activity, c.Time = append(c.Case, int32(s.at)), append(c.Activity, int32(n)), append(c.Time, t.seconds[i]*1e6)
			}
		}
	}
	s.at++
	return c, nil
}

func read(t testing.TB, d *compare.Dictionary, names []string, traces []trace) *compare.Period {
	t.Helper()
	p, err := compare.Read(t.Context(), d, &source{names: names, traces: traces}, false)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func sets(t testing.TB, a, b []trace) *compare.Result {
	t.Helper()
	d := compare.NewDictionary()
	// the names of both sources stand in another order on purpose
	r, err := compare.Compare(t.Context(), d, read(t, d, []string{"a", "b", "c", "d", "e"}, a), read(t, d, []string{"e", "d", "c", "b", "a"}, b), compare.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// drawn makes cases that take detours and loops; speed stretches the times, hard is the share of long cases.
func drawn(seed uint64, n int, speed, hard float64) []trace {
	random := rand.New(rand.NewPCG(seed, 3))
	out := make([]trace, n)
	for i := range out {
		steps := "abe"
		switch {
		case random.Float64() < hard:
			steps = "abcbcde"
		case random.Float64() < 0.3:
			steps = "ace"
		}
		at := int64(0)
		out[i].steps = steps
		for range steps {
			out[i].seconds = append(out[i].seconds, at)
			at += int64(1000 * speed * (0.2 + random.ExpFloat64()))
		}
	}
	return out
}

func edge(t testing.TB, r *compare.Result, from, to string) compare.Passage {
	t.Helper()
	for _, e := range r.Edges {
		if e.From == from && e.To == to {
			return e
		}
	}
	t.Fatalf("no edge %s → %s in %s", from, to, fmt.Sprint(r.Edges))
	return compare.Passage{}
}
