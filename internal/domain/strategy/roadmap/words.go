package roadmap

import (
	"strconv"

	"lotse.dev/lotse/internal/base"
)

// plainYear is a year without a separator of thousands.
func plainYear(y int) string { return strconv.Itoa(y) }

// amount is an amount of money without needless cents, in the format of each language.
func amount(text, currency string) base.Text {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return base.Text{De: text + " " + currency, En: text + " " + currency}
	}
	decimals := 2
	if f == float64(int64(f)) {
		decimals = 0
	}
	sign := currency
	if currency == "EUR" {
		sign = "€"
	}
	return base.T("%s\u00a0%s", "%s\u00a0%s", base.Number{Value: f, Decimals: decimals}, sign)
}
