package finding

import (
	"math"

	"lotse.dev/lotse/internal/base"
)

// Waiting of an edge is worth a finding from this share of the time of all cases on.
const leastWaiting = 0.01

// detectWaiting finds paths on which cases wait longer than the median of the same path. Half of the passages show that
// the median can be kept, so what the others take beyond it is the potential. Steps that follow themselves are left to
// the rework detector.
func detectWaiting(f *ProcessFacts) []Draft {
	var out []Draft
	s := f.Result.Summary
	total := s.Duration.Mean * float64(s.Cases) / 3600
	for i, e := range f.Result.Edges {
		over := f.Excess[i]
		if e.From == e.To || e.Count < smallSample || !enough(over.cases, s.Cases) || over.hours < leastWaiting*total {
			continue
		}
		from, to := f.Result.Activities[e.From].Name, f.Result.Activities[e.To].Name
		median, limit := e.Median/3600, int64(math.Round(e.Median*1e6))
		d := Draft{Kind: KindWaiting, Subject: []string{from, to}, Cases: over.cases, Unit: LeadTimeHours, Span: f.span(),
			Metric: "case_duration_median",
			Title:  base.T("Liegezeit zwischen „%s“ und „%s“", "Waiting between “%s” and “%s”", from, to),
			Sentence: base.T("Die Hälfte der %s Übergänge dauert höchstens %s, im Mittel sind es %s; %s Vorgänge liegen darüber.",
				"Half of the %s passages take at most %s, the mean is %s; %s cases take longer.",
				e.Count, duration(median), duration(e.Mean/3600), over.cases),
			NoEuros: base.T("Liegezeit ist keine Arbeitszeit und wird nicht in Euro umgerechnet.",
				"Waiting is not work and is not turned into euros."),
		}
		d.Size = d.perYear(over.hours)
		d.Formula = base.T("%s Std. über dem Median (%s), in %s Vorgängen ÷ %s = %s Std. Durchlaufzeit im Jahr",
			"%s h beyond the median (%s), in %s cases ÷ %s = %s h of lead time a year",
			whole(over.hours), duration(median), over.cases, d.overYear(), whole(d.Size))
		d.Rows = Rows{
			SQL: "WITH " + steps(f.Schema) + " SELECT case_id, count(*) AS n, sum(wait - ?) / 3.6e9 AS amount FROM steps" +
				" WHERE a1 = ? AND activity = ? AND wait > ? GROUP BY case_id ORDER BY amount DESC, case_id",
			Args: []any{limit, from, to, limit}, Noun: caseNoun,
			Amount: base.T("Std. über dem Median", "h beyond the median"),
		}
		out = append(out, d)
	}
	return out
}

// duration writes hours in the unit that people would choose.
func duration(h float64) base.Text {
	switch {
	case h < 1:
		return base.T("%s Min.", "%s min", oneDecimal(h*60))
	case h < 48:
		return base.T("%s Std.", "%s h", oneDecimal(h))
	}
	return base.T("%s Tage", "%s days", oneDecimal(h/24))
}
