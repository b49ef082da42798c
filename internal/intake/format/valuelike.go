package format

import (
	"strconv"
	"strings"
	"unicode"
)

// valueLike says whether a cell looks like a number, amount, date or time and not like a label. A year may be a label.
func valueLike(c string) bool { return kindOf(c) != text }

// kindOf says what a cell looks like.
func kindOf(c string) kind {
	if c == "" || len(c) > 40 {
		return text
	}
	if y, err := strconv.Atoi(c); err == nil && y >= 1900 && y <= 2100 {
		return text
	}
	c = withoutUnit(withoutMonth(c))
	groups, other, digits := 0, 0, 0
	dots := map[rune]int{}
	for _, r := range c {
		switch {
		case r >= '0' && r <= '9':
			if digits == 0 {
				groups++
			}
			digits++
			continue
		case strings.ContainsRune(" .,:;/-+'TZ€$%\u00a0\u202f", r):
			dots[r]++
		default:
			other++
		}
		digits = 0
	}
	switch {
	case groups == 0 || other > 0:
		return text
	case groups >= 3 && (dots['-'] >= 2 || dots['/'] == 2 || dots['.'] >= 2 && dots[','] == 0) || dots[':'] > 0:
		return date
	}
	return number
}

// withoutUnit takes away a currency or unit beside a number.
func withoutUnit(c string) string {
	for _, u := range []string{"EUR", "USD", "CHF", "GBP", "Uhr", "UTC", "MEZ", "AM", "PM", "h", "min", "Std.", "Stk", "St"} {
		if rest, ok := strings.CutSuffix(c, u); ok && len(rest) > 0 && (rest[len(rest)-1] == ' ' || isDigit(rest[len(rest)-1])) {
			return strings.TrimSpace(rest)
		}
		if rest, ok := strings.CutPrefix(c, u+" "); ok {
			return strings.TrimSpace(rest)
		}
	}
	return c
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

var months = []string{"jan", "feb", "mär", "mar", "mrz", "apr", "mai", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dez", "dec"}

// withoutMonth writes the name of a month between numbers as one: 01-Feb-2026 is a date, Feb 2026 a label.
func withoutMonth(c string) string {
	from := strings.IndexFunc(c, unicode.IsLetter)
	if from <= 0 {
		return c
	}
	to := from
	for i, r := range c[from:] {
		if !unicode.IsLetter(r) {
			break
		}
		to = from + i + len(string(r))
	}
	if to >= len(c) {
		return c
	}
	word := strings.ToLower(c[from:to])
	for _, m := range months {
		if strings.HasPrefix(word, m) {
			return c[:from] + "-1-" + c[to:]
		}
	}
	return c
}
