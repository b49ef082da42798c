package finding

import (
	"slices"

	"lotse.dev/lotse/internal/base"
)

// detectPingPong finds pairs of activities between which cases go back and forth. A return is a step b a after an a;
// it is one step done again, so handling times turn returns into working hours. Its size in lead time is that of all
// legs of such runs, each leg once.
func detectPingPong(f *ProcessFacts) []Draft {
	var out []Draft
	all := f.Result.Summary.Cases
	for p, legs := range f.Returns {
		if p.from > p.to || !enough(legs.cases, all) {
			continue
		}
		a, b := f.Result.Activities[p.from].Name, f.Result.Activities[p.to].Name
		toB, toA := legs.count, int64(0)
		if other := f.Returns[passage{p.to, p.from}]; other != nil {
			toA = other.count
		}
		if toB > toA { // the step that is come back to first
			a, b, toA, toB = b, a, toB, toA
		}
		out = append(out, f.pingPong(a, b, toA, toB, legs))
	}
	slices.SortFunc(out, func(a, b Draft) int { return slices.Compare(a.Subject, b.Subject) }) // maps have no order
	return out
}

func (f *ProcessFacts) pingPong(a, b string, toA, toB int64, legs *back) Draft {
	all := f.Result.Summary.Cases
	d := Draft{Kind: KindPingPong, Subject: []string{a, b}, Cases: legs.cases, Unit: LeadTimeHours, Span: f.span(),
		Metric: "rework_share",
		Title:  base.T("Hin und Her zwischen „%s“ und „%s“", "Back and forth between “%s” and “%s”", a, b),
		Sentence: base.T("%s von %s Vorgängen (%s %%) gehen zwischen „%s“ und „%s“ hin und zurück, zusammen %s Rückläufe.",
			"%s of %s cases (%s %%) go back and forth between “%s” and “%s”, %s returns in all.",
			legs.cases, all, percent(float64(legs.cases)/float64(all)), a, b, toA+toB),
	}
	for _, w := range []Work{{a, toA}, {b, toB}} {
		if w.Count > 0 {
			d.Work = append(d.Work, w)
		}
	}
	d.Size = d.perYear(legs.hours)
	d.Formula = base.T("%s Std. auf den Wegen hin und zurück, in %s Vorgängen ÷ %s = %s Std. Durchlaufzeit im Jahr",
		"%s h on the ways there and back, in %s cases ÷ %s = %s h of lead time a year",
		whole(legs.hours), legs.cases, d.overYear(), whole(d.Size))
	d.Rows = Rows{
		SQL: "WITH " + steps(f.Schema) + " SELECT case_id, count(*) FILTER (WHERE activity = a2) AS n, sum(elapsed) / 3.6e9 AS amount" +
			" FROM steps WHERE a1 <> activity AND a1 IN (?, ?) AND activity IN (?, ?) AND (coalesce(a2 = activity, false) OR coalesce(z1 = a1, false))" +
			" GROUP BY case_id ORDER BY amount DESC, case_id",
		Args: []any{a, b, a, b}, Noun: caseNoun,
		Amount: base.T("Std. auf den Wegen hin und zurück", "h on the ways there and back"),
	}
	return d
}
