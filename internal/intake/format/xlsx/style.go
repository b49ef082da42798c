package xlsx

import (
	"strconv"
	"strings"
	"time"

	"lotse.dev/lotse/internal/intake/format/xmlscan"
)

// cellStyle is what a number format makes of a number.
type cellStyle uint8

const (
	plain cellStyle = iota
	dateStyle
	timeStyle     // time of day without date
	dateTimeStyle // both
	elapsedStyle  // hours beyond a day: [h]:mm
)

// numberFormat is what the number format of a cell says.
type numberFormat struct {
	style cellStyle
	unit  string // written beside the number
}

// readStyles returns the number format of each cell format.
func (w *Workbook) readStyles(part string) ([]numberFormat, error) {
	custom := map[string]numberFormat{}
	var styles []numberFormat
	inCells := false
	err := w.each(part, func(s *xmlscan.Scanner, tag string) error {
		switch tag {
		case "numFmt":
			code := attr(s, "formatCode")
			custom[attr(s, "numFmtId")] = numberFormat{styleOf(code), unitOf(code)}
		case "cellXfs":
			inCells = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inCells = false
		case "xf":
			if inCells {
				id := attr(s, "numFmtId")
				st, ok := custom[id]
				if !ok {
					st = builtin(id)
				}
				styles = append(styles, st)
			}
		}
		return nil
	})
	return styles, err
}

// builtin returns the style of a number format that files do not spell out (ECMA-376, 18.8.30).
func builtin(id string) numberFormat {
	n, err := strconv.Atoi(id)
	if err == nil && (n == 9 || n == 10) {
		return numberFormat{unit: "%"}
	}
	return numberFormat{style: builtinStyle(n, err)}
}

func builtinStyle(n int, err error) cellStyle {
	switch {
	case err != nil:
		return plain
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
		return dateStyle
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n == 45, n == 47:
		return timeStyle
	case n == 22:
		return dateTimeStyle
	case n == 46:
		return elapsedStyle
	}
	return plain
}

// unitOf is what the first section of a format code writes beside the number: a percent sign, text in quotes, or the
// currency of [$€-407].
func unitOf(code string) string {
	var unit strings.Builder
	for i := 0; i < len(code) && code[i] != ';'; i++ {
		rest := code[i+1:]
		switch code[i] {
		case '%':
			return "%"
		case '"':
			j := max(0, strings.IndexByte(rest, '"'))
			unit.WriteString(rest[:j])
			i += j + 1
		case '[':
			j := max(0, strings.IndexByte(rest, ']'))
			if currency, ok := strings.CutPrefix(rest[:j], "$"); ok {
				currency, _, _ = strings.Cut(currency, "-")
				unit.WriteString(currency)
			}
			i += j
		case '\\':
			i++
		}
	}
	if strings.Contains(code, "€") && unit.Len() == 0 {
		return "€"
	}
	return strings.TrimSpace(unit.String())
}

// styleOf reads the first section of a format code; text in quotes, escapes, colours and conditions do not count.
func styleOf(code string) cellStyle {
	date, clock, elapsed := false, false, false
	months := false
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == ';':
			i = len(code)
		case code[i] == '"':
			if j := strings.IndexByte(code[i+1:], '"'); j >= 0 {
				i += j + 1
			}
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case code[i] == '[':
			j := strings.IndexByte(code[i:], ']')
			if j < 0 {
				return plain
			}
			inner := strings.ToLower(code[i+1 : i+j])
			if inner != "" && strings.Trim(inner, "h") == "" || inner != "" && strings.Trim(inner, "m") == "" || inner != "" && strings.Trim(inner, "s") == "" {
				elapsed = true
			}
			i += j
		case c == 'y' || c == 'd':
			date = true
		case c == 'h' || c == 's':
			clock = true
		case c == 'm':
			months = true
		case code[i] == '0' || code[i] == '#' || code[i] == '?':
			if !clock && !elapsed {
				return plain
			}
		case code[i] == '@' || c == 'g' && strings.HasPrefix(strings.ToLower(code[i:]), "general"):
			return plain
		}
	}
	switch {
	case elapsed:
		return elapsedStyle
	case date && clock:
		return dateTimeStyle
	case date, months && !clock:
		return dateStyle
	case clock:
		return timeStyle
	}
	return plain
}

// maxSerial is the last day that Excel knows, 9999-12-31.
const maxSerial = 2958466

// appendDate writes a day number as text. A date format with a fraction shows its time as well, because what counts is
// the value, not how much of it is shown.
func appendDate(out []byte, serial float64, style cellStyle, date1904 bool) ([]byte, bool) {
	if serial < 0 || serial >= maxSerial {
		return out, false
	}
	if style == timeStyle && serial < 1 || style == elapsedStyle {
		secs := int64(serial*86400 + 0.5)
		return append(out, clock(secs)...), false
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial < 60: // Excel believes in a 29 February 1900
		epoch = epoch.AddDate(0, 0, 1)
	}
	days := int(serial)
	millis := int64((serial-float64(days))*86400000 + 0.5)
	t := epoch.AddDate(0, 0, days).Add(time.Duration(millis) * time.Millisecond)
	if style == dateStyle && millis == 0 {
		return t.AppendFormat(out, "2006-01-02"), true
	}
	return t.AppendFormat(out, "2006-01-02 15:04:05.999"), true
}

func clock(secs int64) string {
	two := func(n int64) string {
		if n < 10 {
			return "0" + strconv.FormatInt(n, 10)
		}
		return strconv.FormatInt(n, 10)
	}
	return two(secs/3600) + ":" + two(secs/60%60) + ":" + two(secs%60)
}
