package mining

import (
	"cmp"
	"context"
	"slices"
)

// Passage is one case that passes an edge.
type Passage struct {
	Place       int32 // the case's place in the order of the source, from 0
	Waiting     int64 // longest waiting on the edge, microseconds
	First, Last int64 // span of the case, microseconds
}

// Path is one edge in detail.
type Path struct {
	Count    int64
	Cases    int64
	Waiting  []int64 // of each passage, ascending, microseconds; elapsed where the second step has no start
	Negative int64   // passages whose end lies before the end of the step before
	With     []int64 // durations of the cases that pass the edge, ascending, microseconds
	Without  []int64 // of those that do not
	Longest  []Passage
	NoStarts bool // no event of the log has a start
}

// FindPath reads the source once for the edge between two activities and keeps the cases that wait longest on it, at
// most longest of them.
func FindPath(ctx context.Context, src Source, from, to int32, instances bool, longest int) (*Path, error) {
	p := &Path{NoStarts: true}
	place := int32(-1)
	err := Walk(ctx, src, instances, func(t *Trace) error {
		place++
		p.trace(t, from, to, place, longest)
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(p.Waiting)
	slices.Sort(p.With)
	slices.Sort(p.Without)
	p.keep(longest)
	return p, nil
}

func (p *Path) trace(t *Trace, from, to, place int32, longest int) {
	first, last := t.Span()
	hit := Passage{Place: place, Waiting: -1, First: first, Last: last}
	passed := false
	for i, a := range t.Activity {
		if t.StartOf(i) != NoTime {
			p.NoStarts = false
		}
		if i == 0 || a != to || t.Activity[i-1] != from {
			continue
		}
		waiting := t.Waiting(i)
		if t.Elapsed(i) < 0 {
			p.Negative++
		}
		if !passed || waiting > hit.Waiting {
			hit.Waiting = waiting
		}
		passed = true
		p.Count++
		p.Waiting = append(p.Waiting, waiting)
	}
	if !passed {
		p.Without = append(p.Without, last-first)
		return
	}
	p.Cases++
	p.With = append(p.With, last-first)
	p.Longest = append(p.Longest, hit)
	if len(p.Longest) >= 2*longest+1000 {
		p.keep(longest)
	}
}

// keep leaves the cases that wait longest, the earlier of equals.
func (p *Path) keep(longest int) {
	slices.SortFunc(p.Longest, func(a, b Passage) int {
		return cmp.Or(cmp.Compare(b.Waiting, a.Waiting), cmp.Compare(a.Place, b.Place))
	})
	p.Longest = p.Longest[:min(longest, len(p.Longest))]
}

// Bin is one bar of a histogram, in microseconds: From included, To excluded, but for the last one, which also holds
// everything beyond.
type Bin struct {
	From, To int64
	Count    int64
}

// Histogram counts ascending values in bars of equal, round width. The bars end at the 98 % quantile, so that few
// extremes do not press the rest into one bar; the last bar is Open when values lie beyond it.
func Histogram(sorted []int64, bars int) (bins []Bin, open bool) {
	if len(sorted) == 0 {
		return nil, false
	}
	low, high := sorted[0], sorted[len(sorted)-1]
	edge := int64(Quantile(sorted, 0.98))
	if edge <= low {
		edge = high
	}
	if low >= 0 && low < (edge-low)/4 {
		low = 0
	}
	width := roundWidth((edge - low) / int64(bars))
	low = floorTo(low, width)
	n := min(int((edge-low)/width)+1, bars+2)
	bins = make([]Bin, n)
	for i := range bins {
		bins[i] = Bin{From: low + int64(i)*width, To: low + int64(i+1)*width}
	}
	for _, v := range sorted {
		i := int((v - low) / width)
		if i >= n {
			i, open = n-1, true
		}
		bins[i].Count++
	}
	return bins, open
}

func floorTo(v, width int64) int64 {
	f := v / width * width
	if f > v {
		f -= width
	}
	return f
}

// roundWidth is the least width that a clock or calendar knows and that is not below w.
func roundWidth(w int64) int64 {
	const minute, hour, day = 60 * second, 3600 * second, 86400 * second
	for _, step := range []int64{second, 2 * second, 5 * second, 10 * second, 30 * second, minute, 2 * minute, 5 * minute, 10 * minute,
		30 * minute, hour, 2 * hour, 4 * hour, 6 * hour, 12 * hour, day, 2 * day, 5 * day, 7 * day, 14 * day, 30 * day, 60 * day, 90 * day,
		180 * day, 365 * day} {
		if step >= w {
			return step
		}
	}
	years := (w + 365*day - 1) / (365 * day)
	return years * 365 * day
}
