package causal

import (
	"math"

	"lotse.dev/lotse/internal/base"
)

// eventsWithin is how many periods from the start another event may not come near.
const eventsWithin = 2

// judge writes down each condition with whether it is met, and what follows. Belegt needs every condition; one that
// could not be looked at is not met, except unit_root, which only warns. Kein Hinweis needs the whole interval within
// the band that does not matter, whether it excludes zero or not: what does not matter is no effect.
func (j *job) judge() {
	e := j.effect
	j.reason(j.planned(), j.length(), j.sample())
	if j.fit != nil {
		j.reason(j.excludesZero(), j.placebo(), j.direction(), j.checks(), j.negativeHeld(), j.season(), j.unitRoot())
	}
	j.reason(j.events(), j.band())
	proven := j.fit != nil
	for _, r := range e.Reasons {
		if r.Code != "unit_root" && (r.Met == nil || !*r.Met) {
			proven = false
		}
	}
	switch {
	case j.fit != nil && j.withinBand():
		e.Verdict = NoSign
	case proven:
		e.Verdict = Proven
	}
}

// reason adds conditions; those without a code do not apply.
func (j *job) reason(reasons ...Reason) {
	for _, r := range reasons {
		if r.Code != "" {
			j.effect.Reasons = append(j.effect.Reasons, r)
		}
	}
}

func (j *job) planned() Reason {
	r := Reason{Code: "planned", Met: truth(j.design.Class != Exploratory)}
	switch j.design.Class {
	case Planned:
		r.Text = base.T("Der Plan war unterschrieben, bevor es losging.", "The plan was signed before the start.")
	case Retrospective:
		r.Text = base.T("Der Plan war unterschrieben, bevor die Zahlen danach geladen waren (rückblickend geplant).", "The plan was signed before the figures after the start were loaded (planned in retrospect).")
	default:
		r.Text = base.T("Es gibt keinen Plan, der vorher unterschrieben war: eine Erkundung, kein Beleg.", "There is no plan that was signed before: an exploration, not a proof.")
	}
	return r
}

func (j *job) length() Reason {
	before, after := Least(j.design.Model)
	r := Reason{Code: "length", Met: truth(j.u.longEnough(j.design.Model)),
		Note: base.T("%s Perioden davor (nötig %s), %s danach (nötig %s), längste Lücke %s (höchstens %s)",
			"%s periods before (needed %s), %s after (needed %s), longest gap %s (at most %s)", j.u.before, before, j.u.after, after, j.u.gap, longestGap)}
	switch {
	case *r.Met:
		r.Text = base.T("Die Reihe ist lang genug.", "The series is long enough.")
	case j.u.before < before:
		r.Text = base.T("Reihe zu kurz: Vor dem Beginn liegen zu wenige Perioden.", "Series too short: too few periods lie before the start.")
	case j.u.after < after:
		r.Text = base.T("Reihe zu kurz: Nach dem Beginn liegen noch zu wenige Perioden.", "Series too short: too few periods lie after the start yet.")
	default:
		r.Text = base.T("In der Reihe fehlen mehrere Perioden hintereinander.", "Several periods in a row are missing.")
	}
	return r
}

func (j *job) sample() Reason {
	if j.design.Minimum <= 0 {
		return Reason{}
	}
	thin := j.u.thin(j.design.Minimum)
	r := Reason{Code: "sample", Met: truth(len(thin) == 0), Text: base.T("Jede Periode hat genug Fälle.", "Every period has enough cases."),
		Note: base.T("mindestens %s Fälle je Periode", "at least %s cases per period", j.design.Minimum)}
	if len(thin) > 0 {
		r.Text = base.N(len(thin), base.T("Eine Periode hat zu wenige Fälle.", "One period has too few cases."),
			base.T("%s Perioden haben zu wenige Fälle.", "%s periods have too few cases.", len(thin)))
		r.Note = base.T("unter %s Fällen: %s", "below %s cases: %s", j.design.Minimum, listed(thin))
	}
	return r
}

func (j *job) excludesZero() Reason {
	low, high := j.fit.interval()
	r := Reason{Code: "interval", Met: truth(low > 0 || high < 0), Note: j.intervalNote()}
	if *r.Met {
		r.Text = base.T("Die Veränderung ist größer, als der Zufall erklärt: Der Bereich der Unsicherheit enthält die Null nicht.",
			"The change is larger than chance explains: the range of uncertainty does not contain zero.")
	} else {
		r.Text = base.T("Die Veränderung kann Zufall sein: Der Bereich der Unsicherheit enthält die Null.", "The change can be chance: the range of uncertainty contains zero.")
	}
	return r
}

func (j *job) intervalNote() base.Text {
	e := j.effect
	if e.Estimate == nil || e.Low == nil || e.High == nil || e.P == nil {
		return base.T("zu groß für eine Zahl", "too large for a number")
	}
	note := base.T("%s, Bereich %s bis %s, %s", "%s, range %s to %s, %s", j.u.say(*e.Estimate), j.u.say(*e.Low), j.u.say(*e.High), probability(*e.P))
	if e.Smallest != nil {
		return base.T("%s; ab %s hätte sich eine Veränderung mit 80 %% Sicherheit gezeigt", "%s; from %s on a change would have shown with 80 %% certainty", note, j.u.say(*e.Smallest))
	}
	return note
}

func (j *job) placebo() Reason {
	p := j.effect.Placebo
	r := Reason{Code: "placebo"}
	if p.Dates == 0 {
		r.Text = base.T("An keinem früheren Zeitpunkt ließ sich probehalber dasselbe rechnen.", "The same could not be computed at any earlier date as a trial.")
		return r
	}
	r.Met = truth(p.Dates >= placeboDates && *p.P <= placeboMost)
	r.Note = base.T("%s von %s früheren Zeitpunkten ebenso stark oder stärker, das wahre Datum mitgezählt %s %% (p = %s); belegt wird bis %s %%",
		"%s of %s earlier dates as strong or stronger, with the true date %s %% (p = %s); proven up to %s %%", p.Exceeding, p.Dates, base.Number{Value: 100 * *p.P, Decimals: 1},
		base.Number{Value: *p.P, Decimals: 3}, base.Number{Value: 100 * placeboMost})
	switch {
	case *r.Met:
		r.Text = base.T("Zu früheren Zeitpunkten, an denen nichts geschah, zeigt sich nichts Vergleichbares.", "Earlier dates at which nothing happened show nothing comparable.")
	case p.Dates < placeboDates:
		r.Text = base.T("Es gibt zu wenige frühere Zeitpunkte zum Vergleich.", "There are too few earlier dates to compare with.")
	default:
		r.Text = base.T("Auch frühere Zeitpunkte, an denen nichts geschah, zeigen Veränderungen dieser Stärke.", "Earlier dates at which nothing happened show changes of this strength too.")
	}
	return r
}

func (j *job) direction() Reason {
	r := Reason{Code: "direction"}
	if j.design.Expected == nil || *j.design.Expected == 0 {
		r.Text = base.T("Es ist keine Richtung geplant, an der sich die Veränderung messen ließe.", "No direction is planned that the change could be measured by.")
		return r
	}
	r.Met = truth(sameSign(*j.design.Expected, j.fit.effect))
	r.Note = base.T("geplant %s", "planned %s", j.u.say(*j.design.Expected))
	if *r.Met {
		r.Text = base.T("Die Veränderung geht in die geplante Richtung.", "The change has the planned direction.")
	} else {
		r.Text = base.T("Die Veränderung geht nicht in die geplante Richtung.", "The change does not have the planned direction.")
	}
	return r
}

func (j *job) checks() Reason {
	r := Reason{Code: "checks", Met: truth(true), Text: base.T("Die Richtung bleibt ohne die Anlaufzeit und ohne jede einzelne Periode dieselbe.", "The direction stays the same without the first periods and without any single one.")}
	for _, c := range j.effect.Checks {
		switch {
		case c.Code == "negative":
		case c.Held == nil && *r.Met:
			r.Met, r.Text = nil, base.T("Nicht alle Gegenproben ließen sich rechnen.", "Not all counter-checks could be computed.")
			return r
		case c.Held != nil && !*c.Held && c.Code == "wash_out":
			r.Met, r.Text = truth(false), base.T("Ohne die ersten %s Perioden nach dem Beginn kehrt sich die Richtung um.", "Without the first %s periods after the start the direction turns round.", washOut)
			return r
		case c.Held != nil && !*c.Held:
			r.Met, r.Text = truth(false), base.T("Die Richtung hängt an einer einzelnen Periode.", "The direction depends on a single period.")
			return r
		}
	}
	return r
}

func (j *job) negativeHeld() Reason {
	for _, c := range j.effect.Checks {
		if c.Code != "negative" {
			continue
		}
		r := Reason{Code: "negative", Met: c.Held, Text: c.Text}
		if c.Held == nil {
			r.Text = base.T("Die Kennzahl, die sich nicht bewegen sollte, ließ sich nicht auswerten.", "The metric that should not move could not be evaluated.")
			return r
		}
		if c.Estimate != nil && c.Low != nil && c.High != nil {
			r.Note = base.T("%s, Bereich %s bis %s", "%s, range %s to %s", j.u.say(*c.Estimate), j.u.say(*c.Low), j.u.say(*c.High))
		}
		if !*c.Held {
			r.Text = base.T("Auch eine Kennzahl, die sich nicht bewegen sollte, hat sich bewegt: Etwas anderes wirkte mit.", "A metric that should not move moved as well: something else had a part in it.")
		}
		return r
	}
	return Reason{}
}

func (j *job) season() Reason {
	if yearOf(j.u.grain) == 0 {
		return Reason{}
	}
	unseen := seasonUnseen(j.u)
	r := Reason{Code: "season", Met: truth(!unseen || len(j.u.controls) > 0), Note: seasonNote(j.terms.season)}
	switch {
	case !unseen:
		r.Text = base.T("Die Zeit davor umfasst ein ganzes Jahr, sodass die Jahreszeit geprüft ist.", "The time before covers a whole year, so that the season is checked.")
	case *r.Met:
		r.Text = base.T("Die Jahreszeit ist durch die Vergleichsreihe berücksichtigt.", "The control accounts for the season.")
	default:
		r.Text = seasonRemark
	}
	return r
}

func seasonNote(pairs int) base.Text {
	if pairs == 0 {
		return base.T("ohne wiederkehrende Schwingung im Modell", "no recurring swing in the model")
	}
	return base.N(pairs, base.T("eine wiederkehrende Schwingung im Modell", "one recurring swing in the model"),
		base.T("%s wiederkehrende Schwingungen im Modell", "%s recurring swings in the model", pairs))
}

func (j *job) unitRoot() Reason {
	r := Reason{Code: "unit_root", Note: Neighbours(j.fit.rho)}
	if j.fit.root < rootLeast {
		r.Text = base.T("Warnung: Ob die Reihe nach einer Abweichung zu ihrem Niveau zurückkehrt, ist nicht sicher.", "Warning: it is not certain that the series returns to its level after a deviation.")
		return r
	}
	r.Met, r.Text = truth(true), base.T("Die Reihe kehrt nach Abweichungen zu ihrem Niveau zurück.", "The series returns to its level after deviations.")
	return r
}

// Neighbours says in words how much a period takes from the one before, the correlation ρ of their deviations.
func Neighbours(rho float64) base.Text {
	number := base.Number{Value: rho, Decimals: 2}
	switch size := math.Abs(rho); {
	case size < 0.2:
		return base.T("Eine Periode sagt kaum etwas über die nächste (ρ = %s)", "a period says hardly anything about the next (ρ = %s)", number)
	case size < 0.5:
		return base.T("Eine Periode sagt etwas über die nächste (ρ = %s)", "a period says something about the next (ρ = %s)", number)
	}
	return base.T("Eine Periode sagt viel über die nächste (ρ = %s)", "a period says much about the next (ρ = %s)", number)
}

func (j *job) events() Reason {
	var de, en []string
	for _, e := range j.design.Events {
		if e.At >= j.u.at-eventsWithin && e.At <= j.u.at+eventsWithin {
			de, en = append(de, e.Text.De), append(en, e.Text.In(base.English))
		}
	}
	r := Reason{Code: "events", Met: truth(len(de) == 0), Text: base.T("Um den Beginn herum ist nichts anderes vermerkt.", "Nothing else is recorded around the start.")}
	if len(de) > 0 {
		r.Text = base.T("Um den Beginn herum geschah noch etwas anderes, das die Veränderung erklären kann.", "Something else happened around the start that can explain the change.")
		r.Note = base.Text{De: listed(de), En: listed(en)}
	}
	return r
}

func (j *job) withinBand() bool {
	e, b := j.effect, j.design.Band
	return b > 0 && e.Low != nil && e.High != nil && *e.Low >= -b && *e.High <= b
}

func (j *job) band() Reason {
	if !(j.design.Band > 0) || j.fit == nil {
		return Reason{}
	}
	r := Reason{Code: "band", Met: truth(!j.withinBand()), Text: base.T("Eine Veränderung, die ins Gewicht fällt, ist nicht ausgeschlossen.", "A change that matters is not excluded."),
		Note: base.T("nicht ins Gewicht fällt, was innerhalb ±%s liegt", "what lies within ±%s does not matter", j.u.say(j.design.Band))}
	if !*r.Met {
		r.Text = base.T("Der ganze Bereich der Unsicherheit liegt dort, wo eine Veränderung nicht ins Gewicht fällt.", "The whole range of uncertainty lies where a change does not matter.")
	}
	return r
}

// figure is a number with three figures that count, whole from a thousand on.
func figure(x float64) base.Number {
	if x == 0 || !isFinite(x) {
		return base.Number{}
	}
	size := int(math.Floor(math.Log10(math.Abs(x))))
	if size == 2 {
		return base.Number{Value: x, Decimals: 1}
	}
	return base.Number{Value: x, Decimals: min(max(2-size, 0), 8)}
}

// probability writes a p-value as people understand it, with its sign for those who look for it.
func probability(p float64) base.Text {
	if p < 0.001 {
		return base.T("durch Zufall allein in weniger als 1 von 1.000 Fällen (p < 0,001)", "by chance alone in fewer than 1 of 1,000 cases (p < 0.001)")
	}
	return base.T("durch Zufall allein in %s %% der Fälle (p = %s)", "by chance alone in %s %% of cases (p = %s)", base.Number{Value: 100 * p, Decimals: 1}, base.Number{Value: p, Decimals: 3})
}

// listed joins names, the first ones where there are many.
func listed(names []string) string {
	const most = 6
	out := ""
	for i, n := range names {
		if i == most {
			return out + ", …"
		}
		if i > 0 {
			out += ", "
		}
		out += n
	}
	return out
}
