package metric

import (
	"fmt"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base/period"
)

// spanOf keeps instants inside the periods of the plan, of which hidden ones may lie apart.
func (p *Plan) spanOf(field string) []fragment {
	at := p.Dialect.Quote(field)
	var spans []fragment
	for i := 0; i < len(p.Slots); i++ {
		from := p.Slots[i].From
		for i+1 < len(p.Slots) && p.Slots[i].To == p.Slots[i+1].From {
			i++
		}
		spans = append(spans, sql("{} >= {} AND {} < {}", at, p.instant(from), at, p.instant(p.Slots[i].To)))
	}
	switch len(spans) {
	case 0:
		return nil
	case 1:
		return spans
	}
	return []fragment{sql("({})", join(spans, " OR "))}
}

func (p *Plan) instant(d period.Date) string { return p.Dialect.Instant(p.Env.Calendar.Start(d)) }

// periodOf writes the number of the period of an instant, counted in days, weeks or months from the first one. The
// engine is told how far the zone is from UTC in the span and counts in local time; asking it for the zone of each row
// would cost ten times as much. Only instants inside the span get a number that means something.
func (p *Plan) periodOf(at string) string {
	if len(p.Slots) == 1 {
		return "0"
	}
	first, offset := p.origin(), p.offset(at)
	switch p.Question.Grain {
	case period.Day:
		return p.Dialect.DaysSince(first, at, offset)
	case period.Week:
		return p.Dialect.DaysSince(first, at, offset) + " // 7"
	case period.Month:
		return p.Dialect.MonthsSince(first, at, offset)
	}
	return fmt.Sprintf("%s // %d", p.Dialect.MonthsSince(first, at, offset), monthsOf(p.Question.Grain))
}

// origin is the first day of the whole period that the first one is, or is cut from.
func (p *Plan) origin() period.Date { return p.Env.Calendar.Floor(p.Question.Grain, p.Slots[0].From) }

// number is what periodOf writes for the instants of a slot.
func (p *Plan) number(s Slot) int {
	if len(p.Slots) == 1 {
		return 0
	}
	return p.Env.Calendar.Count(p.Question.Grain, p.origin(), s.From+1) - 1
}

func monthsOf(g period.Grain) int {
	if g == period.Quarter {
		return 3
	}
	return 12
}

// stretch is a time in which the clock is not changed: where it begins and how far it is from UTC.
type stretch struct {
	start  time.Time
	micros int
}

// stretches lists how far the zone is from UTC within the span of the plan. The end that ZoneBounds names may lie at the
// instant itself (the last day of some years after 2037); an hour later it names the next change again.
func (p *Plan) stretches() []stretch {
	cal := p.Env.Calendar
	zone := cal.Zone
	if zone == nil {
		zone = time.UTC
	}
	var out []stretch
	end := cal.Start(p.Slots[len(p.Slots)-1].To)
	for t := cal.Start(p.Slots[0].From); t.Before(end); {
		_, seconds := t.In(zone).Zone()
		if micros := seconds * 1_000_000; len(out) == 0 || out[len(out)-1].micros != micros {
			out = append(out, stretch{t, micros})
		}
		_, next := t.In(zone).ZoneBounds()
		switch {
		case next.IsZero():
			return out
		case !next.After(t):
			next = t.Add(time.Hour)
		}
		t = next
	}
	return out
}

// offset writes the distance of the zone from UTC at an instant, in microseconds: a tree of comparisons with the
// changes of the clock.
func (p *Plan) offset(at string) string {
	stretches := p.stretches()
	var b strings.Builder
	var tree func(low, high int)
	tree = func(low, high int) {
		if high-low == 1 {
			fmt.Fprint(&b, stretches[low].micros)
			return
		}
		middle := (low + high) / 2
		fmt.Fprintf(&b, "CASE WHEN %s < %s THEN ", at, p.Dialect.Instant(stretches[middle].start))
		tree(low, middle)
		b.WriteString(" ELSE ")
		tree(middle, high)
		b.WriteString(" END")
	}
	tree(0, len(stretches))
	return b.String()
}

// periods writes the borders of the periods as a relation, for conditions on a member's history.
func (p *Plan) periods() string {
	rows := make([]string, len(p.Slots))
	for i, s := range p.Slots {
		rows[i] = fmt.Sprintf("(%d, %s, %s)", p.number(s), p.instant(s.From), p.instant(s.To))
	}
	return fmt.Sprintf("(VALUES %s) AS periods(%s, %s, %s)", strings.Join(rows, ", "), periodColumn, startColumn, endColumn)
}
