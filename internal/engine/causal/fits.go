package causal

import (
	"slices"

	"lotse.dev/lotse/internal/base"
)

// MaxObservations is the longest series that is looked at: eleven years of days. Time grows with its square.
const MaxObservations = 4_000

// MaxControls is the largest number of controls.
const MaxControls = 12

// filled sets what a design leaves open or gives no number for.
func (d Design) filled(n int) Design {
	if d.Until <= 0 || d.Until > n {
		d.Until = n
	}
	if d.Model == "" {
		d.Model = Trend
	}
	if d.Scale == "" {
		d.Scale = Plain
	}
	if d.Class == "" {
		d.Class = Exploratory
	}
	if !(d.Band > 0) || !isFinite(d.Band) {
		d.Band = 0
	}
	if !(d.Minimum > 0) || !isFinite(d.Minimum) {
		d.Minimum = 0
	}
	if d.Expected != nil && !isFinite(*d.Expected) {
		d.Expected = nil
	}
	return d
}

// fits refuses a design that the series cannot be read by.
func (s Series) fits(d Design) error {
	n := len(s.Observations)
	refuse := func(code string, text base.Text) error { return base.Fail(base.Refused, code, text) }
	switch {
	case n > MaxObservations:
		return base.Fail(base.TooLarge, "series_too_long", base.T("Die Reihe hat mehr als %s Perioden.", "The series has more than %s periods.", MaxObservations))
	case len(s.Controls) > MaxControls:
		return base.Fail(base.TooLarge, "too_many_controls", base.T("Es sind höchstens %s Vergleichsreihen möglich.", "At most %s controls are possible.", MaxControls))
	case d.At < 0 || d.At > n || d.Until < d.At:
		return refuse("at_outside", base.T("Die erste betroffene Periode liegt nicht in der Reihe.", "The first affected period does not lie in the series."))
	case !slices.Contains([]Model{Step, Trend, Slope}, d.Model):
		return refuse("model_unknown", base.T("Dieses Modell gibt es nicht: %s", "There is no such model: %s", string(d.Model)))
	case !slices.Contains([]Scale{Plain, Log, LogRate, Logit}, d.Scale):
		return refuse("scale_unknown", base.T("Diese Skala gibt es nicht: %s", "There is no such scale: %s", string(d.Scale)))
	case !slices.Contains([]Grain{Day, Week, Month, Quarter, Year}, s.Grain):
		return refuse("grain_unknown", base.T("Diese Länge der Perioden gibt es nicht: %s", "There is no such length of periods: %s", string(s.Grain)))
	case !slices.Contains([]Class{Planned, Retrospective, Exploratory}, d.Class):
		return refuse("class_unknown", base.T("Diese Klasse eines Plans gibt es nicht: %s", "There is no such class of a plan: %s", string(d.Class)))
	case s.Negative != nil && len(s.Negative) != n:
		return refuse("negative_length", base.T("Die Kennzahl, die sich nicht bewegen sollte, hat eine andere Zahl von Perioden.", "The metric that should not move has another number of periods."))
	}
	for _, o := range s.Observations {
		if len(o.Controls) != len(s.Controls) {
			return refuse("controls_length", base.T("In %s fehlt der Wert einer Vergleichsreihe.", "The value of a control is missing in %s.", o.Label))
		}
	}
	return nil
}
