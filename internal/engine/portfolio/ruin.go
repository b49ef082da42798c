package portfolio

import (
	"cmp"
	"slices"
)

const (
	ruinTurns = 4000 // plans tried in one turn of the improver
	ruinSlack = 0.6  // at the beginning of a turn a plan may be worse than the best by this share of the largest value
)

// ruin takes a few initiatives out of the plan and puts in what fits best, in an order drawn around the gains at
// the prices of the root, many times over. It walks on from plans a little worse than the best, less so from step to step.
func (i *improver) ruin() {
	s := i.s
	at, value := slices.Clone(i.plan), i.value
	for turn := range ruinTurns {
		if s.stop() {
			return
		}
		i.spent += int64(3 * len(s.m.groups))
		b := newBuilder(s.m, s.root)
		b.take(at)
		i.pull(b)
		if !i.refill(b) {
			continue
		}
		worth := s.m.worth(b.plan)
		slack := ruinSlack * s.rel.scale * (1 - float64(turn)/ruinTurns)
		if worth >= value || worth > s.value-slack {
			at, value = b.plan, worth
		}
		if worth > s.value && s.m.obeys(b.plan) {
			s.offer(b.plan)
			i.plan, i.value = slices.Clone(b.plan), worth
		}
	}
}

// take puts a whole plan into an empty builder.
func (b *builder) take(plan []int) {
	copy(b.plan, plan)
	for _, v := range plan {
		if v >= 0 {
			for _, e := range b.m.vars[v].use {
				b.used[e.at] += e.v
			}
		}
	}
}

// drop takes an initiative out, with all that come after it.
func (b *builder) drop(g int) {
	v := b.plan[g]
	if v < 0 {
		return
	}
	b.plan[g] = -1
	for _, e := range b.m.vars[v].use {
		b.used[e.at] -= e.v
	}
	for _, e := range b.m.groups[g].behind {
		b.drop(e.to)
	}
}

// pull takes one to a sixth of the initiatives out, at random or those that start near each other.
func (i *improver) pull(b *builder) {
	m, rng := i.s.m, i.s.rng
	n := 1 + rng.IntN(max(2, min(12, len(m.groups)/6)))
	near := rng.IntN(2) == 0
	period := 1 + rng.IntN(m.periods)
	for range n {
		g := rng.IntN(len(m.groups))
		for try := 0; try < 8 && (b.plan[g] < 0 || near && abs(m.vars[b.plan[g]].start-period) > 1); try++ {
			g = rng.IntN(len(m.groups))
		}
		b.drop(g)
	}
}

// refill puts in what fits; false when something that must be in did not.
func (i *improver) refill(b *builder) bool {
	s := i.s
	key := make([]float64, len(s.m.groups))
	width := 0.3 * s.rng.Float64()
	var order []int
	for g := range key {
		if b.plan[g] < 0 && s.worthwhile(g) || s.root.in[g] {
			key[g] = s.appeal(g) + width*s.rng.Float64()
			if s.root.in[g] {
				key[g] += 1e12
			}
			order = append(order, g)
		}
	}
	slices.SortFunc(order, func(a, c int) int { return cmp.Or(cmp.Compare(key[c], key[a]), cmp.Compare(a, c)) })
	width /= 2
	for _, g := range order {
		b.place(g, func(v int) float64 { return s.rootD[v] + width*s.rng.Float64() })
		if s.root.in[g] && b.plan[g] < 0 {
			return false
		}
	}
	return true
}

// appeal is what the best start of a group gains at the prices of the root, as a share of the largest value; computed once.
func (s *search) appeal(g int) float64 {
	if s.appeals == nil {
		s.appeals = make([]float64, len(s.m.groups))
		for k, gr := range s.m.groups {
			s.appeals[k] = slices.Max(s.rootD[gr.first : gr.first+gr.n])
		}
	}
	return s.appeals[g]
}

// density is the value of a start per share of the limits that it uses.
func (s *search) density(v int) float64 {
	share := 1e-9
	for _, e := range s.m.vars[v].use {
		if limit := s.m.caps[e.at].limit; limit > 0 {
			share += e.v / limit
		}
	}
	return s.m.vars[v].value / share
}
