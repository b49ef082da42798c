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
		a.Sentence = base.T("Kleinste nachweisbare Veränderung: nach %s %s, nach %s %s.", "Smallest provable change: %[2]s after %[1]s, %[4]s after %[3]s.",
			spanOf(o.u.grain, first.After), o.u.say(first.Smallest), spanOf(o.u.grain, last.After), o.u.say(last.Smallest))
	case a.Needed != nil:
		a.Sentence = base.T("Nachweisbar: Die versprochene Veränderung (%s) zeigt sich nach %s mit 80 %% Sicherheit.",
			"Provable: the promised change (%s) shows after %s with 80 %% certainty.", o.u.say(*a.Promised), spanOf(o.u.grain, *a.Needed))
	default:
		last := a.Curve[len(a.Curve)-1]
		a.Sentence = base.T("Mit Ihren Daten nicht nachweisbar: Versprochen: %s. Die kleinste Veränderung, die sich auch nach %s zeigen ließe: %s.",
			"Not provable with your data: promised: %s. The smallest change that would show even after %s: %s.", o.u.say(math.Abs(*a.Promised)), spanOf(o.u.grain, last.After), o.u.say(last.Smallest))
	}
}

var spans = map[Grain]base.Text{
	Day: {De: "Tagen", En: "days"}, Week: {De: "Wochen", En: "weeks"}, Month: {De: "Monaten", En: "months"},
	Quarter: {De: "Quartalen", En: "quarters"}, Year: {De: "Jahren", En: "years"},
}

// spanOf names several periods as they stand after "nach" and "after".
func spanOf(g Grain, n int) base.Text { return base.T("%s %s", "%s %s", n, spans[g]) }
