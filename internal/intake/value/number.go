package value

import (
	"bytes"
	"math"
	"strconv"

	"lotse.dev/lotse/internal/base/fact"
)

// Shape says how a text can be read as a number.
type Shape struct {
	Point, Comma bool // it is a number when the decimal mark is a point, a comma
	Mark         bool // it holds a point or comma, so that the choice matters
	Whole        bool // digits with at most a sign: no mark, no currency
	Zero         bool // digits with a leading zero, as numbers of accounts and articles have
	Exponent     bool
	Decimals     int // digits behind the mark, by the reading that is possible (point first)
	Digits       int // digits before it
}

// ShapeOf reads a trimmed text as a number.
func ShapeOf(b []byte) Shape {
	if whole(b) {
		d := b
		if d[0] == '-' || d[0] == '+' {
			d = d[1:]
		}
		return Shape{Point: true, Comma: true, Whole: true, Zero: len(d) > 1 && d[0] == '0', Digits: len(d)}
	}
	if s, ok := pointed(b); ok {
		return s
	}
	c, ok := core(b)
	if !ok {
		return Shape{}
	}
	point, pd, pi := readable(c, '.', ',')
	comma, cd, ci := readable(c, ',', '.')
	s := Shape{Point: point, Comma: comma, Decimals: pd, Digits: pi}
	if !point {
		s.Decimals, s.Digits = cd, ci
	}
	s.Mark = bytes.IndexByte(c, '.') >= 0 || bytes.IndexByte(c, ',') >= 0
	s.Exponent = bytes.IndexByte(c, 'e') >= 0 || bytes.IndexByte(c, 'E') >= 0
	return s
}

func whole(b []byte) bool {
	d := b
	if len(d) > 1 && (d[0] == '-' || d[0] == '+') {
		d = d[1:]
	}
	if len(d) == 0 || len(d) > 18 {
		return false
	}
	for _, c := range d {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// pointed is the fast path of ShapeOf: digits, a point, and digits of which there are not three, so that the point can
// only be a decimal mark.
func pointed(b []byte) (Shape, bool) {
	i := 0
	if len(b) > 0 && b[0] == '-' {
		i = 1
	}
	start := i
	for i < len(b) && b[i] >= '0' && b[i] <= '9' {
		i++
	}
	if i == start || i == len(b) || b[i] != '.' || len(b)-i == 4 || len(b)-i == 1 || len(b) > 24 {
		return Shape{}, false
	}
	for _, c := range b[i+1:] {
		if c < '0' || c > '9' {
			return Shape{}, false
		}
	}
	return Shape{Point: true, Mark: true, Decimals: len(b) - i - 1, Digits: i - start}, true
}

// core strips signs, currency and the like and leaves digits with separators; an exponent stays.
func core(b []byte) ([]byte, bool) {
	b, _, ok := unsign(b)
	if !ok || len(b) == 0 || len(b) > 40 {
		return nil, false
	}
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
		case c == '.' || c == ',' || c == '\'' || c == ' ':
		case c == 0xc2 || c == 0xa0 || c == 0xe2 || c == 0x80 || c == 0xaf || c == 0x99: // no-break spaces, typographic apostrophe
		case (c == 'e' || c == 'E') && i > 0 && i+1 < len(b):
			if !whole(b[i+1:]) || len(b)-i > 5 {
				return nil, false
			}
			return b, true
		default:
			return nil, false
		}
	}
	return b, true
}

// unsign takes sign, parentheses, trailing minus and currency off a number.
func unsign(b []byte) (rest []byte, negative, ok bool) {
	if n := len(b); n > 2 && b[0] == '(' && b[n-1] == ')' {
		b, negative = Trim(b[1:n-1]), true
	}
	for range 4 {
		switch {
		case len(b) == 0:
			return nil, false, false
		case b[0] == '-' || b[0] == '+':
			negative = negative != (b[0] == '-')
			b = Trim(b[1:])
		case bytes.HasPrefix(b, []byte("−")):
			negative = !negative
			b = Trim(b[3:])
		case b[len(b)-1] == '-' && len(b) > 1:
			negative = !negative
			b = Trim(b[:len(b)-1])
		case b[0] >= '0' && b[0] <= '9' && b[len(b)-1] >= '0' && b[len(b)-1] <= '9':
			return b, negative, true
		default:
			b = uncurrency(b)
		}
	}
	return b, negative, len(b) > 0
}

// readable says whether c is a number with this decimal mark and this mark (or blank, apostrophe) between thousands.
func readable(c []byte, mark, thousands byte) (ok bool, decimals, digits int) {
	if e := bytes.IndexAny(c, "eE"); e >= 0 {
		c = c[:e]
	}
	intPart := c
	if i := bytes.LastIndexByte(c, mark); i >= 0 {
		intPart = c[:i]
		for _, d := range c[i+1:] {
			if d < '0' || d > '9' {
				return false, 0, 0
			}
		}
		decimals = len(c) - i - 1
		if decimals == 0 && i == 0 {
			return false, 0, 0
		}
	}
	digits, ok = grouped(intPart, thousands)
	return ok, decimals, digits
}

// grouped reads digits that are plain or in groups of three behind a first group of one to three.
func grouped(p []byte, thousands byte) (digits int, ok bool) {
	group, groups := 0, 0
	for i := 0; i < len(p); i++ {
		switch c := p[i]; {
		case c >= '0' && c <= '9':
			digits++
			group++
			continue
		case c == 0xc2 && i+1 < len(p) && p[i+1] == 0xa0:
			i++
		case c == 0xe2 && i+2 < len(p) && p[i+1] == 0x80 && (p[i+2] == 0xaf || p[i+2] == 0x99):
			i += 2
		case c == thousands || c == ' ' || c == '\'':
		default:
			return 0, false
		}
		if groups == 0 && (group < 1 || group > 3 || p[0] == '0') || groups > 0 && group != 3 {
			return 0, false
		}
		groups++
		group = 0
	}
	return digits, groups == 0 || group == 3
}

// Integer reads a trimmed text as a whole number; mark is the decimal mark of its column.
func Integer(b []byte, mark byte) (int64, bool) {
	if whole(b) {
		n, err := strconv.ParseInt(string(b), 10, 64)
		return n, err == nil
	}
	m, exact, ok := Decimal(b, mark)
	if !ok || !exact || m%fact.DecimalScale != 0 {
		return 0, false
	}
	return m / fact.DecimalScale, true
}

// Decimal reads a trimmed text as millionths; exact is false when digits beyond them were rounded away. A value that does
// not fit DECIMAL(18,6) is not ok.
func Decimal(b []byte, mark byte) (micro int64, exact, ok bool) {
	if n, ok := simple(b, mark); ok {
		return n, true, true
	}
	c, okc := core(b)
	if !okc {
		return 0, false, false
	}
	if e := bytes.IndexAny(c, "eE"); e >= 0 {
		f, ok := Float(b, mark)
		return int64(math.Round(f * fact.DecimalScale)), false, ok && math.Abs(f) < 1e12
	}
	thousands := byte(',')
	if mark == ',' {
		thousands = '.'
	}
	if ok, _, _ := readable(c, mark, thousands); !ok {
		return 0, false, false
	}
	_, negative, _ := unsign(b)
	return decimal(c, mark, negative)
}

// simple is the fast path of Decimal: a sign, up to eleven digits, the mark and up to six digits.
func simple(b []byte, mark byte) (int64, bool) {
	i, negative := 0, false
	if len(b) > 0 && b[0] == '-' {
		i, negative = 1, true
	}
	n, start := int64(0), i
	for ; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
		n = n*10 + int64(b[i]-'0')
		if i-start > 10 {
			return 0, false
		}
	}
	if i == start {
		return 0, false
	}
	scale := int64(fact.DecimalScale)
	if i < len(b) {
		if b[i] != mark || len(b)-i > 7 || len(b)-i < 2 {
			return 0, false
		}
		for i++; i < len(b); i++ {
			if b[i] < '0' || b[i] > '9' {
				return 0, false
			}
			n = n*10 + int64(b[i]-'0')
			scale /= 10
		}
	}
	if n *= scale; negative {
		n = -n
	}
	return n, true
}

func decimal(c []byte, mark byte, negative bool) (micro int64, exact, ok bool) {
	n, places, after, exact, half := int64(0), 0, false, true, false
	for _, d := range c {
		switch {
		case d == mark:
			after = true
		case d >= '0' && d <= '9':
			if after && places == 6 {
				if exact {
					half = d >= '5'
				}
				exact = exact && d == '0' && !half
				continue
			}
			if n > (1<<62)/10 {
				return 0, false, false
			}
			n = n*10 + int64(d-'0')
			if after {
				places++
			}
		}
	}
	for ; places < 6; places++ {
		if n > (1<<62)/10 {
			return 0, false, false
		}
		n *= 10
	}
	if half {
		n++
	}
	if n >= 1e18 {
		return 0, false, false
	}
	if negative {
		n = -n
	}
	return n, exact, true
}

// Float reads a trimmed text as a floating point number.
func Float(b []byte, mark byte) (float64, bool) {
	c, ok := core(b)
	if !ok {
		return 0, false
	}
	_, negative, _ := unsign(b)
	plain := make([]byte, 0, 48)
	for _, d := range c {
		switch {
		case d == mark:
			plain = append(plain, '.')
		case d >= '0' && d <= '9' || d == 'e' || d == 'E' || d == '-' || d == '+':
			plain = append(plain, d)
		}
	}
	f, err := strconv.ParseFloat(string(plain), 64)
	if err != nil || math.IsInf(f, 0) {
		return 0, false
	}
	if negative {
		f = -f
	}
	return f, true
}
