package compare

import (
	"cmp"
	"context"
	"math"
	"slices"

	"lotse.dev/lotse/internal/engine/stat"
)

// fewestTimes is how many cases both periods need on an edge for the rank test (Brunner and Munzel 2000, section 4).
const fewestTimes = 10

// Options say how the intervals of the mix are drawn.
type Options struct {
	Seed  uint64
	Draws int // 999 when 0
}

// Compare sets B beside A. Both were read with the dictionary. It sorts the times on edges in place.
func Compare(ctx context.Context, d *Dictionary, a, b *Period, o Options) (*Result, error) {
	r := &Result{CasesA: a.cases, CasesB: b.cases, Activities: []Passage{}, Edges: []Passage{}}
	for key := range union(a.activities, b.activities) {
		r.Activities = append(r.Activities, passage(d.names[key], "", a.activities[key], b.activities[key], a, b))
	}
	for key := range union(a.edges, b.edges) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.Edges = append(r.Edges, passage(d.names[key.from], d.names[key.to], a.edges[key], b.edges[key], a, b))
	}
	slices.SortFunc(r.Activities, func(x, y Passage) int { return cmp.Compare(x.From, y.From) })
	slices.SortFunc(r.Edges, func(x, y Passage) int {
		return cmp.Or(cmp.Compare(y.CasesA+y.CasesB, x.CasesA+x.CasesB), cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To))
	})
	r.test()
	if a.cases < 2 || b.cases < 2 {
		return r, ctx.Err()
	}
	var err error
	r.Mix, err = decompose(ctx, a, b, o)
	r.lead(a, b)
	return r, err
}

func union[K comparable](a, b map[K]*passages) map[K]struct{} {
	out := make(map[K]struct{}, len(a))
	for k := range a {
		out[k] = struct{}{}
	}
	for k := range b {
		out[k] = struct{}{}
	}
	return out
}

func passage(from, to string, a, b *passages, pa, pb *Period) Passage {
	none := &passages{}
	a, b = cmp.Or(a, none), cmp.Or(b, none)
	p := Passage{From: from, To: to, CasesA: a.cases, CasesB: b.cases}
	if pa.cases > 0 {
		p.Share.A = known(float64(a.cases) / float64(pa.cases))
	}
	if pb.cases > 0 {
		p.Share.B = known(float64(b.cases) / float64(pb.cases))
	}
	if pa.cases > 0 && pb.cases > 0 {
		p.Share.bounds(stat.ShareDifference(b.cases, pb.cases, a.cases, pa.cases, stat.Level))
		p.Share.P = known(shareTest(a.cases, pa.cases, b.cases, pb.cases))
	}
	if to == "" {
		return p
	}
	slices.Sort(a.times)
	slices.Sort(b.times)
	p.Time = medians(a.times, b.times)
	p.MeanA, p.MeanB = known(mean(a.times)), known(mean(b.times))
	if min(len(a.times), len(b.times)) >= fewestTimes {
		p.Time.P = known(rankTest(a.times, b.times))
	}
	return p
}

// bounds fills difference and interval from the figures of both periods.
func (d *Difference) bounds(i stat.Interval) {
	if d.A != nil && d.B != nil {
		d.Value = known(*d.B - *d.A)
		d.Low, d.High = known(i.Low), known(i.High)
	}
}

// medians sets two sorted samples side by side; MOVER joins the intervals of the medians.
func medians(a, b []float64) Difference {
	d := Difference{A: known(median(a)), B: known(median(b))}
	if d.A != nil && d.B != nil {
		d.bounds(stat.Mover(*d.B, *d.A, medianInterval(b), medianInterval(a)))
	}
	return d
}

func median(sorted []float64) float64 {
	return stat.Quantile(int64(len(sorted)), 0.5, func(rank int64) float64 { return sorted[rank-1] })
}

func medianInterval(sorted []float64) stat.Interval {
	n := int64(len(sorted))
	low, high := stat.OrderRanks(n, 0.5, stat.Level)
	i := stat.Unbounded()
	if low > 0 && high <= n {
		i = stat.Interval{Low: sorted[low-1], High: sorted[high-1]}
	}
	return i
}

func known(v float64) *float64 {
	if math.IsNaN(v) {
		return nil
	}
	return &v
}

func mean(v []float64) float64 { return sampleOf(v).Mean }

func sampleOf(v []float64) stat.Sample {
	if len(v) == 0 {
		return stat.Sample{Mean: math.NaN(), SD: math.NaN()}
	}
	m, ss := 0.0, 0.0
	for i, x := range v {
		d := x - m
		m += d / float64(i+1)
		ss += d * (x - m)
	}
	return stat.Sample{N: int64(len(v)), Mean: m, SD: math.Sqrt(ss / math.Max(1, float64(len(v)-1)))}
}

// test corrects all tests of the map together.
func (r *Result) test() {
	var all []*Difference
	for i := range r.Activities {
		all = gather(all, &r.Activities[i].Share)
	}
	for i := range r.Edges {
		all = gather(gather(all, &r.Edges[i].Share), &r.Edges[i].Time)
	}
	r.Tests = len(all)
	correct(all)
}

func gather(all []*Difference, d *Difference) []*Difference {
	if d.P == nil {
		return all
	}
	return append(all, d)
}

// lead compares the lead times of all cases: two tests of their own, decided before anybody saw the map.
func (r *Result) lead(a, b *Period) {
	sa, sb := sampleOf(a.durations), sampleOf(b.durations)
	r.Mean = Difference{A: known(sa.Mean), B: known(sb.Mean)}
	r.Mean.bounds(stat.MeanDifference(sb, sa, stat.Level))
	da, db := slices.Sorted(slices.Values(a.durations)), slices.Sorted(slices.Values(b.durations))
	r.Median = medians(da, db)
	if min(a.cases, b.cases) >= fewestTimes {
		r.Median.P = known(rankTest(da, db))
		r.Median.Q = r.Median.P
	}
}
