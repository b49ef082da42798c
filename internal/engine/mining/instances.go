package mining

import "slices"

// pairing turns the rows of a trace into activity instances: a start row and the next complete row of the same
// activity that has no start yet (first started, first completed) become one event from the one to the other. A
// complete row without a start row stays as it is; a start row that is never completed becomes an event that does not
// complete; rows of other states (schedule, suspend, …) are left out. Logs without a lifecycle stay as they are.
type pairing struct {
	waiting [][]int // per activity the positions in out of started events, oldest first
	out     Trace
	order   []int
	rows    Trace
}

func newPairing(activities int) *pairing { return &pairing{waiting: make([][]int, activities)} }

func (p *pairing) instances(t *Trace) *Trace {
	if t.Complete == nil {
		return t
	}
	p.collect(t)
	return p.sorted()
}

func (p *pairing) collect(t *Trace) {
	p.rows.reset()
	p.rows.Case = t.Case
	for i, a := range t.Activity {
		switch {
		case t.Complete[i]:
			if open := p.waiting[a]; len(open) > 0 {
				at := open[0]
				p.waiting[a] = open[1:]
				p.rows.Time[at], p.rows.Complete[at] = t.Time[i], true
				continue
			}
			p.row(a, t.Time[i], t.StartOf(i), true)
		case t.Begin == nil || t.Begin[i]:
			start := t.StartOf(i)
			if start == NoTime {
				start = t.Time[i]
			}
			p.waiting[a] = append(p.waiting[a], p.rows.Len())
			p.row(a, t.Time[i], start, false)
		}
	}
	for _, a := range p.rows.Activity {
		p.waiting[a] = p.waiting[a][:0]
	}
}

func (p *pairing) row(a int32, time, start int64, complete bool) {
	r := &p.rows
	r.Activity, r.Time = append(r.Activity, a), append(r.Time, time)
	r.Start, r.Complete = append(r.Start, start), append(r.Complete, complete)
}

// sorted brings the instances into the order of contract.md: by start where there is one, otherwise by time.
func (p *pairing) sorted() *Trace {
	r := &p.rows
	p.order = p.order[:0]
	for i := range r.Activity {
		p.order = append(p.order, i)
	}
	key := func(i int) int64 {
		if r.Start[i] != NoTime {
			return r.Start[i]
		}
		return r.Time[i]
	}
	slices.SortStableFunc(p.order, func(a, b int) int {
		switch x, y := key(a), key(b); {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	o := &p.out
	o.reset()
	o.Case = r.Case
	for _, i := range p.order {
		o.Activity, o.Time = append(o.Activity, r.Activity[i]), append(o.Time, r.Time[i])
		o.Start, o.Complete = append(o.Start, r.Start[i]), append(o.Complete, r.Complete[i])
	}
	return o
}
