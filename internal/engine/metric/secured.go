package metric

import (
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
)

// A comparison of figures that look back into a member's history is a change only where both periods look back about
// equally far: a customer who ordered before the data begin is taken for a new one, and the more often the less history
// lies before a period. The earlier period needs leastHistory days of data before it and likeHistory of what the later
// one has.
const (
	leastHistory = 365
	likeHistory  = 0.75
)

// manyOpen is the share of things under way in a period of which so many have not ended yet that durations of the
// period are too short to be compared.
const manyOpen = 0.05

// likeHistories says whether the history before two periods allows a comparison; metrics without history always do.
func (p *Plan) likeHistories(earlier, later period.Period) bool {
	if p.Definition.History == nil {
		return true
	}
	begin := p.Env.Calendar.DateOf(p.Bounds.First)
	before, after := int(earlier.From-begin), int(later.From-begin)
	return before >= leastHistory && float64(before) >= likeHistory*float64(after)
}

// shortHistory says why a comparison is left out.
func (p *Plan) shortHistory(earlier, later period.Period) (code string, text base.Text) {
	begin := p.Env.Calendar.DateOf(p.Bounds.First)
	return "comparison_short_history", base.T(
		"Vergleich mit %s unbekannt: Davor liegen %s Tage Daten, vor %s sind es %s. Verglichen wird, wenn vor dem früheren Zeitraum mindestens ein Jahr liegt und mindestens drei Viertel so viel wie vor dem späteren.",
		"Comparison with %s unknown: %s days of data lie before it, before %s it is %s. Periods are compared when at least a year lies before the earlier one and at least three quarters of what lies before the later one.",
		p.label(earlier), max(0, int(earlier.From-begin)), p.label(later), int(later.From-begin))
}

// addUnsecured says which comparisons are unknown or not secured, and why.
func (p *Plan) addUnsecured(r *base.Remarks, c *Compare) {
	if c != nil && c.Value != nil {
		later := period.Period{From: c.From, To: c.To}
		for _, d := range []*Difference{c.Previous, c.YearBefore} {
			if d == nil {
				continue
			}
			if earlier := (period.Period{From: d.From, To: d.To}); !p.likeHistories(earlier, later) {
				code, text := p.shortHistory(earlier, later)
				r.Add(code, text)
			}
		}
	}
	for _, span := range p.watched() {
		if u := p.underWay[span]; u.many() {
			code, text, link := p.openRemark(span, u)
			r.AddLink(code, text, link)
		}
	}
}

// label names a whole period as people do, and a cut one by its days.
func (p *Plan) label(span period.Period) base.Text {
	if p.Env.Calendar.Of(p.Question.Grain, span.From) != span {
		return span.Label()
	}
	return p.Env.Calendar.Label(p.Question.Grain, span)
}

// underWay counts the things that were under way in a period, and those of them that are still open.
type underWay struct {
	open, all int64
	known     bool // whether a thing is open; otherwise open counts those that may be
}

func (u underWay) many() bool { return u.open > 0 && float64(u.open) >= manyOpen*float64(u.all) }

// openRemark says how far durations of a period can be trusted.
func (p *Plan) openRemark(span period.Period, u underWay) (code string, text base.Text, link string) {
	share := base.Number{Value: 100 * float64(u.open) / float64(u.all), Decimals: 1}
	many := p.Definition.Each.Noun.Many
	if u.known {
		return "many_open", base.T("%s: %s laufende %s, davon noch nicht beendet: %s (%s %%). Wie lange diese dauern, ist noch unbekannt; die Dauern des Zeitraums sind eher zu kurz, ein Vergleich damit ist nicht gesichert.",
			"%s: %s %s under way, of which not ended yet: %s (%s %%). How long these take is not known yet; durations of the period tend to be too short, a comparison with it is not secured.",
			p.label(span), u.all, many, u.open, share), ""
	}
	return "open_unknown", base.T("%s: Ob die Dauern zu kurz sind, kann nicht beurteilt werden. %s laufende %s, davon mit letztem Ereignis kurz vor dem Ende der Daten: %s (%s %%); Endaktivitäten sind nicht festgelegt. Ein Vergleich damit ist nicht gesichert.",
		"%s: whether durations are too short cannot be judged. %s %s under way, of which with their last event shortly before the end of the data: %s (%s %%); no end activities are set. A comparison with it is not secured.",
		p.label(span), u.all, many, u.open, share), settingsLink
}
