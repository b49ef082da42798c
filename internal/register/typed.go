package register

import (
	"math"
	"strconv"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/table"
	"lotse.dev/lotse/internal/sheet"
	"lotse.dev/lotse/internal/store/record/field"
)

// typedValue is a value as people read it, with the number or day that a spreadsheet keeps of it. A number of more than
// the fifteen digits that spreadsheets keep goes out in words.
func typedValue(f *field.Field, v any, w field.Words) sheet.Typed {
	out := sheet.Typed{Text: f.Of().Text(f, v, w)}
	switch x := v.(type) {
	case string:
		if f.Type == field.TypeDate {
			out.Day = x
		}
	case map[string]any:
		if f.Type == field.TypeMoney {
			amount, _ := x["amount"].(string)
			code, _ := x["currency"].(string)
			if n, err := strconv.ParseFloat(amount, 64); err == nil {
				out.Number, out.Format = &n, `#,##0.00 "`+code+`"`
			}
		}
	case float64:
		withNumber(&out, f, x, w)
	}
	return out
}

func withNumber(t *sheet.Typed, f *field.Field, v float64, w field.Words) {
	text := f.Of().Text(f, v, w)
	figure, unit, _ := strings.Cut(text, "\u00a0")
	n, err := field.ParseNumber(figure, w.Lang())
	if err != nil || digits15(n) != n || digits15(v) != v {
		return
	}
	point := ","
	if w.Lang() == base.English {
		point = "."
	}
	_, decimals, _ := strings.Cut(figure, point)
	form := "#,##0"
	if decimals != "" {
		form += "." + strings.Repeat("0", min(len(decimals), 15))
	}
	switch {
	case unit == "%":
		n, form = digits15(n/100), form+"%"
	case unit != "":
		form += ` "` + strings.ReplaceAll(unit, `"`, "") + `"`
	}
	t.Number, t.Format = &n, form
}

// digits15 is a number as a spreadsheet keeps it.
func digits15(n float64) float64 {
	out, _ := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	return out
}

// cellText is what a cell of a file says, as people would write it into the field in a language.
func cellText(f *field.Field, c table.Cell, l base.Lang) string {
	if c.Kind == format.Time {
		return strings.TrimSuffix(c.Text, " 00:00:00")
	}
	if c.Kind != format.Number || f == nil {
		return sheet.Rearm(strings.TrimSpace(c.Text))
	}
	n, err := strconv.ParseFloat(c.Text, 64)
	if err != nil || math.IsInf(n, 0) {
		return c.Text
	}
	unit := c.Unit
	switch f.Type {
	case field.TypeMoney:
		if unit == "€" {
			unit = "EUR"
		}
		return strings.TrimSpace(base.FormatFloat(digits15(n), -1, l) + " " + unit)
	case field.TypePercent:
		if unit == "%" {
			return base.FormatFloat(digits15(n*100), -1, l) + " %"
		}
		return base.FormatFloat(n, -1, l)
	case field.TypeNumber, field.TypeDuration, field.TypeRange:
		if unit == "%" {
			return base.FormatFloat(n, -1, l)
		}
		return strings.TrimSpace(base.FormatFloat(n, -1, l) + " " + unit)
	}
	return c.Text
}
