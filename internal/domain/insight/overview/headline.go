package overview

import (
	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/insight/process"
)

// headline says in one sentence what the data show: the largest finding where there is one, otherwise what is loaded.
func headline(sources []Source, processes []process.Item, findings []finding.Finding) base.Text {
	if len(sources) == 0 {
		return base.T("Noch keine Daten geladen.", "No data loaded yet.")
	}
	if f := best(findings); f != nil {
		return sentenceOf(*f)
	}
	if len(processes) > 0 {
		cases := int64(0)
		for _, p := range processes {
			cases += p.Cases
		}
		if len(processes) == 1 {
			return base.N(cases, base.T("1 Vorgang in „%s“, kein Befund.", "1 case in “%s”, no finding.", processes[0].Title),
				base.T("%s Vorgänge in „%s“, kein Befund.", "%s cases in “%s”, no finding.", cases, processes[0].Title))
		}
		return base.T("%s Vorgänge in %s Prozessen, kein Befund.", "%s cases in %s processes, no finding.", cases, len(processes))
	}
	rows := int64(0)
	for _, s := range sources {
		rows += s.Rows
	}
	return base.N(rows, base.T("1 Zeile geladen, kein Befund.", "1 row loaded, no finding."),
		base.T("%s Zeilen geladen, kein Befund.", "%s rows loaded, no finding.", rows))
}

// best is the finding of rank 1, nil when there is none.
func best(findings []finding.Finding) *finding.Finding {
	if len(findings) == 0 || findings[0].Rank != 1 {
		return nil
	}
	return &findings[0]
}

// sentenceOf puts the size of a finding into a sentence.
func sentenceOf(f finding.Finding) base.Text {
	if e := f.Euros; e != nil {
		return base.T("Größter Befund: %s, %s bis %s %s im Jahr.", "Largest finding: %s, %s to %s %s a year.",
			f.Title, rounded(e.Low), rounded(e.High), base.CurrencySign(e.Currency))
	}
	size := rounded(f.Size.Value)
	switch f.Size.Unit {
	case finding.WorkingHours:
		if f.Size.Low != nil && f.Size.High != nil {
			return base.T("Größter Befund: %s, %s bis %s Arbeitsstunden im Jahr.", "Largest finding: %s, %s to %s working hours a year.",
				f.Title, rounded(*f.Size.Low), rounded(*f.Size.High))
		}
		return base.T("Größter Befund: %s, %s Arbeitsstunden im Jahr.", "Largest finding: %s, %s working hours a year.", f.Title, size)
	case finding.LeadTimeHours:
		return base.T("Größter Befund: %s, %s Std. Durchlaufzeit im Jahr.", "Largest finding: %s, %s h of lead time a year.", f.Title, size)
	case finding.CurrencyYear:
		return base.T("Größter Befund: %s, %s %s im Jahr.", "Largest finding: %s, %s %s a year.", f.Title, size, base.CurrencySign(f.Size.Currency))
	}
	return base.T("Größter Befund: %s, %s im Jahr.", "Largest finding: %s, %s a year.", f.Title, size)
}

// rounded keeps two significant digits, which is what such ranges carry.
func rounded(f float64) base.Number {
	step := 1.0
	for f/step >= 100 {
		step *= 10
	}
	return base.Number{Value: float64(int64(f/step+.5)) * step, Decimals: 0}
}

// words are small numbers as a sentence begins with them.
var words = []base.Text{{}, {}, base.T("Zwei", "Two"), base.T("Drei", "Three"), base.T("Vier", "Four"), base.T("Fünf", "Five"), base.T("Sechs", "Six"),
	base.T("Sieben", "Seven"), base.T("Acht", "Eight"), base.T("Neun", "Nine"), base.T("Zehn", "Ten"), base.T("Elf", "Eleven"), base.T("Zwölf", "Twelve")}

func counted(n int) base.Text {
	if n < len(words) {
		return words[n]
	}
	return base.T("%s", "%s", n)
}

// due says what waits for a person, zero when nothing does: decisions first, then findings for those who handle them.
func due(counts Counts, handles bool) base.Text {
	switch n := counts.Decisions; {
	case n == 1:
		return base.T("Eine Entscheidung wartet auf Sie.", "One decision waits for you.")
	case n > 1:
		return base.T("%s Entscheidungen warten auf Sie.", "%s decisions wait for you.", counted(n))
	case !handles:
		return base.Text{}
	}
	switch n := counts.NewFindings; n {
	case 0:
		return base.Text{}
	case 1:
		return base.T("Ein neuer Befund braucht Ihre Entscheidung.", "One new finding needs your decision.")
	default:
		return base.T("%s neue Befunde brauchen Ihre Entscheidung.", "%s new findings need your decision.", n)
	}
}

// withoutFacts is the headline for a person who may not read facts.
func withoutFacts(p auth.Principal, initiatives int) base.Text {
	switch {
	case initiatives > 0:
		return base.N(initiatives, base.T("Sie wirken an einem Vorhaben mit.", "You take part in one initiative."),
			base.T("Sie wirken an %s Vorhaben mit.", "You take part in %s initiatives.", initiatives))
	case p.May(auth.AccountManage):
		return base.T("Sie verwalten Konten, Einstellungen und Unternehmen.", "You keep accounts, settings and the company.")
	}
	return base.T("An Ihnen hängt gerade kein Vorhaben.", "No initiative depends on you at the moment.")
}
