package governance

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/governance/unit"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/store/record/field"
)

// Metrics knows which metrics there are.
type Metrics interface {
	Unit(ctx context.Context, metric string) (unit metric.Unit, found bool, err error)
}

// checkTarget refuses a target that could never be judged: of no metric, in a unit that is not the metric's, with two
// values for one day. Points are put in the order of their days.
func checkTarget(t *Target, metrics Metrics) []base.FieldError {
	var e field.Errors
	checkDays(t.Points, &e)
	slices.SortStableFunc(t.Points, func(a, b Point) int { return cmp.Compare(a.From, b.From) })
	of, found, err := metrics.Unit(context.Background(), t.Metric)
	switch {
	case err != nil:
		e.Add("metric", base.T("Ob es diese Kennzahl gibt, ließ sich nicht prüfen.", "Whether there is this metric could not be found out."))
	case !found:
		e.Add("metric", base.T("Diese Kennzahl gibt es nicht. lotse metric list und die Seite Kennzahlen zeigen alle.", "There is no such metric. lotse metric list and the page Metrics show all."))
	default:
		checkUnit(t, of, &e)
	}
	return e.List()
}

func checkDays(points []Point, e *field.Errors) {
	seen := map[field.Date]bool{}
	for i, p := range points {
		if seen[p.From] {
			e.Add(fmt.Sprintf("points[%d].from", i), base.T("Zwei Werte gelten ab demselben Tag.", "Two values hold from the same day."))
		}
		seen[p.From] = true
	}
}

func checkUnit(t *Target, of metric.Unit, e *field.Errors) {
	if !unit.Fits(t.Unit, of) {
		e.Add("unit", unit.Wrong)
		return
	}
	if of != metric.Fraction {
		return
	}
	most, text := 1.0, base.T("Ein Anteil liegt zwischen 0 und 1. Für Prozent wählen Sie die Einheit Prozent.", "A share lies between 0 and 1. For percent choose the unit percent.")
	if t.Unit == "percent" {
		most, text = 100, base.T("Ein Anteil liegt zwischen 0 und 100 Prozent.", "A share lies between 0 and 100 percent.")
	}
	for i, p := range t.Points {
		if p.Value != nil && (*p.Value < 0 || *p.Value > most) {
			e.Add(fmt.Sprintf("points[%d].value", i), text)
		}
	}
}

var clockForm = regexp.MustCompile(`^([01]?\d|2[0-3]):[0-5]\d$`)

func checkMeeting(m *Meeting) []base.FieldError {
	if m.Clock != "" && !clockForm.MatchString(m.Clock) {
		return []base.FieldError{{Field: "clock", Text: base.T("Bitte eine Uhrzeit wie 14:00 angeben.", "Please give a time such as 14:00.")}}
	}
	return nil
}
