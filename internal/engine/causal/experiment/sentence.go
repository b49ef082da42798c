package experiment

import "lotse.dev/lotse/internal/base"

// Numbers below which an interval is called unsure: hits and misses of a share, entries of a mean.
const (
	fewHits    = 5
	fewEntries = 30
)

const level = 0.05

func (r *Result) diagnose(arms []*Arm, o Options) {
	for _, c := range r.Comparisons {
		r.Diagnostics = append(r.Diagnostics, r.differenceSentence(c, arms[0].Name))
	}
	r.Diagnostics = append(r.Diagnostics, r.ratioSentence(), looksSentence(o))
	if r.Before != nil {
		r.Diagnostics = append(r.Diagnostics, r.beforeSentence(len(arms)-1))
	}
	r.Diagnostics = append(r.Diagnostics, sizeSentence(arms, o.Kind))
}

func (r *Result) differenceSentence(c Comparison, control string) Diagnostic {
	if c.Adjusted == nil {
		return Diagnostic{Code: "difference", Text: base.T("Ob sich „%s“ von „%s“ unterscheidet, lässt sich nicht sagen: Die Werte streuen nicht.", "Whether “%s” differs from “%s” cannot be said: the values do not vary.", c.Arm, control)}
	}
	held := *c.Adjusted <= level
	text := base.T("Zwischen „%s“ und „%s“ zeigt sich kein sicherer Unterschied.", "Between “%s” and “%s” no certain difference shows.", c.Arm, control)
	if held {
		text = base.T("„%s“ unterscheidet sich von „%s“ stärker, als der Zufall erwarten lässt.", "“%s” differs from “%s” by more than chance would have it.", c.Arm, control)
	}
	return Diagnostic{Code: "difference", Held: &held, Text: text}
}

func (r *Result) ratioSentence() Diagnostic {
	held := !r.Ratio.Mismatch
	text := base.T("Die Gruppen sind so groß, wie es die geplante Aufteilung erwarten lässt.", "The groups are as large as the planned split would have it.")
	if !held {
		text = base.T("Die Gruppen sind anders groß als geplant; die Zuteilung ist gestört, das Ergebnis gilt nicht.", "The groups are of other sizes than planned; the assignment is broken, the result does not hold.")
	}
	return Diagnostic{Code: "sample_ratio", Held: &held, Text: text}
}

func looksSentence(o Options) Diagnostic {
	if o.Early {
		held := true
		return Diagnostic{Code: "looks", Held: &held, Text: base.T("Der Bereich gilt für jeden Blick auf den Test zugleich, auch vor seinem Ende.", "The interval holds for every look at the test at once, even before its end.")}
	}
	return Diagnostic{Code: "looks", Text: base.T("Der Bereich gilt für einen einzigen Blick am geplanten Ende; wer öfter hinsieht, braucht den weiteren.", "The interval holds for a single look at the planned end; who looks more often needs the wider one.")}
}

func (r *Result) beforeSentence(comparisons int) Diagnostic {
	if r.Before.P == nil {
		return Diagnostic{Code: "before", Text: base.T("Ob die Gruppen vor dem Test gleich waren, lässt sich nicht sagen.", "Whether the groups were alike before the test cannot be said.")}
	}
	held := *r.Before.P*float64(comparisons) > ratioAlarm
	text := base.T("Vor dem Test unterschieden sich die Gruppen nicht erkennbar; was vorher schon verschieden war, ist herausgerechnet.", "Before the test the groups did not differ visibly; what differed before is taken out.")
	if !held {
		text = base.T("Die Gruppen unterschieden sich schon vor dem Test; die Zuteilung war kein Zufall.", "The groups differed already before the test; the assignment was not by chance.")
	}
	return Diagnostic{Code: "before", Held: &held, Text: text}
}

func sizeSentence(arms []*Arm, kind Kind) Diagnostic {
	held := true
	for _, a := range arms {
		held = held && (kind == Mean && a.n >= fewEntries || kind == Share && min(a.hits, a.n-a.hits) >= fewHits)
	}
	text := base.T("Die Gruppen sind groß genug für diesen Vergleich.", "The groups are large enough for this comparison.")
	if !held {
		text = base.T("Mindestens eine Gruppe ist so klein, dass der Bereich nur ungefähr gilt.", "At least one group is so small that the interval holds only roughly.")
	}
	return Diagnostic{Code: "size", Held: &held, Text: text}
}
