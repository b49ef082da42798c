package metric

import "lotse.dev/lotse/internal/base"

var caseNoun = Noun{
	One:  base.T("Ein Vorgang", "A case"),
	Many: base.T("Vorgänge", "cases"),
	Of:   base.T("der Vorgänge", "of cases"),
	Who:  base.T("Er", "It"),
}

// smallSample is the number below which a share, mean or quantile says that it rests on few.
const smallSample = 30

func caseMetric(name string, title base.Text, unit Unit, better Direction, m Measure) Definition {
	d := Definition{Name: name, Version: 1, Title: title, Unit: unit, Direction: better, Table: Cases,
		Each: Each{Form: EachRow, Noun: caseNoun, Key: "case_id"}, Time: "last_time", Measure: m}
	if m.Kind != NumberOf {
		d.MinN = smallSample
	}
	if m.Kind == QuantileOf {
		d.Running = &Running{Began: "first_time", Ended: "last_time", LastStep: "last_activity"}
	}
	return d
}

func caseMetrics() []Definition {
	manual := caseMetric("manual_steps_per_case", base.T("Handschritte je Vorgang", "Manual steps per case"), Number, Down,
		Measure{Kind: MeanOf, Of: Field("manual_steps")})
	manual.Links = map[string]string{"manual_steps": settingsLink}
	return []Definition{
		caseMetric("cases", base.T("Vorgänge", "Cases"), Count, Neutral, Measure{Kind: NumberOf}),
		caseMetric("case_duration_median", base.T("Durchlaufzeit (Median)", "Lead time (median)"), Seconds, Down,
			Measure{Kind: QuantileOf, Q: 0.5, Of: Field("duration_seconds")}),
		caseMetric("case_duration_p90", base.T("Durchlaufzeit (90 %)", "Lead time (90 %)"), Seconds, Down,
			Measure{Kind: QuantileOf, Q: 0.9, Of: Field("duration_seconds")}),
		caseMetric("rework_share", base.T("Anteil mit Nacharbeit", "Share with rework"), Fraction, Down,
			Measure{Kind: ShareOf, Hit: Is{Of: "rework"}}),
		manual,
	}
}

// LeadTime is the metric that a person makes of two steps of a process: from the first from to the last to of a case,
// by the period of to. Statistic is median or p90.
type LeadTime struct {
	Name      string
	Version   int
	Title     base.Text
	Process   string
	From, To  string // activities
	Statistic string
	Owner     string
}

// Definition makes the definition of a lead time.
func (l LeadTime) Definition() Definition {
	quantile := 0.5
	if l.Statistic == "p90" {
		quantile = 0.9
	}
	step := func(name string, fn Function, activity, de, deOf, deTo, en string) Aggregate {
		return Aggregate{Name: name, Fn: fn, Of: "time", Where: Equals{Of: "activity", Value: activity},
			Label: instant(de+" „"+activity+"“", deOf+" „"+activity+"“", deTo+" „"+activity+"“", en+" “"+activity+"”")}
	}
	return Definition{
		Name: l.Name, Version: l.Version, Title: l.Title, Unit: Seconds, Direction: Down, Table: Events, Process: l.Process,
		Each: Each{Form: EachGroup, Noun: caseNoun, Key: "case_id", Fields: []Aggregate{
			step("began", Earliest, l.From, "die erste Aktivität", "der ersten Aktivität", "der ersten Aktivität", "first activity"),
			step("ended", Last, l.To, "die letzte Aktivität", "der letzten Aktivität", "der letzten Aktivität", "last activity"),
		}},
		Time: "ended", Where: Both{Known{Of: "began"}, Known{Of: "ended"}},
		Measure: Measure{Kind: QuantileOf, Q: quantile, Of: Elapsed{From: "began", To: "ended"}},
		Running: &Running{Began: "began", Ended: "ended", LastStep: "activity"},
		MinN:    smallSample, Owner: l.Owner,
	}
}
