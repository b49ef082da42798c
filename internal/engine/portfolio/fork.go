package portfolio

import (
	"cmp"
	"math"
	"slices"
)

const (
	wholeTol    = 1e-6
	reliable    = 4  // trials after which the average of a group is trusted
	trials      = 8  // groups tried at a node
	trialPivots = 40 // of one trial
	patience    = 4  // trials without a better group before the rest is left
)

// pseudo remembers by how much the bound fell, per unit of the share decided, when a group was branched on.
type pseudo struct {
	sum [5]float64 // by step
	n   [5]int
}

// branch is a way to split a node in two.
type branch struct {
	a, b   choice
	fa, fb float64 // share that each side takes away
	score  float64
}

// fork chooses how to split the node and returns the side to go on with and the other. forced says that a trial showed
// one side empty and the other has been applied to the domain.
func (s *search) fork(n *node) (a, b *node, forced bool) {
	list := s.branches()
	if len(list) == 0 {
		return s.forkAny(n)
	}
	for i := range list {
		list[i].score = s.score(&list[i])
	}
	slices.SortFunc(list, func(x, y branch) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.a.group, y.a.group))
	})
	best, ba, bb := 0, n.bound, n.bound
	if s.needsTrial(list) {
		best, ba, bb, forced = s.try(n, list)
		if forced || s.stop() {
			if !forced {
				s.open.push(n)
			}
			return nil, nil, forced
		}
	}
	c := list[best]
	a = &node{above: n, choice: c.a, bound: ba, depth: n.depth + 1}
	b = &node{above: n, choice: c.b, bound: bb, depth: n.depth + 1}
	if c.fb < c.fa || c.fa == c.fb && bb > ba {
		a, b = b, a
	}
	return a, b, false
}

// branches lists the undecided groups with a share that is no whole number.
func (s *search) branches() []branch {
	var list []branch
	for _, g := range s.rel.groups {
		gr := &s.m.groups[g]
		sum, mean, frac := 0.0, 0.0, false
		for v := gr.first; v < gr.first+gr.n; v++ {
			x := s.rel.x[v]
			sum += x
			mean += x * float64(s.m.vars[v].start)
			frac = frac || x > wholeTol && x < 1-wholeTol
		}
		switch {
		case !frac:
		case sum < 1-wholeTol && !s.dom.in[g]:
			list = append(list, branch{a: choice{kind: take, group: g}, b: choice{kind: leave, group: g}, fa: 1 - sum, fb: sum})
		default:
			list = append(list, s.split(g, mean/sum))
		}
	}
	return list
}

// split divides the starts of a group at their mean.
func (s *search) split(g int, mean float64) branch {
	gr := &s.m.groups[g]
	first, last := s.m.vars[s.dom.first(g)].start, s.m.vars[s.dom.last(g)].start
	k := min(last-1, max(first, int(math.Floor(mean))))
	below := 0.0
	for v := gr.first; v < gr.first+gr.n; v++ {
		if s.m.vars[v].start <= k {
			below += s.rel.x[v]
		}
	}
	return branch{a: choice{early, g, k}, b: choice{late, g, k}, fa: 1 - below, fb: below}
}

// forkAny splits a node whose shares are whole but prove nothing, because of rounding, at the first undecided group.
func (s *search) forkAny(n *node) (a, b *node, forced bool) {
	for _, g := range s.rel.groups {
		if s.dom.left[g] == 0 || s.dom.only[g] >= 0 {
			continue
		}
		c := branch{a: choice{kind: take, group: g}, b: choice{kind: leave, group: g}}
		if s.dom.in[g] {
			c = s.split(g, float64(s.m.vars[s.dom.first(g)].start))
		}
		return &node{above: n, choice: c.a, bound: n.bound, depth: n.depth + 1},
			&node{above: n, choice: c.b, bound: n.bound, depth: n.depth + 1}, false
	}
	plan := append([]int(nil), s.dom.only...)
	if s.m.obeys(plan) {
		s.offer(plan)
	}
	return nil, nil, false
}

// score is the product of the falls of the bound to be expected on both sides.
func (s *search) score(c *branch) float64 {
	return max(s.expect(c.a, c.fa), 1e-9) * max(s.expect(c.b, c.fb), 1e-9)
}

func (s *search) expect(c choice, share float64) float64 {
	p := &s.costs[c.group]
	if p.n[c.kind] > 0 {
		return share * p.sum[c.kind] / float64(p.n[c.kind])
	}
	return share * 0.1
}

func (s *search) needsTrial(list []branch) bool {
	for i := range min(trials, len(list)) {
		if s.untried(&list[i]) {
			return true
		}
	}
	return false
}

func (s *search) untried(c *branch) bool {
	p := &s.costs[c.a.group]
	return min(p.n[c.a.kind], p.n[c.b.kind]) < s.trust
}

// try solves both sides of the most promising branches for a few pivots. It returns the best of them with the bounds of
// its sides; forced when one side of one turned out empty, the other is then applied.
func (s *search) try(n *node, list []branch) (best int, ba, bb float64, forced bool) {
	ba, bb = n.bound, n.bound
	s.rel.lp.save(&s.trial)
	top, idle := -1.0, 0
	for i := range min(trials, len(list)) {
		c := &list[i]
		xa, xb := n.bound, n.bound
		score := c.score
		if s.untried(c) {
			xa, xb = s.side(n, c.a, c.fa), s.side(n, c.b, c.fb)
			cutoff := s.cutoff()
			switch {
			case xa <= cutoff:
				c.b.apply(s.dom)
				return i, xa, xb, true
			case xb <= cutoff:
				c.a.apply(s.dom)
				return i, xa, xb, true
			}
			score = max((n.bound-xa)/s.rel.scale, 1e-9) * max((n.bound-xb)/s.rel.scale, 1e-9)
		}
		if score > top {
			best, top, ba, bb, idle = i, score, xa, xb, -1
		}
		if idle++; idle >= patience || s.stop() {
			break
		}
	}
	return best, ba, bb, false
}

// side bounds the node with one more choice.
func (s *search) side(n *node, c choice, share float64) float64 {
	p := s.rel.lp
	p.restore(&s.trial)
	gr := &s.m.groups[c.group]
	for v := gr.first; v < gr.first+gr.n; v++ {
		j := s.rel.col[v]
		if j < 0 {
			continue
		}
		start := s.m.vars[v].start
		switch {
		case c.kind == leave, c.kind == early && start > c.start, c.kind == late && start <= c.start:
			p.set(j, 0, 0)
		case c.kind == take && s.rel.pick[c.group] < 0:
			p.set(j, 1, 1)
		}
	}
	if row := s.rel.pick[c.group]; row >= 0 && c.kind == take {
		p.set(p.n+row, 0, 0)
	}
	p.settle()
	bound := n.bound
	if p.run(s.rel.inner(s.cutoff()), trialPivots, s.stop) == impossible {
		bound = math.Inf(-1)
	} else {
		bound = min(bound, s.rel.value(p.bound()))
	}
	fall := (n.bound - max(bound, s.cutoff())) / s.rel.scale
	if !math.IsInf(fall, 0) && share > wholeTol {
		s.costs[c.group].sum[c.kind] += max(fall, 0) / share
		s.costs[c.group].n[c.kind]++
	}
	return bound
}
