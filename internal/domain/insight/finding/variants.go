package finding

import "lotse.dev/lotse/internal/base"

// detectVariants finds the cases that run in a rare variant (fewer than one case in a thousand, at least five) and take
// longer than nine in ten of all cases. Its size is what they take beyond the median of all cases.
func detectVariants(f *ProcessFacts) []Draft {
	t, all := f.Tail, f.Result.Summary.Cases
	if !enough(t.cases, all) {
		return nil
	}
	d := Draft{Kind: KindVariants, Cases: t.cases, Unit: LeadTimeHours, Span: f.span(), Metric: "case_duration_p90",
		Title: base.T("Seltene Abläufe mit langer Dauer", "Rare variants that take long"),
		Sentence: base.T("%s Varianten kommen je weniger als %s Mal vor, zusammen in %s Vorgängen. Von diesen dauern %s länger als %s (Median aller: %s).",
			"%s variants occur fewer than %s times each, in %s cases in all. Of these %s take longer than %s (median of all: %s).",
			t.variants, t.limit, t.rare, t.cases, duration(t.p90/3600), duration(t.median/3600)),
		NoEuros: base.T("Durchlaufzeit ist keine Arbeitszeit und wird nicht in Euro umgerechnet.",
			"Lead time is not work and is not turned into euros."),
	}
	d.Size = d.perYear(t.hours)
	d.Formula = base.T("%s Std. über dem Median aller (%s), in %s Vorgängen ÷ %s = %s Std. Durchlaufzeit im Jahr",
		"%s h beyond the median of all (%s), in %s cases ÷ %s = %s h of lead time a year",
		whole(t.hours), duration(t.median/3600), t.cases, d.overYear(), whole(d.Size))
	d.Rows = Rows{SQL: f.tailSQL(), Args: []any{t.limit, t.median, t.p90}, Noun: caseNoun,
		Amount: base.T("Std. über dem Median aller Vorgänge", "h beyond the median of all cases")}
	return []Draft{d}
}

// tailSQL finds the cases of rare variants: in the derived cases where they are there, otherwise in the events.
func (f *ProcessFacts) tailSQL() string {
	if f.Derived {
		return "WITH rare AS (SELECT variant FROM cases GROUP BY variant HAVING count(*) < ?)" +
			" SELECT case_id, events AS n, (duration_seconds - ?) / 3600 AS amount FROM cases SEMI JOIN rare USING (variant)" +
			" WHERE duration_seconds > ? ORDER BY amount DESC, case_id"
	}
	begin := "time"
	if f.Schema.Has("start_time") {
		begin = "least(time, coalesce(start_time, time))"
	}
	return "WITH runs AS (SELECT case_id, list(activity ORDER BY " + logOrder(f.Schema) + ") AS way," +
		" (epoch_us(max(time)) - epoch_us(min(" + begin + "))) / 1e6 AS length FROM events GROUP BY case_id)," +
		" rare AS (SELECT way FROM runs GROUP BY way HAVING count(*) < ?)" +
		" SELECT case_id, len(way) AS n, (length - ?) / 3600 AS amount FROM runs SEMI JOIN rare USING (way)" +
		" WHERE length > ? ORDER BY amount DESC, case_id"
}
