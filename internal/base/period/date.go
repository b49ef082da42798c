package period

import (
	"fmt"
	"time"

	"lotse.dev/lotse/internal/base"
)

// Date is a civil date as days since 1970-01-01 in the proleptic Gregorian calendar; it knows no zone.
type Date int32

const secondsPerDay = 86400

// NewDate makes a date; days and months beyond their range carry over as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return Date(floorDiv(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix(), secondsPerDay))
}

// ParseDate reads YYYY-MM-DD, years 0001 to 9999.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return 0, base.Fail(base.Usage, "date_invalid", base.T("„%s“ ist kein Datum.", "“%s” is not a date.", s)).
			WithHint(base.T("Erwartet wird JJJJ-MM-TT, zum Beispiel 2026-03-01.", "Expected is YYYY-MM-DD, for example 2026-03-01."))
	}
	return NewDate(t.Date()), nil
}

// Civil returns the parts of the date.
func (d Date) Civil() (year int, month time.Month, day int) { return d.utc().Date() }

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// String returns YYYY-MM-DD.
func (d Date) String() string { return d.utc().Format(time.DateOnly) }

// MarshalText writes YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Date) UnmarshalText(b []byte) error {
	parsed, err := ParseDate(string(b))
	if err != nil {
		return fmt.Errorf("date %q: %w", b, err)
	}
	*d = parsed
	return nil
}

// addMonths moves the first day of a month by whole months.
func (d Date) addMonths(n int) Date {
	y, m, day := d.Civil()
	return NewDate(y, m+time.Month(n), day)
}

func (d Date) utc() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
