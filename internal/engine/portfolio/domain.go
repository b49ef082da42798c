package portfolio

import "math"

// domain is what is still open at one point of the search: the starts left to each group and whether it must be in.
type domain struct {
	m     *model
	ok    []bool // by variable
	left  []int  // starts left, by group
	in    []bool // the group must be chosen
	only  []int  // variable of groups that must be chosen and have one start left, otherwise −1
	used  []float64
	queue []int // groups whose change is not yet carried on
	lost  bool  // nothing satisfies it
}

func newDomain(m *model) *domain {
	d := &domain{m: m, ok: make([]bool, len(m.vars)), left: make([]int, len(m.groups)), in: make([]bool, len(m.groups)),
		only: make([]int, len(m.groups)), used: make([]float64, len(m.caps))}
	for v := range d.ok {
		d.ok[v] = true
	}
	for g := range m.groups {
		d.left[g], d.only[g] = m.groups[g].n, -1
		d.queue = append(d.queue, g)
	}
	for k, c := range m.caps {
		for _, u := range c.users {
			if u.v > c.limit+m.caps[k].slack {
				d.remove(u.at)
			}
		}
	}
	for g := range m.groups {
		if m.groups[g].mandatory {
			d.require(g)
		}
	}
	return d
}

// copyFrom makes d equal to o.
func (d *domain) copyFrom(o *domain) {
	d.m, d.lost = o.m, o.lost
	d.ok, d.left, d.in = append(d.ok[:0], o.ok...), append(d.left[:0], o.left...), append(d.in[:0], o.in...)
	d.only, d.used, d.queue = append(d.only[:0], o.only...), append(d.used[:0], o.used...), append(d.queue[:0], o.queue...)
}

// remove takes a start away.
func (d *domain) remove(v int) {
	if !d.ok[v] {
		return
	}
	d.ok[v] = false
	g := d.m.vars[v].group
	d.left[g]--
	d.changed(g)
}

// require demands that a group is chosen.
func (d *domain) require(g int) {
	if !d.in[g] {
		d.in[g] = true
		d.changed(g)
	}
}

// out takes all starts of a group away.
func (d *domain) out(g int) { d.keep(g, 1, 0) }

// keep leaves a group the starts from first to last only.
func (d *domain) keep(g, first, last int) {
	gr := &d.m.groups[g]
	for v := gr.first; v < gr.first+gr.n; v++ {
		if s := d.m.vars[v].start; s < first || s > last {
			d.remove(v)
		}
	}
}

// fix demands one start.
func (d *domain) fix(v int) {
	s := d.m.vars[v].start
	d.require(d.m.vars[v].group)
	d.keep(d.m.vars[v].group, s, s)
}

func (d *domain) changed(g int) {
	if d.in[g] && d.left[g] == 0 {
		d.lost = true
	}
	if d.in[g] && d.left[g] == 1 && d.only[g] < 0 {
		d.only[g] = d.first(g)
		for _, e := range d.m.vars[d.only[g]].use {
			d.used[e.at] += e.v
		}
	}
	d.queue = append(d.queue, g)
}

// first and last are the earliest and the latest variable left to a group that has one.
func (d *domain) first(g int) int {
	v := d.m.groups[g].first
	for !d.ok[v] {
		v++
	}
	return v
}

func (d *domain) last(g int) int {
	v := d.m.groups[g].first + d.m.groups[g].n - 1
	for !d.ok[v] {
		v--
	}
	return v
}

// carry draws the consequences of every change until nothing follows; false says that nothing satisfies the domain.
func (d *domain) carry() bool {
	for len(d.queue) > 0 && !d.lost {
		g := d.queue[len(d.queue)-1]
		d.queue = d.queue[:len(d.queue)-1]
		d.carryOrder(g)
		if d.in[g] {
			for _, r := range d.m.groups[g].rivals {
				d.out(r)
			}
		}
		if v := d.only[g]; v >= 0 && !d.lost {
			d.carryUse(v)
		}
	}
	if d.lost {
		d.queue = d.queue[:0]
	}
	return !d.lost
}

// carryOrder narrows the windows of the neighbours in the order.
func (d *domain) carryOrder(g int) {
	gr := &d.m.groups[g]
	for _, e := range gr.behind {
		if d.left[g] == 0 {
			d.out(e.to)
		} else {
			d.keep(e.to, d.m.vars[d.first(g)].start+e.lag, d.m.periods)
		}
	}
	if d.in[g] && d.left[g] > 0 {
		for _, e := range gr.before {
			d.require(e.from)
			d.keep(e.from, 1, d.m.vars[d.last(g)].start-e.lag)
		}
	}
}

// carryUse takes away what no longer fits beside the fixed start v.
func (d *domain) carryUse(v int) {
	for _, e := range d.m.vars[v].use {
		c := &d.m.caps[e.at]
		room := c.limit + c.slack - d.used[e.at]
		if room < 0 {
			d.lost = true
			return
		}
		for _, u := range c.users {
			if u.v > room && d.ok[u.at] && d.only[d.m.vars[u.at].group] < 0 {
				d.remove(u.at)
			}
		}
	}
}

// ceiling is the value if every group could have its best start: a bound before anything is computed.
func (d *domain) ceiling() float64 {
	sum := 0.0
	for g, gr := range d.m.groups {
		if d.left[g] == 0 {
			continue
		}
		best := math.Inf(-1)
		for v := gr.first; v < gr.first+gr.n; v++ {
			if d.ok[v] {
				best = max(best, d.m.vars[v].value)
			}
		}
		if d.in[g] || best > 0 {
			sum += best
		}
	}
	return sum + 1e-12*math.Abs(sum)
}
