package did

import "lotse.dev/lotse/internal/base"

// Levels at which a test speaks.
const (
	level      = 0.05
	driftLevel = 0.10 // a drift before the start is looked for more strictly than an effect
)

// fewUnits is the number of units on a side below which an interval across units is called unsure.
const fewUnits = 5

func (r *Result) diagnose(cohorts int) {
	r.Diagnostics = []Diagnostic{r.intervalSentence(), r.randomSentence(), r.driftSentence(), r.controlSentence(cohorts), r.unitSentence()}
	if cohorts > 1 {
		r.Remarks.Add("two_way_staggered", base.T("Bei mehreren Beginnen nimmt die übliche Regression schon betroffene Einheiten zum Vergleich; ihr Wert steht nur daneben.",
			"With several starts the usual regression compares with units that are treated already; its figure stands beside only."))
	}
}

func say(code string, held *bool, text base.Text) Diagnostic {
	return Diagnostic{Code: code, Held: held, Text: text}
}

func (r *Result) intervalSentence() Diagnostic {
	if r.Low == nil {
		return say("interval", nil, base.T("Wie unsicher die Schätzung ist, lässt sich mit so wenigen Einheiten und Perioden nicht sagen.", "How unsure the estimate is cannot be said with so few units and periods."))
	}
	held := *r.Low > 0 || *r.High < 0
	text := base.T("Die Null liegt im 95-%-Bereich: Die Daten zeigen keinen sicheren Unterschied.", "Zero lies within the 95 % interval: the data show no certain difference.")
	if held {
		text = base.T("Der 95-%-Bereich schließt die Null aus.", "The 95 % interval excludes zero.")
	}
	switch r.Method {
	case OneTreated:
		text = join2(text, base.T("Nur eine Einheit ist betroffen; ihre Streuung ist die der Vergleichseinheiten.", "Only one unit is treated; its spread is taken from the controls."))
	case OneControl:
		text = join2(text, base.T("Es gibt nur eine Vergleichseinheit; ihre Streuung ist die der betroffenen.", "There is only one control; its spread is taken from the treated units."))
	case OverTime:
		text = join2(text, base.T("Der Bereich stammt aus dem Verlauf über die Zeit, denn keine zweite Einheit zeigt die Streuung.", "The interval comes from the course over time, for no second unit shows the spread."))
	}
	return say("interval", &held, text)
}

func join2(a, b base.Text) base.Text { return base.Text{De: a.De + " " + b.De, En: a.En + " " + b.En} }

func (r *Result) randomSentence() Diagnostic {
	x := r.Randomisation
	if x == nil {
		return say("randomisation", nil, base.T("Die Gegenprobe durch Vertauschen der Einheiten ist hier nicht möglich.", "The check by exchanging units is not possible here."))
	}
	held := x.P <= level
	var heldPtr *bool
	if x.Floor <= level {
		heldPtr = &held
	}
	text := base.T("Vertauscht man, welche Einheiten betroffen sind, ist der Unterschied in %d von %d Zuordnungen mindestens so groß.", "Exchanging which units are treated, the difference is at least as large in %d of %d assignments.", x.Exceeding, x.Assignments)
	if heldPtr == nil {
		text = join2(text, base.T("So wenige Zuordnungen können einen Zufall nicht ausschließen.", "So few assignments cannot exclude chance."))
	}
	return say("randomisation", heldPtr, text)
}

func (r *Result) driftSentence() Diagnostic {
	x := r.Drift
	switch {
	case x == nil:
		return say("drift", nil, base.T("Ob beide Gruppen vor dem Beginn gleich verliefen, lässt sich nicht prüfen: Es braucht mindestens zwei Perioden davor und mehrere Einheiten.",
			"Whether both groups moved alike before the start cannot be checked: at least two periods before and several units are needed."))
	case x.Floor > driftLevel:
		return say("drift", nil, base.T("Ob beide Gruppen vor dem Beginn gleich verliefen, lässt sich mit so wenigen Einheiten nicht prüfen.", "Whether both groups moved alike before the start cannot be checked with so few units."))
	}
	held := x.P > driftLevel
	if held {
		return say("drift", &held, base.T("Vor dem Beginn verliefen beide Gruppen nicht erkennbar verschieden.", "Before the start both groups did not move visibly apart."))
	}
	return say("drift", &held, base.T("Schon vor dem Beginn verliefen die Gruppen verschieden; der Vergleich ist dann nicht belastbar.", "The groups moved apart already before the start; the comparison cannot be relied on then."))
}

func (r *Result) controlSentence(cohorts int) Diagnostic {
	held := true
	if cohorts > 1 {
		return say("controls", &held, base.T("Verglichen wird nur mit Einheiten, die nicht oder noch nicht betroffen sind.", "The comparison is only with units that are not treated or not treated yet."))
	}
	return say("controls", &held, base.T("Verglichen wird nur mit Einheiten, die nie betroffen sind.", "The comparison is only with units that are never treated."))
}

func (r *Result) unitSentence() Diagnostic {
	held := r.Treated >= fewUnits && (r.Controls >= fewUnits || r.Controls == 0)
	text := base.T("Betroffene Einheiten: %d, Vergleichseinheiten: %d.", "Treated units: %d, controls: %d.", r.Treated, r.Controls)
	if !held {
		text = join2(text, base.T("Bei so wenigen Einheiten trägt ein einzelner Ausreißer das Ergebnis.", "With so few units a single outlier carries the result."))
	}
	return say("units", &held, text)
}
