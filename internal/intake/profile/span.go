package profile

import (
	"strconv"
	"time"

	"lotse.dev/lotse/internal/intake/value"
)

// Span returns the smallest and largest value of a column of numbers or dates as text, empty for other columns.
func (c *Column) Span(r Reading) (low, high string) {
	switch {
	case c.Dated():
		i := 0
		for sep := range c.Dates.Forms {
			if r.Orders[sep[0]] == value.MonthFirst {
				i = 1
			}
		}
		return day(c.Dates.First[i]), day(c.Dates.Last[i])
	case c.Numeric() && c.Numbers.Known > 0:
		return strconv.FormatFloat(c.Numbers.Min, 'f', -1, 64), strconv.FormatFloat(c.Numbers.Max, 'f', -1, 64)
	}
	return "", ""
}

func day(n int) string { return time.Unix(int64(n)*86400, 0).UTC().Format(time.DateOnly) }
