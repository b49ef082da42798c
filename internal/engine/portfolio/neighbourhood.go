package portfolio

import "slices"

// improver looks for better plans near the best one: it frees some initiatives, holds the rest and searches the small
// problem that is left. Its budget is counted in nodes, not in time, so that the same seed gives the same plan.
type improver struct {
	s     *search
	size  float64 // initiatives to free
	share float64 // of the work of the main search that it may spend
	spent int64
	turn  int
}

const (
	improverNodes = 60
	smallest      = 8
)

func newImprover(s *search) *improver {
	return &improver{s: s, size: min(30, float64(len(s.m.groups))), share: 1}
}

// due says whether the improver may work once more, given what the main search has done.
func (i *improver) due() bool {
	return i.s.best != nil && !i.s.done && len(i.s.rel.groups) > smallest && float64(i.spent) <= i.share*float64(i.s.work())
}

// improve frees one neighbourhood and searches it.
func (i *improver) improve() {
	s := i.s
	free := i.choose()
	d := &domain{}
	d.copyFrom(s.root)
	for g, v := range s.best {
		switch {
		case free[g]:
		case v >= 0:
			d.fix(v)
		default:
			d.out(g)
		}
	}
	sub := newSearch(s.m, d, s.rng, s.stop, s.best)
	if !sub.done {
		sub.advance(improverNodes)
		i.spent += sub.work()
	}
	i.spent += 1000
	if sub.value > s.value {
		s.offer(sub.best)
		i.share = min(1, i.share*1.5)
	} else {
		i.share = max(0.1, i.share*0.97)
		if sub.done {
			i.size = min(i.size*1.1, float64(len(s.m.groups)))
		} else {
			i.size = max(i.size*0.95, smallest)
		}
	}
}

// choose picks the initiatives to free by one of four views in turn: at random, those near a period, those where the
// relaxation disagrees, those that share a scarce limit.
func (i *improver) choose() []bool {
	s := i.s
	free := make([]bool, len(s.m.groups))
	score := make([]float64, len(free))
	view := i.turn % 4
	i.turn++
	period := 1 + s.rng.IntN(s.m.periods)
	k := s.rng.IntN(max(1, len(s.m.caps)))
	for g := range score {
		score[g] = s.rng.Float64()
		v := s.best[g]
		switch {
		case view == 1 && v >= 0:
			score[g] *= 0.5 + float64(abs(s.m.vars[v].start-period))
		case view == 1:
			score[g] *= 2
		case view == 2 && s.rootX != nil:
			score[g] *= 1.2 - i.doubt(g, v)
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

// doubt is 1 where the relaxation of the root decides otherwise than the plan, and 0 where they agree.
func (i *improver) doubt(g, v int) float64 {
	s := i.s
	if v >= 0 {
		return 1 - s.rootX[v]
	}
	gr := &s.m.groups[g]
	sum := 0.0
	for w := gr.first; w < gr.first+gr.n; w++ {
		sum += s.rootX[w]
	}
	return min(1, sum)
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
