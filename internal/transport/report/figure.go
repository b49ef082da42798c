package report

import (
	"math"

	"lotse.dev/lotse/internal/base"
)

// figure writes numbers of one metric in one unit, chosen by a typical value.
type figure struct {
	per      float64
	decimals int
	unit     base.Text // beside a value
	change   base.Text // beside a change: shares change in points
}

func figureOf(unit, currency string, typical float64) figure {
	typical = math.Abs(typical)
	switch unit {
	case "seconds":
		for _, u := range []struct {
			least, per float64
			decimals   int
			word       base.Text
		}{{48 * 3600, 86400, 1, base.T("Tage", "days")}, {5400, 3600, 1, base.T("Std.", "h")}, {90, 60, 1, base.T("Min.", "min")}, {0, 1, 1, base.T("Sek.", "s")}} {
			if typical >= u.least {
				return figure{u.per, u.decimals, u.word, u.word}
			}
		}
	case "share":
		return figure{.01, 1, base.T("%", "%"), base.T("Punkte", "points")}
	case "money":
		sign := currency
		if sign == "EUR" {
			sign = "€"
		}
		switch {
		case typical >= 999_500:
			t := base.T("Mio. "+sign, sign+"m")
			return figure{1e6, 1, t, t}
		case typical >= 9_950:
			t := base.T("T"+sign, sign+"k")
			return figure{1e3, 1, t, t}
		}
		return figure{1, 2, base.T(sign, sign), base.T(sign, sign)}
	case "count":
		return figure{1, 0, base.Text{}, base.Text{}}
	}
	return figure{1, 1, base.Text{}, base.Text{}}
}

func (f figure) number(v float64) base.Number {
	return base.Number{Value: v / f.per, Decimals: f.decimals}
}

func join(number base.Text, unit base.Text) base.Text {
	if unit.IsZero() {
		return number
	}
	return base.Text{De: number.De + "\u00a0" + unit.De, En: number.En + "\u00a0" + unit.En}
}

// value writes a level: 11,8 Tage.
func (f figure) value(v float64) base.Text { return join(base.T("%s", "%s", f.number(v)), f.unit) }

// size writes a change without sign: 2,6 Tage.
func (f figure) size(v float64) base.Text {
	return join(base.T("%s", "%s", f.number(math.Abs(v))), f.change)
}

// changed writes a change with its sign: −2,6 Tage.
func (f figure) changed(v float64) base.Text {
	t := join(f.bare(v), f.change)
	if v > 0 {
		t.De, t.En = "+"+t.De, "+"+t.En
	}
	return t
}

// bare writes the number alone.
func (f figure) bare(v float64) base.Text { return base.T("%s", "%s", f.number(v)) }

// amountText writes what something is worth, in the unit of its class: a currency, h or a unit of its own.
func amountText(v *float64, unit string) base.Text {
	if v == nil {
		return base.T("unbekannt", "unknown")
	}
	switch {
	case len(unit) == 3 && unit == "EUR" || len(unit) == 3 && unit[0] >= 'A' && unit[0] <= 'Z' && unit[2] >= 'A' && unit[2] <= 'Z':
		return figureOf("money", unit, *v).value(*v)
	case unit == "h":
		return join(base.T("%s", "%s", base.Number{Value: *v}), base.T("Std.", "h"))
	}
	return join(base.T("%s", "%s", base.Number{Value: *v, Decimals: 1}), base.T(unit, unit))
}
