package finding

import "lotse.dev/lotse/internal/base"

// detectRework finds activities that occur more than once in a case. Its size is the time from the first to the last
// occurrence, summed over cases; handling times turn the repetitions into working hours instead.
func detectRework(f *ProcessFacts) []Draft {
	var out []Draft
	cases := f.Result.Summary.Cases
	for i, a := range f.Result.Activities {
		if !enough(a.Rework, cases) {
			continue
		}
		d := Draft{Kind: KindRework, Subject: []string{a.Name}, Cases: a.Rework, Unit: LeadTimeHours, Span: f.span(),
			Work: []Work{{a.Name, a.Repeats}}, Metric: "rework_share",
			Title: base.T("„%s“ wird wiederholt", "“%s” is repeated", a.Name),
			Sentence: base.T("In %s von %s Vorgängen (%s %%) kommt „%s“ mehrfach vor, zusammen %s Wiederholungen.",
				"In %s of %s cases (%s %%) “%s” occurs more than once, %s repetitions in all.",
				a.Rework, cases, percent(float64(a.Rework)/float64(cases)), a.Name, a.Repeats),
		}
		d.Size = d.perYear(f.Loops[i])
		d.Formula = base.T("%s Std. vom ersten bis zum letzten Mal, in %s Vorgängen ÷ %s = %s Std. Durchlaufzeit im Jahr",
			"%s h from the first to the last time, in %s cases ÷ %s = %s h of lead time a year",
			whole(f.Loops[i]), a.Rework, d.overYear(), whole(d.Size))
		d.Rows = Rows{
			SQL: "SELECT case_id, count(*) - 1 AS n, (epoch_us(max(time)) - epoch_us(min(time))) / 3.6e9 AS amount FROM events" +
				" WHERE activity = ?" + completing(f.Schema) + " GROUP BY case_id HAVING count(*) > 1 ORDER BY amount DESC, case_id",
			Args: []any{a.Name}, Noun: caseNoun,
			Amount: base.T("Std. vom ersten bis zum letzten Mal", "h from the first to the last time"),
		}
		out = append(out, d)
	}
	return out
}

var caseNoun = noun{base.T("Vorgang", "Case"), base.T("Vorgänge", "cases")}
