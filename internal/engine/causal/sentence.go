package causal

import (
	"math"

	"lotse.dev/lotse/internal/base"
)

// speak says the answer in one sentence.
func (o *outlook) speak() {
	a := o.answer
	switch {
	case len(a.Curve) == 0:
		a.Sentence = base.T("Ob sich eine Veränderung nachweisen lässt, kann aus dieser Reihe nicht gesagt werden.", "Whether a change can be proven cannot be said from this series.")
	case a.Promised == nil || *a.Promised == 0:
		first, last := a.Curve[0], a.Curve[len(a.Curve)-1]
		a.Sentence = base.T("Nachweisbar ist nach %s eine Veränderung ab %s, nach %s ab %s.", "Provable is a change from %[2]s after %[1]s, from %[4]s after %[3]s.",
			spanOf(o.u.grain, first.After), o.u.say(first.Smallest), spanOf(o.u.grain, last.After), o.u.say(last.Smallest))
	case a.Needed != nil:
		a.Sentence = base.T("Nachweisbar: Die versprochene Veränderung von %s zeigt sich nach %s mit 80 %% Sicherheit.",
			"Provable: the promised change of %s shows after %s with 80 %% certainty.", o.u.say(*a.Promised), spanOf(o.u.grain, *a.Needed))
	default:
		last := a.Curve[len(a.Curve)-1]
		a.Sentence = base.T("Mit Ihren Daten nicht nachweisbar: Versprochen ist eine Veränderung von %s, auch nach %s zeigt sich erst eine ab %s.",
			"Not provable with your data: promised is a change of %s, even after %s only one from %s shows.", o.u.say(math.Abs(*a.Promised)), spanOf(o.u.grain, last.After), o.u.say(last.Smallest))
	}
}

var spans = map[Grain]base.Text{
	Day: {De: "Tagen", En: "days"}, Week: {De: "Wochen", En: "weeks"}, Month: {De: "Monaten", En: "months"},
	Quarter: {De: "Quartalen", En: "quarters"}, Year: {De: "Jahren", En: "years"},
}

// spanOf names several periods as they stand after "nach" and "after".
func spanOf(g Grain, n int) base.Text { return base.T("%s %s", "%s %s", n, spans[g]) }
