package field

import (
	"math"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
)

// largest is the largest number a field holds; beyond it float64 no longer counts whole numbers.
const largest = 1 << 53

func checkNumber(f *Field, v any, at string, e *Errors) any {
	n, ok := v.(float64)
	switch {
	case !ok:
		return wrong(e, at, "Eine Zahl wird erwartet.", "A number is expected.")
	case math.IsNaN(n) || math.Abs(n) > largest:
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
	s := map[string]any{"type": "number"}
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
	group, point := ".", ","
	if l == base.English {
		group, point = ",", "."
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00a0', '\u202f', '\'', ' ':
			return -1
		case '−':
			return '-'
		}
		return r
	}, strings.TrimSpace(s))
	whole, frac, _ := strings.Cut(s, point)
	for i, part := range strings.Split(whole, group) {
		if i > 0 && len(part) != 3 {
			return 0, base.Fail(base.Refused, "no_number", base.T("„%s“ ist keine Zahl.", "“%s” is no number.", s))
		}
	}
	plain := strings.ReplaceAll(whole, group, "")
	if frac != "" {
		plain += "." + frac
	}
	n, err := strconv.ParseFloat(plain, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return 0, base.Fail(base.Refused, "no_number", base.T("„%s“ ist keine Zahl.", "“%s” is no number.", s))
	}
	return n, nil
}

// trimUnit takes a unit from the end of a text.
func trimUnit(s, unit string) string {
	s = strings.TrimSpace(s)
	if unit == "" {
		return s
	}
	return strings.TrimSpace(strings.TrimSuffix(s, unit))
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
	return withUnit(base.FormatFloat(scaled(v.(float64), 100), -1, w.Lang()), "%")
}

func (percent) Parse(_ *Field, s string, w Words) (any, error) {
	n, err := ParseNumber(trimUnit(s, "%"), w.Lang())
	return anyOf(scaled(n, 0.01), err)
}

func (percent) Schema(f *Field) map[string]any { return numberSchema(f) }

// scaled multiplies by a power of ten in decimal, so that 0.07 becomes 7 and not 7.000000000000001.
func scaled(n, by float64) float64 {
	exact, err := strconv.ParseFloat(strconv.FormatFloat(n*by, 'g', 15, 64), 64)
	if err != nil {
		return n * by
	}
	return exact
}

// duration is a length of time, kept in seconds and shown in hours or days of 24 hours.
type duration struct{}

func (duration) Class() Class { return Numeric }

func (duration) Check(f *Field, v any, at string, e *Errors) any {
	if n, ok := v.(float64); ok && n < 0 {
		return wrong(e, at, "Eine Dauer ist nicht negativ.", "A duration is not negative.")
	}
	return checkNumber(f, v, at, e)
}

func (duration) Key(_ *Field, v any) any { return numericKey(v) }

func (d duration) Text(f *Field, v any, w Words) string {
	seconds, unit := d.shown(f)
	return withUnit(base.FormatFloat(scaled(v.(float64)/seconds, 1), -1, w.Lang()), unit.In(w.Lang()))
}

func (d duration) Parse(f *Field, s string, w Words) (any, error) {
	seconds, unit := d.shown(f)
	n, err := ParseNumber(trimUnit(s, unit.In(w.Lang())), w.Lang())
	return anyOf(scaled(n*seconds, 1), err)
}

func (duration) shown(f *Field) (float64, base.Text) {
	if f.Show == "days" {
		return 86_400, base.T("Tage", "days")
	}
	return 3_600, base.T("Std.", "h")
}

func (duration) Schema(f *Field) map[string]any {
	s := numberSchema(f)
	s["x-unit"], s["minimum"] = "s", 0
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
