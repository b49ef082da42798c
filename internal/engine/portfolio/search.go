package portfolio

import (
	"math"
	"math/rand/v2"
)

// node is an open part of the search: the decisions on the way to it and a bound of what it can hold.
type node struct {
	above  *node
	choice choice
	bound  float64
	depth  int
}

// choice is one step of a branch.
type choice struct {
	kind  step
	group int
	start int // for early and late
}

type step uint8

const (
	anything step = iota // the root
	leave                // not chosen
	take                 // chosen
	early                // starts at start or before, if at all
	late                 // starts after start, if at all
)

func (c choice) apply(d *domain) {
	switch c.kind {
	case leave:
		d.out(c.group)
	case take:
		d.require(c.group)
	case early:
		d.keep(c.group, 1, c.start)
	case late:
		d.keep(c.group, c.start+1, d.m.periods)
	}
}

// search is a branch and bound over one domain.
type search struct {
	m     *model
	root  *domain // narrowed when reduced costs show that no better plan uses a start
	rel   *relaxation
	rng   *rand.Rand
	stop  func() bool
	open  heap
	best  []int // plan, nil while none is known
	value float64
	any   bool // the first plan is enough

	dom     *domain
	trial   snapshot
	costs   []pseudo // by group
	appeals []float64
	trust   int // trials of a group after which its average is trusted
	nodes   int64
	done    bool // nothing is open
	top     float64
	rootX   []float64                       // shares at the root, by variable
	rootD   []float64                       // reduced costs at the root, by variable, −∞ for what it left out
	found   func(plan []int, value float64) // told of every better plan
}

const (
	maxOpen    = 400_000 // open nodes kept; beyond, the search goes deep first
	maxRows    = 4_000   // of the program; beyond, order and exclusion are left to branching
	nodePivots = 5_000
	rootPivots = 1_000_000
)

// newSearch prepares the search of a domain, which it takes over, for a plan better than best.
func newSearch(m *model, root *domain, rng *rand.Rand, stop func() bool, best []int) *search {
	s := &search{m: m, root: root, rng: rng, stop: stop, value: math.Inf(-1), dom: &domain{}, top: math.Inf(1), trust: reliable}
	s.costs = make([]pseudo, len(m.groups))
	if best != nil {
		s.best, s.value = append([]int{}, best...), m.worth(best)
	}
	if !root.carry() {
		s.done, s.top = true, s.value
		return s
	}
	s.rel = relax(m, root, rng)
	s.top = root.ceiling()
	s.open.push(&node{bound: s.top})
	return s
}

// cutoff is the value that the bound of a node must exceed to be worth a look.
func (s *search) cutoff() float64 {
	if s.best == nil {
		return math.Inf(-1)
	}
	if s.any {
		return math.Inf(1)
	}
	eps := 1e-9 * max(1, math.Abs(s.value))
	if s.m.grain > 2*eps {
		return s.value + s.m.grain - eps
	}
	return s.value + eps
}

// advance works until most further nodes are done, nothing is open or stop says so.
func (s *search) advance(most int64) {
	until := s.nodes + most
	for !s.done && s.nodes < until && !s.stop() {
		n := s.open.pop()
		if n == nil || n.bound <= s.cutoff() && len(s.open.nodes) <= maxOpen {
			s.done, s.top = true, s.value
			return
		}
		s.top = max(n.bound, s.value)
		s.dive(n)
		s.top = max(s.value, s.open.best())
	}
	if s.open.empty() {
		s.done, s.top = true, s.value
	}
}

// bound is what no plan of the domain exceeds.
func (s *search) bound() float64 { return max(s.top, s.value) }

// dive follows one branch from n to its end and leaves the other sides of its forks open.
func (s *search) dive(n *node) {
	s.dom.copyFrom(s.root)
	s.replay(n)
	for n != nil {
		if n.bound <= s.cutoff() {
			return
		}
		if s.stop() {
			s.open.push(n)
			return
		}
		s.nodes++
		n = s.visit(n)
	}
}

func (s *search) replay(n *node) {
	if n.above != nil {
		s.replay(n.above)
		n.choice.apply(s.dom)
	}
}

// visit bounds a node and returns the child to go on with, nil when the branch ends here.
func (s *search) visit(n *node) *node {
	for {
		if !s.dom.carry() {
			return nil
		}
		s.rel.bind(s.dom)
		end := s.solve(n)
		if end == cut || end == impossible {
			return nil
		}
		here := s.rel.lp.bound()
		n.bound = min(n.bound, s.rel.value(here))
		if s.stop() {
			s.open.push(n)
			return nil
		}
		if n.bound <= s.cutoff() {
			return nil
		}
		s.narrow(n, here)
		if n.depth == 0 && s.rootX == nil {
			s.remember()
		}
		if s.whole() && n.bound <= s.cutoff() {
			return nil
		}
		if n.depth == 0 || s.nodes%16 == 0 {
			s.round()
			if n.bound <= s.cutoff() {
				return nil
			}
		}
		a, b, forced := s.fork(n)
		if s.dom.lost {
			return nil
		}
		if forced {
			continue // a trial showed one side to be empty
		}
		if b != nil {
			s.push(b)
		}
		if a != nil {
			a.choice.apply(s.dom)
		}
		return a
	}
}

func (s *search) push(n *node) {
	if n.bound > s.cutoff() {
		s.open.push(n)
	}
}

// solve runs the program of the current domain with the rows of order and exclusion that matter.
func (s *search) solve(n *node) outcome {
	pivots, rounds := nodePivots, 4
	if n.depth == 0 {
		pivots, rounds = rootPivots, 50
	}
	for round := 0; ; round++ {
		end := s.rel.lp.run(s.rel.inner(s.cutoff()), pivots, s.stop)
		if end == cut || end == impossible {
			return end
		}
		s.rel.read(s.dom)
		if end == unfinished || len(s.rel.lp.rows) > maxRows || s.rel.separate(100) == 0 {
			return end
		}
		if round >= rounds {
			return unfinished
		}
		s.rel.lp.settle()
	}
}

// narrow takes away the starts whose reduced cost shows that no better plan of this node uses them, and demands those
// that every better plan uses; at the root for good. bound is the one that the reduced costs belong to.
func (s *search) narrow(n *node, bound float64) {
	room := bound - s.rel.inner(s.cutoff())
	if math.IsInf(room, 0) {
		return
	}
	for j, v := range s.rel.vars {
		d, lo, up := s.rel.lp.d[j], s.rel.lp.lo[j], s.rel.lp.up[j]
		if lo == up || math.Abs(d) < room {
			continue
		}
		if d < 0 {
			s.dom.remove(v)
		} else {
			s.dom.fix(v)
		}
		if n.depth == 0 {
			if d < 0 {
				s.root.remove(v)
			} else {
				s.root.fix(v)
			}
		}
	}
	if n.depth == 0 {
		s.root.carry()
	}
}

// whole says whether the shares are a plan; if so it is offered.
func (s *search) whole() bool {
	plan := make([]int, len(s.m.groups))
	for g := range plan {
		plan[g] = -1
		gr := &s.m.groups[g]
		for v := gr.first; v < gr.first+gr.n; v++ {
			x := s.rel.x[v]
			if x > 1e-6 && x < 1-1e-6 {
				return false
			}
			if x > 0.5 {
				plan[g] = v
			}
		}
	}
	if !s.m.obeys(plan) {
		return false
	}
	s.offer(plan)
	return true
}

// offer keeps a plan that is better than the best.
func (s *search) offer(plan []int) {
	value := s.m.worth(plan)
	if s.best != nil && value <= s.value {
		return
	}
	s.best, s.value = append(make([]int, 0, len(plan)), plan...), value
	if s.found != nil {
		s.found(s.best, value)
	}
}

// work measures what was done so far without a clock: pivots by the size of the inverse.
func (s *search) work() int64 {
	if s.rel == nil {
		return 0
	}
	return s.rel.lp.pivots * int64(20+len(s.rel.lp.rows))
}

// optimise runs the search to its end, with an improver beside it.
func (s *search) optimise() {
	if !s.done {
		s.quick()
	}
	s.advance(1)
	i := newImprover(s)
	for !s.done && !s.stop() {
		for i.due() && !s.stop() {
			i.improve()
		}
		s.advance(20)
	}
}

// remember keeps the solution of the root for the improver.
func (s *search) remember() {
	s.rootX = append([]float64(nil), s.rel.x...)
	s.rootD = make([]float64, len(s.m.vars))
	for v, j := range s.rel.col {
		s.rootD[v] = math.Inf(-1)
		if j >= 0 {
			s.rootD[v] = s.rel.lp.d[j]
		}
	}
}
