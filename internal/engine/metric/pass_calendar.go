package metric

import (
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

// placeCalendar needs the bounds of the data. Without borders in the question the span is all periods that hold data.
// A period is complete when it is whole and the data reach from its first to its last working day and the clock is past
// it; so the running month and the month in which an export breaks off are never taken for a whole one.
func placeCalendar(p *Plan) error {
	if p.Bounds.Empty() && (p.Question.From == nil || p.Question.To == nil) {
		return nil
	}
	from, to := p.span()
	if n := p.Env.Calendar.Count(p.Question.Grain, from, to); n > MaxPeriods {
		return base.Fail(base.TooLarge, "too_many_periods", base.T("Das wären %s Zeiträume, möglich sind %s.",
			"These would be %s periods, possible are %s.", n, MaxPeriods)).
			WithHint(base.T("Wählen Sie eine längere Zeiteinheit (--by) oder einen kürzeren Zeitraum (--from, --to).",
				"Choose a longer period length (--by) or a shorter span (--from, --to)."))
	}
	for _, s := range p.Env.Calendar.Split(p.Question.Grain, from, to) {
		p.Slots = append(p.Slots, p.slot(s.Period, s.Cut))
	}
	return nil
}

func (p *Plan) span() (from, to period.Date) {
	cal, q := p.Env.Calendar, p.Question
	first, last := cal.Of(q.Grain, cal.DateOf(p.Bounds.First)), cal.Of(q.Grain, cal.DateOf(p.Bounds.Last))
	if q.Recent > 0 && !p.Bounds.Data.IsZero() {
		last = cal.Of(q.Grain, cal.DateOf(p.Bounds.Data))
	}
	from, to = first.From, last.To
	if q.To != nil {
		to = *q.To
	}
	switch {
	case q.From != nil:
		from = *q.From
	case q.Recent > 0:
		from = max(from, cal.Shift(q.Grain, cal.Of(q.Grain, to-1), 1-q.Recent).From)
	}
	return from, to
}

func (p *Plan) slot(span period.Period, cut bool) Slot {
	s := Slot{Period: span, Cut: cut}
	if p.Bounds.Empty() {
		s.Outside = true
		return s
	}
	first, last := p.Env.Calendar.DateOf(p.Bounds.First), p.Env.Calendar.DateOf(p.Bounds.Data)
	s.Outside = span.To <= first || span.From > max(last, p.Env.Calendar.DateOf(p.Bounds.Last))
	past := !p.Env.Calendar.Start(span.To).After(p.Env.Now)
	s.Complete = !cut && past && first <= firstWorkingDay(span) && last >= lastWorkingDay(span)
	return s
}

// firstWorkingDay is the first day of a period on which a company without weekend work has data; New Year's Day is
// passed over. A period without such a day must be covered from its first day.
func firstWorkingDay(span period.Period) period.Date {
	for d := span.From; d < span.To; d++ {
		_, month, day := d.Civil()
		if !weekend(d) && !(month == time.January && day == 1) {
			return d
		}
	}
	return span.From
}

func lastWorkingDay(span period.Period) period.Date {
	for d := span.To - 1; d >= span.From; d-- {
		if !weekend(d) {
			return d
		}
	}
	return span.To - 1
}

func weekend(d period.Date) bool {
	w := d.Weekday()
	return w == time.Saturday || w == time.Sunday
}
