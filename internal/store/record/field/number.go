package field

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// largest is the largest number a field holds; beyond it float64 no longer counts whole numbers.
const largest = 1 << 53

// longestDuration is about 3,000 years in seconds: with it every millisecond has at most 15 digits, which float64 keeps.
const longestDuration = 1e11

func mostOf(f *Field) float64 {
	if f.Type == TypeDuration {
		return longestDuration
	}
	return largest
}

func checkNumber(f *Field, v any, at string, e *Errors) any {
	n, ok := v.(float64)
	switch {
	case !ok:
		return wrong(e, at, "Eine Zahl wird erwartet.", "A number is expected.")
	case math.IsNaN(n) || math.Abs(n) > mostOf(f):
		return wrong(e, at, "Die Zahl ist zu groß.", "The number is too large.")
	case f.Min != nil && n < *f.Min:
		e.Add(at, base.T("Mindestens %s.", "At least %s.", *f.Min))
		return nil
	case f.Max != nil && n > *f.Max:
		e.Add(at, base.T("Höchstens %s.", "At most %s.", *f.Max))
		return nil
	}
	return n + 0 // −0 becomes 0
}

func numberSchema(f *Field) map[string]any {
	s := map[string]any{"type": "number", "minimum": -mostOf(f), "maximum": mostOf(f)}
	if f.Min != nil {
		s["minimum"] = *f.Min
	}
	if f.Max != nil {
		s["maximum"] = *f.Max
	}
	if f.Unit != "" {
		s["x-unit"] = f.Unit
	}
	return s
}

// ParseNumber reads a number as FormatFloat writes it in a language; group marks may be left out and a true minus is
// read. Three digits behind a group mark are demanded, so that 1.5 is no fifteen.
func ParseNumber(s string, l base.Lang) (float64, error) {
	plain, err := parseDecimal(s, l)
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsInf(n, 0) {
		return 0, noNumber(s)
	}
	return n, nil
}

func noNumber(s string) error {
	return base.Fail(base.Refused, "no_number", base.T("„%s“ ist keine Zahl.", "“%s” is no number.", s))
}

var decimalForm = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$`)

// parseDecimal reads the digits of a number and writes them with a point, exactly. A spreadsheet's 1,5E-7 is read too.
func parseDecimal(text string, l base.Lang) (string, error) {
	mark, point := ".", ","
	if l == base.English {
		mark, point = ",", "."
	}
	s := strings.NewReplacer("\u00a0", mark, "\u202f", mark, "'", mark, "’", mark, " ", mark, "−", "-", "E", "e").Replace(strings.TrimSpace(text))
	whole, rest, has := strings.Cut(s, point)
	groups := strings.Split(strings.TrimLeft(whole, "+-"), mark)
	for i, part := range groups {
		if len(groups) > 1 && len(part) != 3 && (i > 0 || len(part) == 0 || len(part) > 3) {
			return "", noNumber(text)
		}
	}
	plain := strings.ReplaceAll(whole, mark, "")
	if has {
		plain += "." + rest
	}
	if !decimalForm.MatchString(plain) {
		return "", noNumber(text)
	}
	return strings.TrimPrefix(plain, "+"), nil
}

// formatDecimal writes the digits of a number as people read them, exactly.
func formatDecimal(plain string, l base.Lang) string {
	digits, negative := strings.CutPrefix(plain, "-")
	whole, frac, has := strings.Cut(digits, ".")
	n, _ := strconv.ParseInt(whole, 10, 64)
	s := base.FormatInt(n, l)
	if has && l == base.English {
		s += "." + frac
	} else if has {
		s += "," + frac
	}
	if negative {
		s = "−" + s
	}
	return s
}

// shifted moves the point of the shortest digits of a number to the right, exactly: 0.07 by two is 7.
func shifted(n float64, by int) string {
	text := strconv.FormatFloat(n, 'e', -1, 64)
	mantissa, exponent, _ := strings.Cut(text, "e")
	e, _ := strconv.Atoi(exponent)
	negative := strings.HasPrefix(mantissa, "-")
	digits := strings.ReplaceAll(strings.TrimPrefix(mantissa, "-"), ".", "")
	place := 1 + e + by // of the point in the digits
	if place <= 0 {
		digits, place = strings.Repeat("0", 1-place)+digits, 1
	}
	if len(digits) < place {
		digits += strings.Repeat("0", place-len(digits))
	}
	out := digits[:place]
	if frac := strings.TrimRight(digits[place:], "0"); frac != "" {
		out += "." + frac
	}
	if negative {
		out = "-" + out
	}
	return out
}

// trimUnit takes a unit from the end of a text.
func trimUnit(s string, units ...string) string {
	s = strings.TrimSpace(s)
	for _, unit := range units {
		if rest, has := strings.CutSuffix(s, unit); has && unit != "" {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

func withUnit(s, unit string) string {
	if unit == "" {
		return s
	}
	return s + "\u00a0" + unit
}

// number is a number with its unit.
type number struct{}

func (number) Class() Class { return Numeric }

func (number) Check(f *Field, v any, at string, e *Errors) any { return checkNumber(f, v, at, e) }

func (number) Key(_ *Field, v any) any { return numericKey(v) }

func (number) Text(f *Field, v any, w Words) string {
	return withUnit(base.FormatFloat(v.(float64), -1, w.Lang()), f.Unit)
}

func (number) Parse(f *Field, s string, w Words) (any, error) {
	return anyOf(ParseNumber(trimUnit(s, f.Unit), w.Lang()))
}

func (number) Schema(f *Field) map[string]any { return numberSchema(f) }

func numericKey(v any) any {
	if n, ok := v.(float64); ok {
		return n
	}
	return nil
}

func anyOf[T any](v T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return v, nil
}

// percent is a share, kept as a fraction and shown in percent.
type percent struct{}

func (percent) Class() Class { return Numeric }

func (percent) Check(f *Field, v any, at string, e *Errors) any { return checkNumber(f, v, at, e) }

func (percent) Key(_ *Field, v any) any { return numericKey(v) }

func (percent) Text(_ *Field, v any, w Words) string {
	return withUnit(formatDecimal(shifted(v.(float64), 2), w.Lang()), "%")
}

func (percent) Parse(_ *Field, s string, w Words) (any, error) {
	plain, err := parseDecimal(trimUnit(s, "%"), w.Lang())
	if err != nil {
		return nil, err
	}
	mantissa, exponent, _ := strings.Cut(plain, "e")
	e, _ := strconv.Atoi(exponent)
	n, err := strconv.ParseFloat(mantissa+"e"+strconv.Itoa(e-2), 64)
	if err != nil {
		return nil, noNumber(s)
	}
	return n, nil
}

func (percent) Schema(f *Field) map[string]any { return numberSchema(f) }

// scaled rounds a product to 15 digits, so that a third of an hour is 1200 seconds and not 1200.0000000000002.
func scaled(n float64) float64 {
	exact, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil {
		return n
	}
	return exact
}

// duration is a length of time, kept in seconds to the millisecond and shown in hours or days of 24 hours.
type duration struct{}

func (duration) Class() Class { return Numeric }

func (duration) Check(f *Field, v any, at string, e *Errors) any {
	if n, ok := v.(float64); ok && n < 0 {
		return wrong(e, at, "Eine Dauer ist nicht negativ.", "A duration is not negative.")
	}
	if n, ok := checkNumber(f, v, at, e).(float64); ok {
		return math.Round(n*1000) / 1000
	}
	return nil
}

func (duration) Key(_ *Field, v any) any { return numericKey(v) }

func (d duration) Text(f *Field, v any, w Words) string {
	seconds, unit := d.shown(f)
	return withUnit(base.FormatFloat(scaled(v.(float64)/seconds), -1, w.Lang()), unit.In(w.Lang()))
}

func (d duration) Parse(f *Field, s string, w Words) (any, error) {
	seconds, unit := d.shown(f)
	n, err := ParseNumber(trimUnit(s, unit.De, unit.En), w.Lang())
	return anyOf(scaled(n*seconds), err)
}

func (duration) shown(f *Field) (float64, base.Text) {
	if f.Show == "days" {
		return 86_400, base.T("Tage", "days")
	}
	return 3_600, base.T("Std.", "h")
}

func (duration) Schema(f *Field) map[string]any {
	s := numberSchema(f)
	s["x-unit"] = "s"
	if f.Min == nil || *f.Min < 0 {
		s["minimum"] = 0
	}
	return s
}

// yesNo is yes or no; unknown is neither.
type yesNo struct{}

func (yesNo) Class() Class { return Plain }

func (yesNo) Check(_ *Field, v any, at string, e *Errors) any {
	if b, ok := v.(bool); ok {
		return b
	}
	return wrong(e, at, "Ja oder Nein wird erwartet.", "Yes or no is expected.")
}

func (yesNo) Key(_ *Field, v any) any {
	switch v {
	case true:
		return "yes"
	case false:
		return "no"
	}
	return nil
}

func (yesNo) Text(_ *Field, v any, w Words) string {
	if v == true {
		return base.T("Ja", "Yes").In(w.Lang())
	}
	return base.T("Nein", "No").In(w.Lang())
}

func (yesNo) Parse(_ *Field, s string, _ Words) (any, error) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "ja", "yes", "true", "1", "x", "wahr":
		return true, nil
	case "nein", "no", "false", "0", "falsch":
		return false, nil
	}
	return nil, base.Fail(base.Refused, "no_yesno", base.T("„%s“ ist weder Ja noch Nein.", "“%s” is neither yes nor no.", s))
}

func (yesNo) Schema(*Field) map[string]any { return map[string]any{"type": "boolean"} }
