package cli

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/causal"
)

// stamp is a period as a file names it.
type stamp struct {
	grain period.Grain
	from  period.Date
}

// readStamp reads a year, YYYY-Qn, YYYY-MM, YYYY-Wnn or a date, which may stand as 31.12.2025 or with a time of day.
func readStamp(text string) (stamp, error) {
	text = strings.TrimSpace(text)
	if t, err := time.Parse("2.1.2006", text); err == nil {
		return stamp{period.Day, period.NewDate(t.Date())}, nil
	}
	if year, found := strings.CutSuffix(text, ".0"); found && len(year) == 4 { // written by a program as a number
		text = year
	}
	if len(text) > 10 && (text[10] == ' ' || text[10] == 'T') {
		text = text[:10]
	}
	g, p, err := period.Calendar{}.Parse(text)
	return stamp{g, p.From}, err
}

// axis numbers the periods of a series. Dates are read as days, weeks, months, quarters or years, whichever they stand
// apart; weeks of dates begin on any day of the week.
type axis struct {
	grain  causal.Grain
	origin period.Date
	dates  bool // the file names dates
	end    bool // months, quarters and years are named by their last day
}

// newAxis finds the grain of the stamps; where they do not fit each other it returns the first that does not.
func newAxis(stamps []stamp) (a *axis, bad int, ok bool) {
	for i, s := range stamps {
		if s.grain != stamps[0].grain {
			return nil, i, false
		}
	}
	order := make([]int, len(stamps))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(stamps[i].from, stamps[j].from) })
	first := stamps[order[0]].from
	if stamps[0].grain != period.Day {
		return &axis{grain: causal.Grain(stamps[0].grain), origin: first}, 0, true
	}
	shortest := period.Date(1 << 30)
	for k := 1; k < len(order); k++ {
		if d := stamps[order[k]].from - stamps[order[k-1]].from; d > 0 && d < shortest {
			shortest = d
		}
	}
	a = &axis{grain: grainApart(shortest), origin: first, dates: true}
	a.end = a.byCalendar() && nextDay(first) == 1
	for _, i := range order {
		if a.grain == "" || !a.fits(stamps[i].from) {
			return nil, i, false
		}
	}
	return a, 0, true
}

// grainApart is the grain of dates that stand so many days apart, "" for none.
func grainApart(days period.Date) causal.Grain {
	switch {
	case days == 7:
		return causal.Week
	case days >= 28 && days <= 31:
		return causal.Month
	case days >= 90 && days <= 92:
		return causal.Quarter
	case days == 365 || days == 366:
		return causal.Year
	case days == 1 || days == 2 || days == 1<<30:
		return causal.Day
	}
	return ""
}

func (a *axis) byCalendar() bool {
	return a.grain == causal.Month || a.grain == causal.Quarter || a.grain == causal.Year
}

func nextDay(d period.Date) int {
	_, _, day := (d + 1).Civil()
	return day
}

// fits says whether a date is one of the axis: every seventh day, the same day of the month, or its last one.
func (a *axis) fits(d period.Date) bool {
	switch {
	case a.grain == causal.Week:
		return (d-a.origin)%7 == 0
	case a.end:
		return nextDay(d) == 1 && a.months(d)%a.length() == 0
	case a.byCalendar():
		_, _, day := d.Civil()
		_, _, first := a.origin.Civil()
		return day == first && a.months(d)%a.length() == 0
	}
	return true
}

// months is the number of months from the origin.
func (a *axis) months(d period.Date) int {
	y, m, _ := d.Civil()
	y0, m0, _ := a.origin.Civil()
	return (y-y0)*12 + int(m) - int(m0)
}

// length is that of a period in months.
func (a *axis) length() int {
	switch a.grain {
	case causal.Quarter:
		return 3
	case causal.Year:
		return 12
	}
	return 1
}

// takes says whether a stamp can name a period of the axis: one of its own length, or any date.
func (a *axis) takes(s stamp) bool {
	return s.grain == period.Day || !a.dates && causal.Grain(s.grain) == a.grain || a.dates && a.byCalendar() && causal.Grain(s.grain) == a.grain
}

// place is the number of the period that holds a date.
func (a *axis) place(d period.Date) int {
	switch {
	case a.byCalendar():
		n := a.months(d)
		if n < 0 {
			n -= a.length() - 1
		}
		return n / a.length()
	case a.grain == causal.Week:
		days := int(d - a.origin)
		if days < 0 {
			days -= 6
		}
		return days / 7
	}
	return int(d - a.origin)
}

// label names a period that the file leaves out.
func (a *axis) label(place int) string {
	calendar := period.Calendar{}
	switch {
	case a.byCalendar():
		y, m, _ := a.origin.Civil()
		day := period.NewDate(y, m+time.Month(place*a.length()), 1)
		return calendar.Key(period.Grain(a.grain), calendar.Of(period.Grain(a.grain), day))
	case a.grain == causal.Week && !a.dates:
		day := a.origin + period.Date(7*place)
		return calendar.Key(period.Week, calendar.Of(period.Week, day))
	case a.grain == causal.Week:
		return (a.origin + period.Date(7*place)).String()
	}
	return (a.origin + period.Date(place)).String()
}
