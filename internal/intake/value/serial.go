package value

import "time"

// Days of a spreadsheet that count as dates where a column is known to hold them: 1982 to 2064.
const (
	FirstSerial = 30_000
	LastSerial  = 60_000
)

// ParseSerial reads a date as spreadsheets count it: days since 30 December 1899, the time of day as their fraction, to
// the second.
func ParseSerial(b []byte, mark byte) (m Moment, ok bool) {
	n, _, ok := Decimal(b, mark)
	const day, whole = 86_400, 1_000_000
	if !ok || n < FirstSerial*whole || n >= (LastSerial+1)*whole {
		return m, false
	}
	seconds := (n*day + whole/2) / whole
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(seconds/day))
	m = Moment{Year: t.Year(), A: int(t.Month()), B: t.Day(), Sep: '-'}
	m.Clock, m.Micro = n%whole != 0, seconds%day*whole
	return m, true
}

// WithoutYear says whether a value is a day and month alone, as some systems of accounting write them: 3112, 31.12.
func WithoutYear(b []byte) bool {
	if n := len(b); n > 0 && b[n-1] == '.' {
		b = b[:n-1]
	}
	if len(b) == 5 && (b[2] == '.' || b[2] == '/') {
		b = []byte{b[0], b[1], b[3], b[4]}
	}
	if len(b) == 3 {
		b = []byte{'0', b[0], b[1], b[2]}
	}
	if len(b) != 4 {
		return false
	}
	day, ok1 := num(b[:2])
	month, ok2 := num(b[2:])
	return ok1 && ok2 && day >= 1 && month >= 1 && month <= 12 && day <= monthDays(2024, month)
}
