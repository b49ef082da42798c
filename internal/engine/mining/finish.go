package mining

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

func (p *pass) result(ctx context.Context) (*Result, error) {
	r := &p.out
	rank := nameRanks(p.names)
	p.finishEdges(rank)
	p.finishVariants(rank)
	p.finishActivities()
	p.finishPingPongs()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return r, nil
}

// nameRanks gives each activity its place in the bytewise order of names.
func nameRanks(names []string) []int32 {
	order := make([]int32, len(names))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return cmp.Compare(names[a], names[b]) })
	rank := make([]int32, len(names))
	for place, i := range order {
		rank[i] = int32(place)
	}
	return rank
}

// parallel calls work for 0 … n−1 on all processors; each worker has a scratch of its own.
func parallel(n int, work func(i int, s *scratch)) {
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			var s scratch
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i, &s)
			}
		})
	}
	wg.Wait()
}

func (p *pass) finishEdges(rank []int32) {
	list := p.edges.list
	slices.SortFunc(list, func(a, b *edge) int {
		return cmp.Or(cmp.Compare(b.waiting.len(), a.waiting.len()), cmp.Compare(rank[a.from], rank[b.from]),
			cmp.Compare(rank[a.to], rank[b.to]))
	})
	p.out.Edges = make([]Edge, len(list))
	parallel(len(list), func(i int, s *scratch) {
		e := list[i]
		out := Edge{From: e.from, To: e.to, Count: int64(e.waiting.len()), Cases: e.cases, Negative: e.negative,
			Median: e.waiting.median(s), Mean: e.waiting.mean(), Total: e.waiting.sum / 1e6}
		out.MedianElapsed = out.Median
		if e.split {
			out.MedianElapsed = e.elapsed.median(s)
		}
		p.out.Edges[i] = out
	})
	for _, e := range list {
		p.out.NegativeElapsed += e.negative
	}
}

func (p *pass) finishVariants(rank []int32) {
	grouped, ends := p.durationsByVariant()
	list := p.sequences.list
	order := make([]int32, len(list))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(list[b].count, list[a].count),
			slices.CompareFunc(list[a].activities, list[b].activities, func(x, y int32) int { return cmp.Compare(rank[x], rank[y]) }))
	})
	p.out.Variants = make([]Variant, len(list))
	cases := float64(p.out.Summary.Cases)
	parallel(len(order), func(i int, _ *scratch) {
		s := list[order[i]]
		mine := grouped[ends[order[i]]-int(s.count) : ends[order[i]]]
		slices.Sort(mine)
		p.out.Variants[i] = Variant{Activities: s.activities, Count: s.count, Share: float64(s.count) / cases,
			Duration: distribution(mine)}
	})
	p.out.Summary.Variants = int64(len(list))
	slices.Sort(grouped)
	p.out.Summary.Duration = distribution(grouped)
}

// durationsByVariant groups the case durations by variant; ends[v] is where variant v ends.
func (p *pass) durationsByVariant() (grouped []int64, ends []int) {
	variants := p.variant.appendTo(make([]int32, 0, p.variant.n))
	all := p.duration.appendTo(make([]int64, 0, p.duration.n))
	ends = make([]int, len(p.sequences.list))
	at := 0
	for v, s := range p.sequences.list {
		ends[v] = at
		at += int(s.count)
	}
	grouped = make([]int64, len(all))
	for i, v := range variants {
		grouped[ends[v]] = all[i]
		ends[v]++
	}
	return grouped, ends
}

// distribution describes sorted microseconds in seconds.
func distribution(sorted []int64) Distribution {
	if len(sorted) == 0 {
		return Distribution{}
	}
	sum := 0.0
	for _, v := range sorted {
		sum += float64(v)
	}
	return Distribution{
		Min: Seconds(sorted[0]), Max: Seconds(sorted[len(sorted)-1]), Mean: sum / float64(len(sorted)) / 1e6,
		Median: Quantile(sorted, 0.5) / 1e6, P90: Quantile(sorted, 0.9) / 1e6,
	}
}

func (p *pass) finishActivities() {
	into := make([][]*edge, len(p.names))
	for _, e := range p.edges.list {
		into[e.to] = append(into[e.to], e)
	}
	p.out.Activities = make([]Activity, len(p.names))
	parallel(len(p.names), func(i int, s *scratch) {
		a := &p.activities[i]
		out := Activity{Name: p.names[i], Events: a.events, Cases: a.cases, Starts: a.starts, Ends: a.ends,
			Rework: a.rework, Repeats: a.repeats}
		if a.service.len() > 0 {
			out.Service, out.ServiceMean = pointer(a.service.median(s)), pointer(a.service.mean())
		}
		if p.times {
			out.waits(into[i], s)
		}
		p.out.Activities[i] = out
	})
	for i := range p.activities {
		if p.activities[i].events > 0 {
			p.out.Summary.Activities++
		}
	}
}

// waits joins the waiting times of all edges that lead to the activity.
func (a *Activity) waits(into []*edge, s *scratch) {
	s.fine = s.fine[:0]
	sum := 0.0
	for _, e := range into {
		s.fine = e.waiting.appendMicros(s.fine)
		sum += e.waiting.sum
	}
	if len(s.fine) == 0 {
		return
	}
	a.WaitMean = pointer(sum / float64(len(s.fine)) / 1e6)
	a.Wait = pointer(quantileSelect(s.fine, 0.5) / 1e6)
	a.WaitP90 = pointer(quantileSelect(s.fine, 0.9) / 1e6)
}

func pointer(f float64) *float64 { return &f }

func (p *pass) finishPingPongs() {
	for key, pp := range p.pingPongs {
		p.out.PingPongs = append(p.out.PingPongs,
			PingPong{A: key.a, B: key.b, Count: pp.count, Cases: pp.cases, Total: pp.total})
	}
	slices.SortFunc(p.out.PingPongs, func(a, b PingPong) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(p.names[a.A], p.names[b.A]), cmp.Compare(p.names[a.B], p.names[b.B]))
	})
}
