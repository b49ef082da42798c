package period

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"lotse.dev/lotse/internal/base"
)

// Key writes a whole period for programs: 2026, 2026-Q1, 2026-03, 2026-W09 or 2026-03-01. A fiscal year carries the
// number of the calendar year in which it begins, and its quarters with it.
func (c Calendar) Key(g Grain, p Period) string {
	y, m, _ := p.From.Civil()
	switch g {
	case Week:
		year, week := p.From.isoWeek()
		return fmt.Sprintf("%04d-W%02d", year, week)
	case Month:
		return fmt.Sprintf("%04d-%02d", y, int(m))
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", c.fiscalYear(p.From), c.fiscalMonth(m)/3+1)
	case Year:
		return fmt.Sprintf("%04d", c.fiscalYear(p.From))
	}
	return p.From.String()
}

var keyPattern = regexp.MustCompile(`^(\d{4})(?:-(?:Q([1-4])|W(\d{2})|(\d{2})(-\d{2})?))?$`)

// Parse reads what Key writes and says which grain it is.
func (c Calendar) Parse(s string) (Grain, Period, error) {
	m := keyPattern.FindStringSubmatch(s)
	if m == nil {
		return "", Period{}, notAPeriod(s)
	}
	year, _ := strconv.Atoi(m[1])
	start := NewDate(year, time.Month(c.fiscalStart()), 1)
	switch {
	case year < 1:
		return "", Period{}, notAPeriod(s)
	case m[5] != "":
		d, err := ParseDate(s)
		return Day, c.Of(Day, d), err
	case m[4] != "":
		month, _ := strconv.Atoi(m[4])
		return c.checked(Month, NewDate(year, time.Month(month), 1), s)
	case m[3] != "":
		week, _ := strconv.Atoi(m[3])
		return c.checked(Week, isoWeekStart(year)+Date(7*(week-1)), s)
	case m[2] != "":
		quarter, _ := strconv.Atoi(m[2])
		return c.checked(Quarter, start.addMonths(3*(quarter-1)), s)
	}
	return c.checked(Year, start, s)
}

// checked refuses keys whose number the year does not have, such as month 13 or week 54.
func (c Calendar) checked(g Grain, from Date, s string) (Grain, Period, error) {
	p := c.Of(g, from)
	if c.Key(g, p) != s {
		return "", Period{}, notAPeriod(s)
	}
	return g, p, nil
}

func (c Calendar) fiscalYear(d Date) int {
	y, _, _ := c.Floor(Year, d).Civil()
	return y
}

func notAPeriod(s string) error {
	return base.Fail(base.Usage, "period_invalid", base.T("„%s“ ist kein Zeitraum.", "“%s” is not a period.", s)).
		WithHint(base.T("Erwartet wird ein Jahr, JJJJ-Qn, JJJJ-MM, JJJJ-Wnn oder JJJJ-MM-TT.",
			"Expected is a year, YYYY-Qn, YYYY-MM, YYYY-Wnn or YYYY-MM-DD."))
}
