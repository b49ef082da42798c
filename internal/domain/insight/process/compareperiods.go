package process

import (
	"cmp"
	"context"
	"slices"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

// Launch is the first day of an initiative's operation.
type Launch struct {
	Initiative string `json:"initiative"`
	Title      string `json:"title"`
	Day        string `json:"day"`
}

// Launches tells the initiatives that name a process and have a day of going live, as far as the one who asks may see
// them.
type Launches interface {
	Launches(ctx context.Context, process string) ([]Launch, error)
}

// NameLaunches says who tells the launches; without it none are known.
func (s *Service) NameLaunches(l Launches) { s.launches = l }

// The ways by which the periods of a comparison were chosen.
const (
	basisGiven  = "given"
	basisLaunch = "launch"
	basisHalves = "halves"
)

// Bounds of periods that are chosen for the reader: beside a launch both sides have between shortestSide and
// longestSide days and the same length.
const (
	shortestSide = 28
	longestSide  = 365
)

// compared is what is set side by side.
type compared struct {
	a, b   period.Period
	basis  string
	launch *Launch
}

// Periods are two spans of days, by the last event of a case; all empty lets Lotse choose.
type Periods struct {
	AFrom string `query:"a_from" maxLength:"10" doc:"first day of the period before; leave out all four to let Lotse choose"`
	ATo   string `query:"a_to" maxLength:"10" doc:"day after its last"`
	BFrom string `query:"b_from" maxLength:"10" doc:"first day of the period after"`
	BTo   string `query:"b_to" maxLength:"10" doc:"day after its last"`
}

// read answers the periods given, which must not share a day: a case that counts in both is no comparison.
func (p Periods) read() (compared, error) {
	c := compared{basis: basisGiven}
	for _, field := range []struct {
		name, day string
		to        *period.Date
	}{{"a_from", p.AFrom, &c.a.From}, {"a_to", p.ATo, &c.a.To}, {"b_from", p.BFrom, &c.b.From}, {"b_to", p.BTo, &c.b.To}} {
		day, err := period.ParseDate(field.day)
		if err != nil {
			return c, badFilter(field.name, base.T("„%s“ ist kein Tag im Format JJJJ-MM-TT.", "“%s” is not a day as YYYY-MM-DD.", field.day))
		}
		*field.to = day
	}
	switch {
	case c.a.To <= c.a.From:
		return c, badFilter("a_to", base.T("Der Zeitraum endet vor seinem Beginn.", "The period ends before it begins."))
	case c.b.To <= c.b.From:
		return c, badFilter("b_to", base.T("Der Zeitraum endet vor seinem Beginn.", "The period ends before it begins."))
	case c.a.From < c.b.To && c.b.From < c.a.To:
		return c, badFilter("b_from", base.T("Die beiden Zeiträume überschneiden sich.", "Both periods overlap."))
	}
	return c, nil
}

// choose takes the periods given, or those around the latest launch that has cases enough on both sides, or the last two
// halves of what is there.
func (s *Service) choose(ctx context.Context, v *view, f Filter, p Periods) (compared, error) {
	if p != (Periods{}) {
		return p.read()
	}
	days, err := s.caseDays(ctx, v, f)
	if err != nil {
		return compared{}, err
	}
	if s.launches != nil {
		launches, err := s.launches.Launches(ctx, v.process)
		if err != nil {
			return compared{}, err
		}
		if c, ok := aroundLaunch(launches, days); ok {
			return c, nil
		}
	}
	return lastHalves(v.calendar, days), nil
}

// caseDays is the span from the first to the day after the last end of a case; a day of its own when there is none.
func (s *Service) caseDays(ctx context.Context, v *view, f Filter) (period.Period, error) {
	where, err := f.where(v)
	if err != nil {
		return period.Period{}, err
	}
	days := period.Period{From: v.calendar.DateOf(time.Unix(0, 0)), To: v.calendar.DateOf(time.Unix(0, 0)) + 2}
	err = s.query(ctx, v, "SELECT min(last_time), max(last_time) FROM cases"+where.clause(), where.args, func(row []any) error {
		if first, last := timePtr(row[0]), timePtr(row[1]); first != nil && last != nil {
			days = period.Period{From: v.calendar.DateOf(*first), To: v.calendar.DateOf(*last) + 1}
		}
		return nil
	})
	return days, err
}

func aroundLaunch(launches []Launch, days period.Period) (compared, bool) {
	sorted := slices.Clone(launches)
	slices.SortFunc(sorted, func(a, b Launch) int {
		return cmp.Or(cmp.Compare(b.Day, a.Day), cmp.Compare(a.Initiative, b.Initiative))
	})
	for i := range sorted {
		day, err := period.ParseDate(sorted[i].Day)
		if err != nil {
			continue
		}
		side := min(day-days.From, days.To-day, longestSide)
		if side >= shortestSide {
			return compared{a: period.Period{From: day - side, To: day}, b: period.Period{From: day, To: day + side},
				basis: basisLaunch, launch: &sorted[i]}, true
		}
	}
	return compared{}, false
}

// lastHalves are two spans of equally many whole months at the end, a year each at most, so that the same months meet
// where there are two years; below two months the span is cut in the middle.
func lastHalves(c period.Calendar, days period.Period) compared {
	out := compared{basis: basisHalves}
	last := c.Floor(period.Month, days.To)
	first := c.Of(period.Month, days.From)
	if first.From < days.From {
		first = c.Next(period.Month, first)
	}
	months := 0
	for p := (period.Period{From: last, To: last}); p.From > first.From && months < 24; months++ {
		p = c.Prev(period.Month, c.Of(period.Month, p.From))
	}
	if half := months / 2; half > 0 {
		at := c.Of(period.Month, last)
		out.b = period.Period{From: c.Shift(period.Month, at, -half).From, To: last}
		out.a = period.Period{From: c.Shift(period.Month, at, -2*half).From, To: out.b.From}
		return out
	}
	length := max(days.To-days.From, 2)
	middle := days.To - length/2
	out.a, out.b = period.Period{From: days.To - length, To: middle}, period.Period{From: middle, To: days.To}
	return out
}
