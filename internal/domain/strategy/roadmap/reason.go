package roadmap

import (
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/portfolio"
)

// quarter is the name of a period of the problem.
func (t *task) quarter(p int) base.Text {
	if p < 1 || p > len(t.Quarters) {
		return base.T("%d", "%d", p)
	}
	return base.Text{De: t.Quarters[p-1].De, En: t.Quarters[p-1].En}
}

// money says an amount of the objective.
func (t *task) money(v float64) base.Text {
	return base.T("%s\u00a0%s", "%s\u00a0%s", base.Number{Value: v}, t.Currency)
}

// reason words a reason in quarters and money.
func (t *task) reason(id string, r portfolio.Reason) base.Text {
	if r.Kind == portfolio.Lacks && r.Lacking != nil {
		what := base.T("%s Personentage", "%s person-days", base.Number{Value: *r.Lacking, Decimals: 1})
		if currency, is := strings.CutPrefix(r.Resource, "Budget ("); is {
			return base.T("In %s fehlen %s Budget.", "In %s, %s of budget are lacking.", t.quarter(r.Period),
				base.T("%s\u00a0%s", "%s\u00a0%s", base.Number{Value: *r.Lacking}, strings.TrimSuffix(currency, ")")))
		}
		return base.T("In %s fehlen %s von „%s“.", "In %s, %s of “%s” are lacking.", t.quarter(r.Period), what, r.Resource)
	}
	return t.spoken(r.Text)
}

// change says what would have to change so that an initiative is in the plan.
func (t *task) change(id string, e *portfolio.Explanation) base.Text {
	switch {
	case e.Rise == nil || *e.Rise <= 0:
		return base.Text{}
	case len(e.Leave) > 0:
		return base.T("Sein Wert müsste um %s steigen; dafür fiele weg: %s.", "Its worth would have to rise by %s; this would leave the plan: %s.", t.money(*e.Rise), strings.Join(e.Leave, ", "))
	}
	return base.T("Sein Wert müsste um %s steigen.", "Its worth would have to rise by %s.", t.money(*e.Rise))
}

// spoken replaces the numbers of periods by the names of the quarters.
func (t *task) spoken(text base.Text) base.Text {
	out := text
	for p := len(t.Quarters); p >= 1; p-- {
		n := base.FormatInt(int64(p), base.German)
		out.De = strings.ReplaceAll(out.De, "Periode "+n, t.Quarters[p-1].De)
		out.En = strings.ReplaceAll(out.En, "period "+n, t.Quarters[p-1].En)
	}
	return out
}
