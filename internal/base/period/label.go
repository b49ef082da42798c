package period

import (
	"fmt"
	"time"

	"lotse.dev/lotse/internal/base"
)

var germanMonths = [...]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
	"Oktober", "November", "Dezember"}

// Label writes a whole period for people: 01.03.2026, KW 9/2026, März 2026, Q1 2026, 2026; where the fiscal year is not
// the calendar year Q1 2025/26 and GJ 2025/26.
func (c Calendar) Label(g Grain, p Period) base.Text {
	y, m, _ := p.From.Civil()
	switch g {
	case Week:
		year, week := p.From.isoWeek()
		return plain("KW %[1]d/%[2]d", "week %[1]d, %[2]d", week, year)
	case Month:
		return base.Text{De: fmt.Sprintf("%s %d", germanMonths[m-1], y), En: fmt.Sprintf("%s %d", m, y)}
	case Quarter:
		q := fmt.Sprintf("Q%d %s", c.fiscalMonth(m)/3+1, c.yearName(p.From))
		return base.T(q, q)
	case Year:
		if c.fiscalStart() == 1 {
			return plain("%d", "%d", y)
		}
		return base.T("GJ "+c.yearName(p.From), "FY "+c.yearName(p.From))
	}
	return p.From.Label()
}

// Label writes a date for people: 01.03.2026 or 1 March 2026.
func (d Date) Label() base.Text {
	return base.Text{De: d.utc().Format("02.01.2006"), En: d.utc().Format("2 January 2006")}
}

// Label writes any span of days by its first and last day.
func (p Period) Label() base.Text {
	if p.Days() <= 1 {
		return p.From.Label()
	}
	first, last := p.From.Label(), (p.To - 1).Label()
	return base.Text{De: first.De + " bis " + last.De, En: first.En + " to " + last.En}
}

func (c Calendar) yearName(d Date) string {
	year := c.fiscalYear(d)
	if c.fiscalStart() == int(time.January) {
		return fmt.Sprint(year)
	}
	return fmt.Sprintf("%d/%02d", year, (year+1)%100)
}

// plain formats years and week numbers without the thousands separator that base.T would give them.
func plain(de, en string, args ...any) base.Text {
	return base.Text{De: fmt.Sprintf(de, args...), En: fmt.Sprintf(en, args...)}
}
