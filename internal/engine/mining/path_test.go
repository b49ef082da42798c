package mining_test

import (
	"context"
	"slices"
	"testing"

	"lotse.dev/lotse/internal/engine/mining"
	"pgregory.net/rapid"
)

func TestFindPath(t *testing.T) {
	l := log{
		{plain("a", 0), plain("b", 10), plain("a", 20), plain("b", 50)},
		{plain("a", 0), plain("c", 5)},
		{plain("a", 0), plain("b", 7)},
	}
	p, err := mining.FindPath(context.Background(), l.source(2), 0, 1, false, 1)
	if err != nil {
		t.Fatal(err)
	}
	if p.Count != 3 || p.Cases != 2 || !slices.Equal(p.Waiting, []int64{7e6, 10e6, 30e6}) || !p.NoStarts {
		t.Errorf("%+v", p)
	}
	if !slices.Equal(p.With, []int64{7e6, 50e6}) || !slices.Equal(p.Without, []int64{5e6}) {
		t.Errorf("with %v without %v", p.With, p.Without)
	}
	if len(p.Longest) != 1 || p.Longest[0] != (mining.Passage{Place: 0, Waiting: 30e6, First: 0, Last: 50e6}) {
		t.Errorf("longest %+v", p.Longest)
	}
}

// One path agrees with the edge of the whole map.
func TestFindPathEqualsEdge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLog(t)
		r, err := mining.Analyse(context.Background(), l.source(7), mining.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range r.Edges {
			p, err := mining.FindPath(context.Background(), l.source(5), e.From, e.To, false, 3)
			if err != nil {
				t.Fatal(err)
			}
			if p.Count != e.Count || p.Cases != e.Cases || p.Negative != e.Negative || int64(len(p.With)+len(p.Without)) != r.Summary.Cases ||
				!same(mining.Quantile(p.Waiting, 0.5)/1e6, e.Median) {
				t.Fatalf("%+v %+v", p, e)
			}
		}
	})
}

// A histogram loses no value, its bars touch, and only the last one is open.
func TestHistogram(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SliceOf(rapid.Int64Range(-1e9, 1e16)).Draw(t, "values")
		if rapid.Bool().Draw(t, "small") {
			for i := range v {
				v[i] %= 1e8
			}
		}
		slices.Sort(v)
		bins, open := mining.Histogram(v, 20)
		var sum int64
		for i, b := range bins {
			sum += b.Count
			if i > 0 && bins[i-1].To != b.From {
				t.Fatalf("gap at %d: %+v", i, bins)
			}
			last := i == len(bins)-1
			want := int64(0)
			for _, x := range v {
				if x >= b.From && (x < b.To || last) {
					want++
				}
			}
			if want != b.Count {
				t.Fatalf("bar %d counts %d, want %d", i, b.Count, want)
			}
		}
		if sum != int64(len(v)) || len(bins) > 22 || open && v[len(v)-1] < bins[len(bins)-1].To {
			t.Fatalf("%d of %d in %d bars", sum, len(v), len(bins))
		}
	})
}
