package portfolio

import (
	"math"
	"slices"
)

// improver looks for better plans near the best one: it frees some initiatives, holds the rest and searches the small
// problem that is left. Its budget is counted in nodes, not in time, so that the same seed gives the same plan.
type improver struct {
	s     *search
	size  float64 // initiatives to free
	share float64 // of the work of the main search that it may spend
	least float64 // that the share does not fall below
	spent int64
	turn  int
	plan  []int   // the one whose neighbourhood is searched
	value float64 // of plan
}

const (
	improverNodes = 150
	smallest      = 8
)

func newImprover(s *search) *improver {
	i := &improver{s: s, size: min(30, float64(len(s.m.groups))), share: 1, least: 0.2}
	if s.m.periods > 1 { // there bounds rise slowly and better plans are what time brings
		i.share, i.least = 3, 1
	}
	return i
}

// due says whether the improver may work once more, given what the main search has done.
func (i *improver) due() bool {
	return i.s.best != nil && i.s.rootX != nil && !i.s.done && len(i.s.rel.groups) > smallest && float64(i.spent) <= i.share*float64(i.s.work())
}

// improve frees one neighbourhood and searches it. What the root has ruled out since is free too: no better plan keeps it.
func (i *improver) improve() {
	s := i.s
	i.begin()
	i.ruin()
	free, reach := i.choose(), s.m.periods
	if s.m.periods > 1 && i.turn%5 == 4 { // everything may move a little
		reach = 1 + s.rng.IntN(2)
		i.turn++
	}
	d := &domain{}
	d.copyFrom(s.root)
	for g, v := range i.plan {
		switch {
		case free[g]:
		case reach < s.m.periods && v >= 0:
			d.keep(g, s.m.vars[v].start-reach, s.m.vars[v].start+reach)
		case v >= 0 && s.root.ok[v]:
			d.fix(v)
		case v < 0 && !s.root.in[g]:
			d.out(g)
		}
	}
	sub := newSearch(s.m, d, s.rng, s.stop, i.plan)
	sub.trust = 1
	if !sub.done {
		sub.advance(improverNodes)
		i.spent += sub.work()
	}
	i.spent += 1000
	if sub.value > i.value {
		i.plan, i.value = sub.best, sub.value
		s.offer(sub.best)
		i.share = min(3, i.share*1.5)
	} else {
		i.share = max(i.least, i.share*0.97)
		if sub.done {
			i.size = min(i.size*1.1, float64(len(s.m.groups)))
		} else {
			i.size = max(i.size*0.95, smallest)
		}
	}
}

// begin takes up the best plan when another part of the search found a better one.
func (i *improver) begin() {
	if i.plan == nil || i.s.value > i.value {
		i.plan, i.value = slices.Clone(i.s.best), i.s.value
	}
}

// choose picks the initiatives to free by one of four views in turn: at random, those near a period, those in the
// core of the relaxation, those that share a scarce limit.
func (i *improver) choose() []bool {
	s := i.s
	free := make([]bool, len(s.m.groups))
	score := make([]float64, len(free))
	view := i.turn % 4
	i.turn++
	if s.m.periods == 1 && view == 1 {
		view = 2
	}
	period := 1 + s.rng.IntN(s.m.periods)
	k := s.rng.IntN(max(1, len(s.m.caps)))
	for g := range score {
		score[g] = s.rng.Float64()
		v := i.plan[g]
		switch {
		case view == 1 && v >= 0:
			score[g] *= 0.5 + float64(abs(s.m.vars[v].start-period))
		case view == 1:
			score[g] *= 2
		case view == 2 && s.rootX != nil:
			score[g] = (0.2 + score[g]) * i.certainty(g)
		case view == 3 && v >= 0 && len(s.m.caps) > 0:
			score[g] *= 1.2
			for _, e := range s.m.vars[v].use {
				if e.at == k {
					score[g] *= 0.2
				}
			}
		}
	}
	order := slices.Clone(s.rel.groups)
	slices.SortFunc(order, func(a, b int) int {
		if score[a] < score[b] {
			return -1
		}
		return 1
	})
	for _, g := range order[:min(len(order), int(i.size))] {
		free[g] = true
	}
	return free
}

// certainty is how much the relaxation of the root would lose by deciding the group otherwise: little in the core of the
// problem, where the choice is open.
func (i *improver) certainty(g int) float64 {
	gr := &i.s.m.groups[g]
	top := math.Inf(-1)
	for v := gr.first; v < gr.first+gr.n; v++ {
		if x := i.s.rootX[v]; x > wholeTol && x < 1-wholeTol {
			return 0
		}
		top = max(top, i.s.rootD[v])
	}
	return math.Abs(top)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
