package metric

import (
	"context"
	"fmt"
	"slices"

	"lotse.dev/lotse/internal/base/period"
)

// Names that the statement of things under way gives its columns.
const (
	beganColumn    = "_began"
	seenColumn     = "_seen"
	openColumn     = "_open"
	finishedColumn = "_finished"
	usualColumn    = "_usual"
)

// Running says from when to when a thing with a duration is under way: it began at Began and was seen last at Ended.
// LastStep names its last activity, by which the company's end activities tell whether it is open; without it a thing
// is open that has no Ended, and was seen last at Touched, where the table has it.
type Running struct {
	Began, Ended string
	LastStep     string
	Touched      string
}

// watched lists the periods of which the number of open things matters: the last complete one, or the last that holds
// data while none is complete, and those that it is compared with.
func (p *Plan) watched() []period.Period {
	last, ok := p.lastComplete()
	if !ok {
		for _, s := range slices.Backward(p.Slots) {
			if !s.Outside && !s.Hidden {
				return []period.Period{s.Period}
			}
		}
		return nil
	}
	out := []period.Period{last}
	if p.Question.Compare && !p.dims {
		for _, other := range p.compared(last) {
			if slices.ContainsFunc(p.Slots, func(s Slot) bool { return s.Period == other && s.Complete }) {
				out = append(out, other)
			}
		}
	}
	return out
}

// countUnderWay asks how many things were under way in the watched periods, and how many of them are still open: begun by
// the end of the period and seen in it or later. What has been silent since before a period does not tell of it.
func (p *Plan) countUnderWay(ctx context.Context, run Runner) error {
	runs, known, ok := p.runs()
	spans := p.watched()
	if !ok || len(spans) == 0 {
		return nil
	}
	from, open := sql("({}) AS runs", runs), openColumn
	if !known { // open is what was seen last within the usual duration before the end of the data
		from = sql("({}) AS runs, (SELECT {} AS {} FROM ({}) AS runs) AS usual", runs,
			p.Dialect.Quantile(p.Dialect.Elapsed(beganColumn, seenColumn), 0.5), usualColumn, runs)
		open = fmt.Sprintf("(%s AND %s <= %s)", openColumn, p.Dialect.Elapsed(seenColumn, p.Dialect.Instant(p.Bounds.Data)), usualColumn)
	}
	var columns []fragment
	for _, s := range spans {
		active := fmt.Sprintf("%s < %s AND %s >= %s", beganColumn, p.instant(s.To), seenColumn, p.instant(s.From))
		columns = append(columns, sql("count(*) FILTER (WHERE {} AND {})", active, open), sql("count(*) FILTER (WHERE {})", active))
	}
	p.underWay = map[period.Period]underWay{}
	return each(ctx, run, sql("SELECT {} FROM {}", join(columns, ", "), from).statement(), func(v []any) {
		for i, s := range spans {
			p.underWay[s] = underWay{open: integer(v[2*i]), all: integer(v[2*i+1]), known: known}
		}
	})
}

// runs writes the things of the question as began, seen last, and whether they are open. known is false where the
// company has not said what ends them: then open only says that a thing may be.
func (p *Plan) runs() (runs fragment, known, ok bool) {
	d := p.Definition
	r := d.Running
	if r == nil {
		return fragment{}, false, false
	}
	known = r.LastStep == "" || len(p.Env.EndActivities) > 0
	if d.Each.Form == EachGroup {
		return p.groupRuns(*r, known), known, true
	}
	for _, name := range []string{r.Began, r.Ended} {
		if !p.Relation.Schema.Has(name) {
			return fragment{}, false, false
		}
	}
	open, from, conditions := sql("TRUE"), p.table(), p.filterRows()
	seen := p.Dialect.Quote(r.Ended)
	switch {
	case r.LastStep == "":
		open = sql("{} IS NULL", p.Dialect.Quote(r.Ended))
		if p.Relation.Schema.Has(r.Touched) {
			seen += ", " + p.Dialect.Quote(r.Touched)
		}
		seen = fmt.Sprintf("coalesce(%s, %s)", seen, p.Dialect.Quote(r.Began))
	case known && p.Relation.Schema.Has(r.LastStep):
		open = sql("NOT coalesce({}, FALSE)", p.oneOf(p.Dialect.Quote(r.LastStep), texts(p.Env.EndActivities)))
	case known:
		return fragment{}, false, false
	}
	if d.Each.Form == EachLatest {
		from, conditions = "("+p.ranked()+") AS ranked", append(conditions, sql("_rank = 1"))
	}
	return sql("SELECT {} AS {}, {} AS {}, {} AS {} FROM {}{}", p.Dialect.Quote(r.Began), beganColumn, seen, seenColumn,
		open, openColumn, from, where(conditions)), known, true
}

// groupRuns writes the cases of a lead time: one that has had its first step and not its last is open unless one of its
// events ended it another way; such a case was never under way to the last step.
func (p *Plan) groupRuns(r Running, known bool) fragment {
	d := p.Definition
	columns := []fragment{sql("max({}) AS {}", p.Dialect.Quote("time"), seenColumn+"_any")}
	for _, f := range d.Each.Fields {
		columns = append(columns, sql("{} AS {}", p.aggregate(f), p.Dialect.Quote(f.Name)))
	}
	finished := sql("NULL AS {}", finishedColumn)
	if known {
		finished = sql("max({}) FILTER (WHERE {}) AS {}", p.Dialect.Quote("time"), p.oneOf(p.Dialect.Quote(r.LastStep), texts(p.Env.EndActivities)), finishedColumn)
	}
	groups := sql("SELECT {} FROM {}{} GROUP BY {}", join(append(columns, finished), ", "), p.table(), where(p.filterRows()), p.Dialect.Quote(d.Each.Key))
	ended := p.Dialect.Quote(r.Ended)
	return sql("SELECT {} AS {}, coalesce({}, {}) AS {}, {} IS NULL AS {} FROM ({}) AS groups WHERE {} IS NOT NULL AND ({} IS NOT NULL OR {} IS NULL)",
		p.Dialect.Quote(r.Began), beganColumn, ended, seenColumn+"_any", seenColumn, ended, openColumn, groups, p.Dialect.Quote(r.Began), ended, finishedColumn)
}
