package metric

import (
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

// assemble turns cells into the answer: every period, with a dimension every value in every period, each with interval,
// number and completeness, and the remarks that the cells call for.
func (p *Plan) assemble(cells map[cellKey]*cell) (*Answer, error) {
	a := &Answer{Metric: p.Definition.Name, Unit: p.Definition.Unit, DefinitionVersion: p.Definition.Version,
		By: p.Question.Grain, Points: []Point{}, Remarks: append(base.Remarks{}, p.Remarks...)}
	notes := &notes{plan: p, filled: map[int]bool{}}
	money := p.currencies(cells)
	if p.Definition.Unit == Money && !p.Unknown {
		a.Currency = money.single
	}
	for _, dim := range p.dimValues(cells) {
		if len(a.Points) > MaxPoints {
			return nil, tooManyPoints()
		}
		for i, slot := range p.Slots {
			if !slot.Hidden {
				a.Points = append(a.Points, p.point(i, dim, cells, money, notes))
			}
		}
	}
	if p.dims {
		slices.SortStableFunc(a.Points, func(x, y Point) int { return int(x.From - y.From) })
	}
	a.Compare = p.compare(cells, money)
	notes.add(&a.Remarks, money)
	p.addUnsecured(&a.Remarks, a.Compare)
	return a, nil
}

func (p *Plan) dimValues(cells map[cellKey]*cell) []string {
	if !p.dims {
		return []string{""}
	}
	seen := map[string]bool{}
	for key := range cells {
		seen[key.dim] = true
	}
	values := make([]string, 0, len(seen))
	for v := range seen {
		values = append(values, v)
	}
	slices.Sort(values)
	return values
}

func (p *Plan) point(slot int, dim string, cells map[cellKey]*cell, money currencies, notes *notes) Point {
	s := p.Slots[slot]
	point := Point{From: s.From, To: s.To, Complete: s.Complete}
	if p.dims {
		point.Dim = &dim
	}
	c := cells[cellKey{slot, dim}]
	f := p.Definition.Measure.compute(c)
	point.N = f.n
	notes.see(slot, c, f)
	if p.known(s, c, f, money) {
		point.Value, point.Low, point.High = number(f.value), number(f.interval.Low), number(f.interval.High)
	}
	return point
}

// known says whether a computed figure may be shown: not where a column or setting is missing, where the data do not
// reach, or where amounts of several currencies would be added.
func (p *Plan) known(s Slot, c *cell, f figure, money currencies) bool {
	return f.known && !p.Unknown && !(s.Outside && c == nil) && !money.mixed
}

// currencies is what the amounts of an answer are in.
type currencies struct {
	single *string // the one currency of all points
	mixed  bool    // sums would add several
}

// currencies needs every cell: one currency in all of them, or a dimension whose values are the currencies. A series
// that changes its currency from one period to the next is as unknown as a sum of two.
func (p *Plan) currencies(cells map[cellKey]*cell) currencies {
	if !p.several {
		return currencies{single: &p.Env.Currency}
	}
	found := map[string]bool{}
	for _, c := range cells {
		if c.low != "" {
			found[c.low], found[c.high] = true, true
		}
	}
	switch {
	case len(found) == 0:
		return currencies{single: &p.Env.Currency}
	case len(found) == 1:
		for name := range found {
			return currencies{single: &name}
		}
	case p.Question.Dim == "currency":
		return currencies{}
	}
	return currencies{mixed: true}
}

func (p *Plan) compare(cells map[cellKey]*cell, money currencies) *Compare {
	last, ok := p.lastComplete()
	if !p.Question.Compare || p.dims || p.Unknown || !ok {
		return nil
	}
	now, nowKnown := p.figureOf(last, cells, money)
	out := &Compare{From: last.From, To: last.To}
	if nowKnown {
		out.Value = number(now.value)
	}
	out.Previous = p.difference(p.Env.Calendar.Prev(p.Question.Grain, last), last, now, nowKnown, cells, money)
	if before, ok := p.Env.Calendar.YearBefore(p.Question.Grain, last); ok {
		out.YearBefore = p.difference(before, last, now, nowKnown, cells, money)
	}
	return out
}

// figureOf finds the figure of a complete period of the plan.
func (p *Plan) figureOf(span period.Period, cells map[cellKey]*cell, money currencies) (figure, bool) {
	i := slices.IndexFunc(p.Slots, func(s Slot) bool { return s.Period == span && s.Complete })
	if i < 0 {
		return figure{}, false
	}
	c := cells[cellKey{i, ""}]
	f := p.Definition.Measure.compute(c)
	return f, p.known(p.Slots[i], c, f, money)
}

func (p *Plan) difference(span, last period.Period, now figure, nowKnown bool, cells map[cellKey]*cell, money currencies) *Difference {
	before, known := p.figureOf(span, cells, money)
	if !known {
		return nil
	}
	d := &Difference{From: span.From, To: span.To, Value: number(before.value)}
	if !nowKnown || !p.likeHistories(span, last) {
		return d
	}
	d.Secured = !p.underWay[span].many() && !p.underWay[last].many()
	difference, interval := p.Definition.Measure.minus(now, before)
	d.Difference, d.Low, d.High = number(difference), number(interval.Low), number(interval.High)
	if before.value != 0 {
		d.Relative = number(difference / before.value)
	}
	return d
}
