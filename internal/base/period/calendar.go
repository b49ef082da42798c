package period

import (
	"time"
)

// Calendar is the calendar of a company: its zone and the month in which its fiscal year begins. The zero value is UTC
// with the calendar year.
type Calendar struct {
	Zone        *time.Location
	FiscalStart time.Month // 1 to 12; 0 counts as January
}

// Period is a span of days, From the first day and To the day after the last.
type Period struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// Days returns the length in days.
func (p Period) Days() int { return int(p.To - p.From) }

// Contains says whether a date lies in the period.
func (p Period) Contains(d Date) bool { return p.From <= d && d < p.To }

// DateOf returns the civil date of an instant in the zone.
func (c Calendar) DateOf(t time.Time) Date { return NewDate(t.In(c.zone()).Date()) }

// Start returns the first instant of a date in the zone: usually midnight, on a day whose midnight summer time skips
// the instant of the change, at a repeated midnight the earlier one. A date that the zone skips as a whole begins
// where the next one does.
func (c Calendar) Start(d Date) time.Time {
	y, m, day := d.Civil()
	t := time.Date(y, m, day, 0, 0, 0, 0, c.zone())
	from, to := t.ZoneBounds()
	switch at := c.DateOf(t); {
	case at < d && !to.IsZero():
		return to.UTC()
	case at >= d && !from.IsZero() && !t.Equal(from):
		return c.earlier(t, from, d).UTC()
	}
	return t.UTC()
}

// earlier returns the first instant of d when the change at from made it begin before t.
func (c Calendar) earlier(t, from time.Time, d Date) time.Time {
	if c.DateOf(from) >= d && from.Before(t) {
		t = from
	}
	_, now := from.In(c.zone()).Zone()
	_, before := from.Add(-time.Second).In(c.zone()).Zone()
	first := t.Add(-time.Duration(before-now) * time.Second)
	if first.Before(from) && c.DateOf(first) == d && c.DateOf(first.Add(-time.Nanosecond)) < d {
		return first
	}
	return t
}

// Floor returns the first day of the period of a grain that contains d.
func (c Calendar) Floor(g Grain, d Date) Date {
	y, m, _ := d.Civil()
	switch g {
	case Week:
		return d - Date((int(d.Weekday())+6)%7)
	case Month:
		return NewDate(y, m, 1)
	case Quarter:
		return NewDate(y, m-time.Month(c.fiscalMonth(m)%3), 1)
	case Year:
		return NewDate(y, m-time.Month(c.fiscalMonth(m)), 1)
	}
	return d
}

// Of returns the period of a grain that contains d.
func (c Calendar) Of(g Grain, d Date) Period {
	from := c.Floor(g, d)
	return Period{From: from, To: c.move(g, from, 1)}
}

// Next returns the period after p; p is a whole period of the grain.
func (c Calendar) Next(g Grain, p Period) Period { return c.Shift(g, p, 1) }

// Prev returns the period before p; p is a whole period of the grain.
func (c Calendar) Prev(g Grain, p Period) Period { return c.Shift(g, p, -1) }

// Shift moves a whole period by n periods of its grain.
func (c Calendar) Shift(g Grain, p Period, n int) Period {
	return c.Of(g, c.move(g, c.Floor(g, p.From), n))
}

// YearBefore returns the same period one year earlier: the same date, ISO week number, month, fiscal quarter or the
// fiscal year before. It is false for 29 February and for a week 53 that the year before lacks.
func (c Calendar) YearBefore(g Grain, p Period) (Period, bool) {
	y, m, day := p.From.Civil()
	switch g {
	case Day:
		before := NewDate(y-1, m, day)
		_, bm, _ := before.Civil()
		return c.Of(Day, before), bm == m
	case Week:
		year, week := p.From.isoWeek()
		before := isoWeekStart(year-1) + Date(7*(week-1))
		by, _ := before.isoWeek()
		return c.Of(Week, before), by == year-1
	}
	return c.Of(g, p.From.addMonths(-12)), true
}

func (c Calendar) move(g Grain, from Date, n int) Date {
	switch g {
	case Week:
		return from + Date(7*n)
	case Month:
		return from.addMonths(n)
	case Quarter:
		return from.addMonths(3 * n)
	case Year:
		return from.addMonths(12 * n)
	}
	return from + Date(n)
}

// fiscalMonth counts months since the fiscal year began, 0 to 11.
func (c Calendar) fiscalMonth(m time.Month) int { return (int(m) - c.fiscalStart() + 12) % 12 }

func (c Calendar) fiscalStart() int {
	if c.FiscalStart < 1 || c.FiscalStart > 12 {
		return 1
	}
	return int(c.FiscalStart)
}

func (c Calendar) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

func (d Date) isoWeek() (year, week int) { return d.utc().ISOWeek() }

// isoWeekStart returns the Monday of ISO week 1 of a year.
func isoWeekStart(year int) Date {
	fourth := NewDate(year, time.January, 4)
	return fourth - Date((int(fourth.Weekday())+6)%7)
}
