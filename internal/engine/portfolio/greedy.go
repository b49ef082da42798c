package portfolio

import (
	"cmp"
	"math"
	"slices"
)

// builder makes a plan one initiative at a time.
type builder struct {
	m    *model
	ok   []bool // starts that may be used
	plan []int
	used []float64
}

func newBuilder(m *model, d *domain) *builder {
	b := &builder{m: m, ok: d.ok, plan: make([]int, len(m.groups)), used: make([]float64, len(m.caps))}
	for g := range b.plan {
		b.plan[g] = -1
	}
	return b
}

// fits says whether a start can join the plan.
func (b *builder) fits(v int) bool {
	x := &b.m.vars[v]
	if !b.ok[v] {
		return false
	}
	for _, e := range b.m.groups[x.group].before {
		if from := b.plan[e.from]; from < 0 || b.m.vars[from].start+e.lag > x.start {
			return false
		}
	}
	for _, e := range b.m.groups[x.group].behind {
		if to := b.plan[e.to]; to >= 0 && b.m.vars[to].start < x.start+e.lag {
			return false
		}
	}
	for _, e := range x.use {
		c := &b.m.caps[e.at]
		if b.used[e.at]+e.v > c.limit+c.slack {
			return false
		}
	}
	return true
}

// place puts the best fitting start of a group by rank into the plan, before it what it comes after.
func (b *builder) place(g int, rank func(v int) float64) bool {
	if b.plan[g] >= 0 {
		return true
	}
	for _, r := range b.m.groups[g].rivals {
		if b.plan[r] >= 0 {
			return false
		}
	}
	for _, e := range b.m.groups[g].before {
		if !b.place(e.from, rank) {
			return false
		}
	}
	best, top := -1, math.Inf(-1)
	gr := &b.m.groups[g]
	for v := gr.first; v < gr.first+gr.n; v++ {
		if b.ok[v] && rank(v) > top && b.fits(v) {
			best, top = v, rank(v)
		}
	}
	if best < 0 {
		return false
	}
	b.plan[g] = best
	for _, e := range b.m.vars[best].use {
		b.used[e.at] += e.v
	}
	return true
}

// round makes plans from the shares of the relaxation: first what must be in, then by share, ties by the reduced
// costs, with everything of positive value that still fits.
func (s *search) round() {
	y, spread := make([]float64, len(s.m.groups)), make([]float64, len(s.m.groups))
	for g := range y {
		gr := &s.m.groups[g]
		spread[g] = math.Inf(-1)
		for v := gr.first; v < gr.first+gr.n; v++ {
			y[g] += s.rel.x[v]
			if j := s.rel.col[v]; j >= 0 {
				spread[g] = max(spread[g], s.rel.lp.d[j])
			}
		}
		if s.dom.in[g] || s.m.groups[g].mandatory {
			y[g] += 10
		}
	}
	order := make([]int, len(y))
	for g := range order {
		order[g] = g
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(y[b], y[a]), cmp.Compare(spread[b], spread[a]), cmp.Compare(a, b))
	})
	b := newBuilder(s.m, s.root)
	rank := func(v int) float64 {
		r := s.m.vars[v].value / s.rel.scale
		if j := s.rel.col[v]; j >= 0 {
			r = s.rel.lp.d[j]
		}
		return 1e3*s.rel.x[v] + r
	}
	for _, g := range order {
		if y[g] > 0.5 || s.worthwhile(g) {
			b.place(g, rank)
		}
	}
	if s.m.obeys(b.plan) {
		s.offer(b.plan)
	}
}

// quick makes a first plan without the relaxation: first what must be in, then by value per share of the limits used.
func (s *search) quick() {
	rank := s.density
	top := make([]float64, len(s.m.groups))
	var order []int
	for g := range top {
		gr := &s.m.groups[g]
		top[g] = math.Inf(-1)
		for v := gr.first; v < gr.first+gr.n; v++ {
			if s.root.ok[v] {
				top[g] = max(top[g], rank(v))
			}
		}
		if s.root.in[g] {
			top[g] = math.Inf(1)
		}
		if top[g] > 0 {
			order = append(order, g)
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(top[b], top[a]), cmp.Compare(a, b)) })
	b := newBuilder(s.m, s.root)
	for _, g := range order {
		b.place(g, rank)
	}
	if s.m.obeys(b.plan) {
		s.offer(b.plan)
	}
}

// worthwhile says whether some start of a group has a positive value.
func (s *search) worthwhile(g int) bool {
	gr := &s.m.groups[g]
	for v := gr.first; v < gr.first+gr.n; v++ {
		if s.m.vars[v].value > 0 {
			return true
		}
	}
	return false
}
