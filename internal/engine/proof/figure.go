package proof

import (
	"math"

	"lotse.dev/lotse/internal/base"
)

// Figure writes numbers of one metric in one unit, chosen by a typical value.
type Figure struct {
	Per      float64 // what one of the shown units is in the metric's own
	decimals int
	Unit     base.Text // beside a value
	Change   base.Text // beside a change: shares change in points
}

// FigureOf chooses the unit in which people would say a typical value of a metric.
func FigureOf(unit, currency string, typical float64) Figure {
	typical = math.Abs(typical)
	switch unit {
	case "seconds":
		for _, u := range []struct {
			least, per float64
			decimals   int
			word       base.Text
		}{{48 * 3600, 86400, 1, base.T("Tage", "days")}, {5400, 3600, 1, base.T("Std.", "h")}, {90, 60, 1, base.T("Min.", "min")}, {0, 1, 1, base.T("Sek.", "s")}} {
			if typical >= u.least {
				return Figure{u.per, u.decimals, u.word, u.word}
			}
		}
	case "share":
		return Figure{.01, 1, base.T("%", "%"), base.T("Punkte", "points")}
	case "money":
		sign := currency
		if sign == "EUR" {
			sign = "€"
		}
		switch {
		case typical >= 999_500:
			t := base.T("Mio. "+sign, sign+"m")
			return Figure{1e6, 1, t, t}
		case typical >= 9_950:
			t := base.T("T"+sign, sign+"k")
			return Figure{1e3, 1, t, t}
		}
		return Figure{1, 2, base.T(sign, sign), base.T(sign, sign)}
	case "count":
		return Figure{1, 0, base.Text{}, base.Text{}}
	}
	return Figure{1, 1, base.Text{}, base.Text{}}
}

func (f Figure) number(v float64) base.Number {
	return base.Number{Value: v / f.Per, Decimals: f.decimals}
}

func join(number base.Text, unit base.Text) base.Text {
	if unit.IsZero() {
		return number
	}
	return base.Text{De: number.De + "\u00a0" + unit.De, En: number.En + "\u00a0" + unit.En}
}

// Value writes a level: 11,8 Tage.
func (f Figure) Value(v float64) base.Text { return join(base.T("%s", "%s", f.number(v)), f.Unit) }

// Size writes a change without sign: 2,6 Tage.
func (f Figure) Size(v float64) base.Text {
	return join(base.T("%s", "%s", f.number(math.Abs(v))), f.Change)
}

// Say writes a change of a series with its unit, with its sign only where it falls; small ones keep two decimals.
func (f Figure) Say(v float64) base.Text {
	if w := math.Abs(v / f.Per); w > 0 && w < 1 && f.decimals < 2 {
		f.decimals = 2
	}
	return join(f.Bare(v), f.Change)
}

// Changed writes a change with its sign: −2,6 Tage.
func (f Figure) Changed(v float64) base.Text {
	t := join(f.Bare(v), f.Change)
	if v > 0 {
		t.De, t.En = "+"+t.De, "+"+t.En
	}
	return t
}

// Bare writes the number alone.
func (f Figure) Bare(v float64) base.Text { return base.T("%s", "%s", f.number(v)) }

// Amount writes what something is worth, in the unit of its class: a currency, h or a unit of its own.
func Amount(v *float64, unit string) base.Text {
	if v == nil {
		return base.T("unbekannt", "unknown")
	}
	switch {
	case len(unit) == 3 && unit == "EUR" || len(unit) == 3 && unit[0] >= 'A' && unit[0] <= 'Z' && unit[2] >= 'A' && unit[2] <= 'Z':
		return FigureOf("money", unit, *v).Value(*v)
	case unit == "seconds" || unit == "share" || unit == "count" || unit == "number": // other benefits in the metric's own unit
		return FigureOf(unit, "", *v).Size(*v)
	case unit == "h":
		return join(base.T("%s", "%s", base.Number{Value: *v}), base.T("Std.", "h"))
	}
	return join(base.T("%s", "%s", base.Number{Value: *v, Decimals: 1}), base.T(unit, unit))
}
