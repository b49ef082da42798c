package value

import "bytes"

// Order is the order of day, month and year in a text.
type Order uint8

// The orders. Given is a text that says its order itself: year first, or the month by name.
const (
	Given      Order = iota
	DayFirst         // dmy
	MonthFirst       // mdy
)

// Moment is a date, with or without time and zone, as it was written.
type Moment struct {
	Year    int
	A, B    int   // day and month as written: for year-first and named months A is the month, B the day
	Numeric bool  // A and B need an order
	Sep     byte  // between A and B: '.', '/' or '-'
	Clock   bool  // a time of day is there
	Micro   int64 // of the day
	Zoned   bool
	Offset  int // seconds east of UTC
}

const microsPerDay = 86_400_000_000

// ParseMoment reads a trimmed text as a date or time in any of the usual forms.
func ParseMoment(b []byte) (m Moment, ok bool) {
	if len(b) < 6 || len(b) > 48 {
		return m, false
	}
	var i int
	switch c := b[0]; {
	case c >= '0' && c <= '9':
		if len(b) >= 10 && b[4] == '-' && b[7] == '-' {
			i, ok = isoDate(b, &m)
		} else {
			i, ok = digitDate(b, &m)
		}
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		i, ok = namedDate(b, &m)
	}
	if !ok {
		return m, false
	}
	if i == len(b) {
		return m, true
	}
	ok = clockAndZone(b[i:], &m)
	return m, ok
}

func isoDate(b []byte, m *Moment) (int, bool) {
	y, ok1 := num(b[0:4])
	mo, ok2 := num(b[5:7])
	d, ok3 := num(b[8:10])
	m.Year, m.A, m.B, m.Sep = y, mo, d, '-'
	return 10, ok1 && ok2 && ok3
}

func num(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0
}

// digits reads up to four digits at i.
func digits(b []byte, i int) (n, next int) {
	next = i
	for next < len(b) && next < i+5 && b[next] >= '0' && b[next] <= '9' {
		n = n*10 + int(b[next]-'0')
		next++
	}
	return n, next
}

// digitDate reads 31.12.2020, 12/31/20, 2020/12/31, 31-Dec-2020, 31. Dezember 2020.
func digitDate(b []byte, m *Moment) (int, bool) {
	first, i := digits(b, 0)
	width := i
	if i >= len(b) || width > 4 || width == 3 {
		return 0, false
	}
	m.Sep = b[i]
	switch m.Sep {
	case '.', '/', '-', ' ':
	default:
		return 0, false
	}
	i++
	for i < len(b) && b[i] == ' ' {
		i++
	}
	if i < len(b) && letterByte(b[i]) {
		return dayNamed(b, i, first, m)
	}
	second, j := digits(b, i)
	if j == i || j-i > 2 || j >= len(b) || b[j] != m.Sep || m.Sep == ' ' {
		return 0, false
	}
	third, k := digits(b, j+1)
	n := k - j - 1
	switch {
	case width == 4 && n >= 1 && n <= 2:
		m.Year, m.A, m.B = first, second, third
	case width <= 2 && (n == 4 || n == 2):
		m.Year, m.A, m.B, m.Numeric = century(third, n), first, second, true
	default:
		return 0, false
	}
	return k, true
}

// century completes a year of two digits: up to 69 it is of this century.
func century(y, digits int) int {
	switch {
	case digits != 2:
		return y
	case y < 70:
		return 2000 + y
	}
	return 1900 + y
}

func letterByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == 0xc3 }

func dayNamed(b []byte, i, day int, m *Moment) (int, bool) {
	month, j := monthName(b, i)
	if month == 0 {
		return 0, false
	}
	for j < len(b) && (b[j] == ' ' || b[j] == '.' || b[j] == '-' || b[j] == '/' || b[j] == ',') {
		j++
	}
	y, k := digits(b, j)
	if k-j != 4 && k-j != 2 {
		return 0, false
	}
	m.Year, m.A, m.B = century(y, k-j), month, day
	return k, true
}

// namedDate reads Dec 31, 2020 and Thu, 31 Dec 2020.
func namedDate(b []byte, m *Moment) (int, bool) {
	month, i := monthName(b, 0)
	if month == 0 {
		if k := bytes.IndexAny(b, " ,"); k >= 2 && k <= 10 && k+2 < len(b) && weekday(b) {
			rest := bytes.TrimLeft(b[k:], " ,")
			skip := len(b) - len(rest)
			if len(rest) > 5 && rest[0] >= '0' && rest[0] <= '9' {
				n, ok := digitDate(rest, m)
				return skip + n, ok
			}
			if len(rest) > 5 && letterByte(rest[0]) {
				if month, _ := monthName(rest, 0); month > 0 {
					n, ok := namedDate(rest, m)
					return skip + n, ok
				}
			}
		}
		return 0, false
	}
	for i < len(b) && (b[i] == ' ' || b[i] == '.') {
		i++
	}
	day, j := digits(b, i)
	if j == i || j-i > 2 {
		return 0, false
	}
	for j < len(b) && (b[j] == ' ' || b[j] == ',' || b[j] == '.') {
		j++
	}
	y, k := digits(b, j)
	if k-j != 4 {
		return 0, false
	}
	m.Year, m.A, m.B = y, month, day
	return k, true
}

func weekday(b []byte) bool {
	switch string(bytes.ToLower(b[:2])) {
	case "mo", "di", "mi", "do", "fr", "sa", "so", "tu", "we", "th", "su":
		return true
	}
	return false
}

var monthPrefixes = []struct {
	name  string
	month int
}{{"jan", 1}, {"feb", 2}, {"mar", 3}, {"mär", 3}, {"mae", 3}, {"mrz", 3}, {"apr", 4}, {"may", 5}, {"mai", 5}, {"jun", 6}, {"jul", 7},
	{"aug", 8}, {"sep", 9}, {"oct", 10}, {"okt", 10}, {"nov", 11}, {"dec", 12}, {"dez", 12}}

// monthName reads a month by name or abbreviation at i.
func monthName(b []byte, i int) (month, next int) {
	next = i
	for next < len(b) && (letterByte(b[next]) || b[next] == 0xa4) {
		next++
	}
	if next-i < 3 || next-i > 10 {
		return 0, i
	}
	word := bytes.ToLower(b[i:next])
	for _, p := range monthPrefixes {
		if bytes.HasPrefix(word, []byte(p.name)) {
			return p.month, next
		}
	}
	return 0, i
}

// Civil returns days since 1970 and whether the date exists when day and month stand in this order.
func (m Moment) Civil(o Order) (days int, ok bool) {
	month, day := m.A, m.B
	if m.Numeric && o != MonthFirst {
		month, day = m.B, m.A
	}
	if month < 1 || month > 12 || day < 1 || day > monthDays(m.Year, month) || m.Year < 1 {
		return 0, false
	}
	return daysOf(m.Year, month, day), true
}

func monthDays(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysOf counts days since 1970-01-01 in the Gregorian calendar (Howard Hinnant, days_from_civil).
func daysOf(y, m, d int) int {
	if m <= 2 {
		y--
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*((m+9)%12)+2)/5 + d - 1
	return era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468
}
