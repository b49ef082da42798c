package metric

import (
	"time"

	"lotse.dev/lotse/internal/base/period"
)

// Dialect writes the primitives in which engines differ. Everything else in the statements is common SQL.
type Dialect interface {
	// Quote writes an identifier.
	Quote(name string) string
	// Instant writes an instant as a literal, to the microsecond.
	Instant(t time.Time) string
	// DaysSince and MonthsSince write how many days or months after a date an instant lies in local time, whose distance
	// from UTC is given in microseconds; the date of MonthsSince is the first of a month.
	DaysSince(first period.Date, at, offset string) string
	MonthsSince(first period.Date, at, offset string) string
	// Elapsed writes the seconds between two instants as a floating number.
	Elapsed(from, to string) string
	// Smallest writes the nth smallest value of a group, NULL where there are fewer.
	Smallest(of string, n int) string
	// Quantile writes a type-7 quantile.
	Quantile(of string, q float64) string
	// AsText, AsDouble and AsInteger convert.
	AsText(of string) string
	AsDouble(of string) string
	AsInteger(of string) string
	// Literal writes a text literal.
	Literal(s string) string
}
