package finding

import (
	"strings"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/assumption"
)

// assumptionsLink is where handling times and rates are entered.
const assumptionsLink = "/einstellungen/annahmen"

// Prices are the assumptions that turn repeated work into hours and euros.
type Prices struct {
	Handling map[string]map[string]assumption.HandlingTime // by process and activity
	Rate     *assumption.Rate                              // of an hour, nil when there is none
}

// priced is a draft with its size in the unit that the assumptions allow.
type priced struct {
	Draft
	Low, High *float64
	Euros     *Euros
	Unknown   base.Text // why there are no euros
	Link      string
}

// price turns the repeated steps of a draft into working hours when the handling time of each is known, and those into
// euros when there is a rate: low is count times the least minutes and the least rate, high the most of both.
func (p Prices) price(d Draft) priced {
	out := priced{Draft: d}
	if len(d.Work) == 0 {
		out.Unknown = d.NoEuros
		return out
	}
	var span assumption.Range
	var missing []string
	for _, w := range d.Work {
		h, ok := p.Handling[d.Process][w.Activity]
		if !ok {
			missing = append(missing, "„"+w.Activity+"“")
			continue
		}
		n := d.perYear(float64(w.Count)) / 60
		span.Min, span.Likely, span.Max = span.Min+n*h.Min, span.Likely+n*h.Likely, span.Max+n*h.Max
	}
	if len(missing) > 0 {
		list := strings.Join(missing, ", ")
		out.Unknown = base.T("Aufwand unbekannt: keine Bearbeitungszeit für %s.", "Effort unknown: no handling time for %s.", list)
		out.Link = assumptionsLink
		return out
	}
	out.Unit, out.Size, out.Low, out.High = WorkingHours, span.Likely, &span.Min, &span.Max
	out.Formula = p.workFormula(d, span)
	if p.Rate == nil {
		out.Unknown = base.T("Aufwand in Euro unbekannt: kein Stundensatz.", "Effort in euros unknown: no hourly rate.")
		out.Link = assumptionsLink
		return out
	}
	rate, sign := p.Rate.Range(), base.CurrencySign(p.Rate.Currency)
	out.Euros = &Euros{Low: span.Min * rate.Min, Likely: span.Likely * rate.Likely, High: span.Max * rate.Max, Currency: p.Rate.Currency}
	out.Formula = base.T("%s; × %s bis %s %s je Stunde = %s bis %s %s im Jahr", "%s; × %s to %s %s an hour = %s to %s %s a year",
		out.Formula, oneDecimal(rate.Min), oneDecimal(rate.Max), sign, whole(out.Euros.Low), whole(out.Euros.High), sign)
	return out
}

func (p Prices) workFormula(d Draft, span assumption.Range) base.Text {
	var sum base.Text
	for i, w := range d.Work {
		h := p.Handling[d.Process][w.Activity]
		one := base.T("%s × „%s“ zu %s bis %s Min. (%s, %s)", "%s × “%s” at %s to %s min (%s, %s)",
			w.Count, w.Activity, oneDecimal(h.Min), oneDecimal(h.Max), h.Source, day(h.Date))
		if i == 0 {
			sum = one
			continue
		}
		sum = base.T("%s + %s", "%s + %s", sum, one)
	}
	return base.T("%s, ÷ %s = %s bis %s Arbeitsstunden im Jahr", "%s, ÷ %s = %s to %s working hours a year",
		sum, d.overYear(), whole(span.Min), whole(span.Max))
}

// day writes an ISO day as the language does.
func day(iso string) base.Text {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return base.T(iso, iso)
	}
	return base.T(t.Format("02.01.2006"), iso)
}
