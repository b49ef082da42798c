package process

import (
	"math"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

// coarseMix is the share of cases with rare variants from which on the mix is called coarse.
const coarseMix = 0.3

// spell writes seconds without sign in the unit that people would choose for the largest of them.
func spell(seconds, largest float64) base.Text {
	number := func(per float64) base.Number { return base.Number{Value: math.Abs(seconds) / per, Decimals: 1} }
	switch largest = math.Abs(largest); {
	case largest < 60:
		return base.T("%s Sek.", "%s s", number(1))
	case largest < 3600:
		return base.T("%s Min.", "%s min", number(60))
	case largest < 48*3600:
		return base.T("%s Std.", "%s h", number(3600))
	}
	return base.T("%s Tage", "%s days", number(86400))
}

// signed is spell with the sign in front.
func signed(seconds, largest float64) base.Text {
	t, sign := spell(seconds, largest), "+"
	if seconds < 0 {
		sign = "−"
	}
	return base.Text{De: sign + t.De, En: sign + t.En}
}

// compareSentence is the first thing that is said: whether the process got faster, and how much of it comes from other
// cases.
func compareSentence(process string, c *Comparison) base.Text {
	m := c.Mix
	if m == nil {
		return base.T("Für einen Vergleich fehlen Vorgänge in einem der Zeiträume.", "There are too few cases in one of the periods for a comparison.")
	}
	when := whenText(c)
	t := m.Total
	switch {
	case t.High < 0:
		return join(base.T("%s ist „%s“ im Mittel %s schneller", "%s “%s” is %s faster on average", when, process, spell(t.Seconds, t.Seconds)), mixClause(m))
	case t.Low > 0:
		return join(base.T("%s ist „%s“ im Mittel %s langsamer", "%s “%s” is %s slower on average", when, process, spell(t.Seconds, t.Seconds)), mixClause(m))
	}
	width := math.Max(math.Abs(t.Low), math.Abs(t.High))
	return base.T("%s ist die mittlere Durchlaufzeit von „%s“ nicht erkennbar anders (%s, 95-%%-Bereich von %s bis %s).",
		"%s the mean lead time of “%s” is not visibly different (%s, 95%% interval from %s to %s).",
		when, process, signed(t.Seconds, width), signed(t.Low, width), signed(t.High, width))
}

func join(a, b base.Text) base.Text { return base.Text{De: a.De + b.De, En: a.En + b.En} }

func whenText(c *Comparison) base.Text {
	if c.A.To == c.B.From {
		return base.T("Seit dem %s", "Since %s", c.B.From.Label())
	}
	span := period.Period{From: c.B.From, To: c.B.To}
	return base.T("Im Zeitraum %s", "In the period %s", span.Label())
}

// mixClause says what the mix of the cases did to a certain change.
func mixClause(m *ComparedMix) base.Text {
	t, x := m.Total.Seconds, m.Mix
	harder := base.T("schwerere", "harder")
	if x.Seconds < 0 {
		harder = base.T("leichtere", "easier")
	}
	switch {
	case x.Low <= 0 && x.High >= 0:
		return base.T("; die Mischung der Fälle trägt dazu nicht erkennbar bei.", "; the mix of cases does not visibly contribute.")
	case (x.Seconds < 0) == (t < 0):
		return base.T("; davon %s durch %s Fälle.", "; %s of it by %s cases.", spell(x.Seconds, t), harder)
	case x.Seconds > 0:
		return base.T(", obwohl die Fälle schwerer wurden; bei gleichen Fällen wären es %s.", ", although the cases got harder; with the same cases it would be %s.", spell(m.Within.Seconds, t))
	}
	return base.T(", obwohl die Fälle leichter wurden; bei gleichen Fällen wären es %s.", ", although the cases got easier; with the same cases it would be %s.", spell(m.Within.Seconds, t))
}

func (v *view) compareRemarks(c *Comparison, f Filter) base.Remarks {
	out := base.Remarks{}
	least := min(c.A.Cases, c.B.Cases)
	switch {
	case least == 0:
		out.Add("no_cases", base.T("In einem der Zeiträume endet kein Vorgang.", "In one of the periods no case ends."))
	case least < fewCases:
		out.Add("few_cases", base.N(least, base.T("Ein Zeitraum hat nur 1 Vorgang: Mediane und Anteile sind unsicher.", "One period has only 1 case: medians and shares are uncertain."),
			base.T("Ein Zeitraum hat nur %d Vorgänge: Mediane und Anteile sind unsicher.", "One period has only %d cases: medians and shares are uncertain.", least)))
	}
	if c.Tests > 1 {
		out.Add("many_tests", base.T("%d Vergleiche zugleich: Als verschieden gilt nur, was nach der Korrektur dafür mit höchstens 5 %% Irrtum bleibt.",
			"%d comparisons at once: only what remains after the correction for that with at most 5%% errors counts as different.", c.Tests))
	}
	if m := c.Mix; m != nil && math.Max(m.RestA, m.RestB) > coarseMix {
		out.Add("mix_coarse", base.T("%s %% der Vorgänge haben seltene Abläufe, die nur gemeinsam verglichen werden; der Anteil der Mischung ist grob.",
			"%s%% of the cases have rare variants, which are compared together only; the part of the mix is coarse.", base.Number{Value: 100 * math.Max(m.RestA, m.RestB)}))
	}
	if _, set := v.settings.Ends(v.process); set && f.state() == "" {
		out.Add("open_included", base.T("Offene Vorgänge zählen mit, ihre Durchlaufzeit ist noch zu kurz. Der Filter „nur abgeschlossene“ nimmt sie heraus.",
			"Open cases are included, their lead time is still too short. The filter “only complete ones” takes them out."))
	}
	out.Add("not_causal", base.T("Der Vergleich beschreibt zwei Zeiträume; woran der Unterschied liegt, zeigt erst eine Wirkungsmessung.",
		"The comparison describes two periods; only a measured effect shows what caused the difference."))
	v.addRules(&out)
	v.addStale(&out)
	return out
}
