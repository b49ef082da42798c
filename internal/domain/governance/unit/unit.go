// Package unit turns what people write in percent, hours or thousands into the unit in which a metric counts.
package unit

import (
	"math"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/store/record/field"
)

// units are what values may be written in, with what turns them into the metric's own unit.
var units = map[field.Choice]struct {
	factor float64
	of     []metric.Unit
}{
	"percent":  {.01, []metric.Unit{metric.Fraction}},
	"minutes":  {60, []metric.Unit{metric.Seconds}},
	"hours":    {3600, []metric.Unit{metric.Seconds}},
	"days":     {86400, []metric.Unit{metric.Seconds}},
	"thousand": {1e3, []metric.Unit{metric.Money, metric.Count, metric.Number}},
	"million":  {1e6, []metric.Unit{metric.Money, metric.Count, metric.Number}},
}

// Wrong is what is said of a unit that a metric does not have.
var Wrong = base.T("Diese Kennzahl hat eine andere Einheit.", "This metric has another unit.")

// Fits says whether values of a metric may be written in a unit; no unit is the metric's own.
func Fits(u field.Choice, of metric.Unit) bool { return u == "" || slices.Contains(units[u].of, of) }

// Scaled is a value in the metric's own unit; what people wrote in decimals stays the decimal that they meant.
func Scaled(v float64, u field.Choice) float64 {
	switch x, ok := units[u]; {
	case !ok:
		return v
	case x.factor < 1:
		return v / math.Round(1/x.factor)
	default:
		return v * x.factor
	}
}

// Per is what one of the metric's own units is worth, of a price that is said for one of the written units.
func Per(price float64, u field.Choice) float64 {
	if x, ok := units[u]; ok {
		return price / x.factor
	}
	return price
}
