package convert

import (
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/mapping"
	"lotse.dev/lotse/internal/intake/profile"
)

// Report is what a run saw. Times are microseconds since 1970 UTC.
type Report struct {
	RowsRead      int64
	RowsUsable    int64
	RowsRefused   int64
	LeftOut       int64 // on the user's word
	Sample        []Refused
	Reasons       []Reason
	Equal         int64
	EqualExact    bool
	Before1970    int64
	Future        int64
	Negative      int64
	OneTime       bool
	First, Last   int64
	Clocks        int64 // rows with a time of day other than midnight
	Unzoned       int64 // times that took the zone of the plan
	Repeated      int64 // times in the hour that exists twice
	Skipped       int64 // times in the hour that does not exist
	Currencies    []string
	CurrencyMarks int64 // rows whose currency stands in the amount
	RepeatedKeys  int64 // tickets: rows of a ticket that was there before
	Notes         format.Notes
}

// Reason counts refused rows of one kind.
type Reason struct {
	Code    string
	Column  string
	Count   int64
	Example Refused
}

// SampleRows is how many refused rows a report shows.
const SampleRows = 100

func (r *Report) note(x *Refused) {
	if len(r.Sample) < SampleRows {
		s := *x
		s.Cells = nil
		r.Sample = append(r.Sample, s)
	}
	for i := range r.Reasons {
		if r.Reasons[i].Code == x.Code && r.Reasons[i].Column == x.Column {
			r.Reasons[i].Count++
			return
		}
	}
	if len(r.Reasons) < 200 {
		e := *x
		e.Cells = nil
		r.Reasons = append(r.Reasons, Reason{x.Code, x.Column, 1, e})
	}
}

// Remarks says in sentences what is worth knowing of a run. Nothing of it is a refusal.
func (r *Report) Remarks(l *Layout, p *profile.Profile) base.Remarks {
	out := slices.Clone(l.Remarks)
	r.timeRemarks(l, &out)
	if r.Equal > 0 {
		about := base.T("", "")
		if !r.EqualExact {
			about = base.T("etwa ", "about ")
		}
		out.Add(EqualRows, base.N(r.Equal,
			base.T("1 Zeile gleicht einer früheren Zeile der Datei in allen Spalten; beide zählen.", "1 row equals an earlier row of the file in all columns; both count."),
			base.T("%s%s Zeilen gleichen einer früheren Zeile der Datei in allen Spalten; alle zählen.", "%s%s rows equal an earlier row of the file in all columns; all count.", about, r.Equal)))
	}
	if r.RepeatedKeys > 0 {
		out.Add("tickets_repeated", base.N(r.RepeatedKeys,
			base.T("1 Zeile gehört zu einer Kundenanfrage, die mehrfach vorkommt; je Kundenanfrage zählt die zuletzt geänderte Zeile, sonst die letzte.",
				"1 row belongs to a ticket that occurs several times; per ticket the row changed last counts, otherwise the last one."),
			base.T("%s Zeilen gehören zu Kundenanfragen, die mehrfach vorkommen; je Kundenanfrage zählt die zuletzt geänderte Zeile, sonst die letzte.",
				"%s rows belong to tickets that occur several times; per ticket the row changed last counts, otherwise the last one.", r.RepeatedKeys)))
	}
	if r.CurrencyMarks > 0 {
		if r.CurrencyMarks == r.RowsUsable+r.LeftOut {
			out = slices.DeleteFunc(out, func(x base.Remark) bool { return x.Code == "currency_assumed" })
		}
		out.Add("currency_in_amount", base.N(r.CurrencyMarks,
			base.T("In 1 Zeile steht die Währung beim Betrag; sie gilt (%s).", "In 1 row the currency stands beside the amount; it holds (%s).", strings.Join(r.Currencies, ", ")),
			base.T("In %s Zeilen steht die Währung beim Betrag; sie gilt (%s).", "In %s rows the currency stands beside the amount; it holds (%s).",
				r.CurrencyMarks, strings.Join(r.Currencies, ", "))))
	}
	if len(r.Currencies) > 1 {
		out.Add("several_currencies", base.T("Die Datei enthält mehrere Währungen (%s); Summen darüber sind nicht bekannt.", "The file holds several currencies (%s); sums over them are unknown.", strings.Join(r.Currencies, ", ")))
	}
	markerRemark(l, p, &out)
	personRemark(l, &out)
	r.noteRemarks(&out)
	if len(l.Reading.MixedMark) > 0 {
		out.Add("mixed_marks", base.T("Dezimalkomma und Dezimalpunkt sind gemischt in: %s.", "Decimal comma and point are mixed in: %s.", strings.Join(l.Reading.MixedMark, ", ")))
	}
	if r.LeftOut > 0 {
		out.Add("left_out", base.N(r.LeftOut, base.T("1 Zeile ist auf Ihren Wunsch weggelassen.", "1 row is left out at your wish."),
			base.T("%s Zeilen sind auf Ihren Wunsch weggelassen.", "%s rows are left out at your wish.", r.LeftOut)))
	}
	return out
}

func (r *Report) timeRemarks(l *Layout, out *base.Remarks) {
	if r.OneTime {
		out.Add("one_time", base.T("Alle Zeilen haben denselben Zeitpunkt; Dauern und Reihenfolge sind daraus nicht zu erkennen.", "All rows have the same time; durations and order cannot be seen from it."))
	}
	if r.Before1970 > 0 {
		out.Add(Before1970, base.N(r.Before1970, base.T("1 Zeile liegt vor 1970.", "1 row lies before 1970."),
			base.T("%s Zeilen liegen vor 1970.", "%s rows lie before 1970.", r.Before1970)))
	}
	if r.Future > 0 {
		out.Add(InFuture, base.N(r.Future, base.T("1 Zeile liegt in der Zukunft.", "1 row lies in the future."),
			base.T("%s Zeilen liegen in der Zukunft.", "%s rows lie in the future.", r.Future)))
	}
	if r.Negative > 0 {
		out.Add(NegativeDuration, base.N(r.Negative,
			base.T("1 Zeile hat eine negative Dauer (Ende vor Beginn).", "1 row has a negative duration (end before start)."),
			base.T("%s Zeilen haben eine negative Dauer (Ende vor Beginn).", "%s rows have a negative duration (end before start).", r.Negative)))
	}
	if r.Repeated+r.Skipped > 0 {
		out.Add("clock_change", base.T("Zeitumstellung (%s): %s Zeiten in der doppelten Stunde gelten als die erste, %s in der fehlenden Stunde sind eine Stunde später gelesen.",
			"Clock change (%s): %s times in the repeated hour count as the first, %s in the skipped hour are read an hour later.", l.Plan.Zone, r.Repeated, r.Skipped))
	}
	if l.Reading.Mixed {
		out.Add("dates_mixed", base.T("Die Datei schreibt die meisten Daten %s, einige andersherum; diese Zeilen sind zurückgewiesen, wo der Tag nicht stimmen kann.",
			"The file writes most dates %s, some the other way round; those rows are refused where the day cannot be right.", orderTitle(l.Reading.Name())))
	}
}

func orderTitle(name string) base.Text {
	if name == "mdy" {
		return base.T("Monat zuerst", "month first")
	}
	return base.T("Tag zuerst", "day first")
}

func markerRemark(l *Layout, p *profile.Profile, out *base.Remarks) {
	var de, en []string
	for i := range p.Columns {
		c := &p.Columns[i]
		if !l.loaded(c.Name) || len(c.Markers) == 0 {
			continue
		}
		var names []string
		for m := range c.Markers {
			names = append(names, m)
		}
		slices.Sort(names)
		n := base.T("%s („%s“: %s)", "%s (“%s”: %s)", c.Name, strings.Join(names, "“, „"), c.Marked())
		de, en = append(de, n.De), append(en, n.En)
	}
	if len(de) > 12 {
		more := base.N(len(de)-12, base.T("… und eine weitere Spalte", "… and one more column"),
			base.T("… und %s weitere Spalten", "… and %s more columns", len(de)-12))
		de, en = append(de[:12:12], more.De), append(en[:12:12], more.En)
	}
	if len(de) > 0 {
		out.Add("empty_markers", base.Text{De: "Als leer gelesen: " + strings.Join(de, ", ") + ".", En: "Read as empty: " + strings.Join(en, ", ") + "."})
	}
}

func personRemark(l *Layout, out *base.Remarks) {
	var names []string
	for _, c := range l.Schema {
		if c.Person {
			names = append(names, c.Source)
		}
	}
	if len(names) > 0 {
		out.Add("people", base.T("Personen sind verschlüsselt gespeichert: %s.", "People are stored as pseudonyms: %s.", strings.Join(names, ", ")))
	}
}

func (r *Report) noteRemarks(out *base.Remarks) {
	n := r.Notes
	if n.Titles > 0 {
		at := base.T("", "")
		if n.HeaderRow > 0 {
			at = base.T(" (Zeile %s)", " (row %s)", n.HeaderRow)
		}
		out.Add("title_rows", base.N(n.Titles, base.T("1 Zeile über der Kopfzeile%s ist übergangen.", "1 row above the header%s is passed over.", at),
			base.T("%s Zeilen über der Kopfzeile%s sind übergangen.", "%s rows above the header%s are passed over.", n.Titles, at)))
	}
	if n.Repeated > 0 {
		out.Add("header_repeated", base.N(n.Repeated, base.T("1 Zeile wiederholt die Überschriften und ist übergangen.", "1 row repeats the header and is passed over."),
			base.T("%s Zeilen wiederholen die Überschriften und sind übergangen.", "%s rows repeat the header and are passed over.", n.Repeated)))
	}
	if n.Footer > 0 {
		out.Add("footer_rows", base.N(n.Footer, base.T("1 Zeile unter der Tabelle ist übergangen.", "1 row below the table is passed over."),
			base.T("%s Zeilen unter der Tabelle sind übergangen.", "%s rows below the table are passed over.", n.Footer)))
	}
	if n.StrayQuotes > 0 {
		out.Add("stray_quotes", base.T("%s Anführungszeichen stehen mitten in einem Wert ohne Anführungszeichen; sie sind als Zeichen gelesen.", "%s quotes stand inside a value without quotes; they are read as characters.", n.StrayQuotes))
	}
	if n.Replacement > 0 {
		out.Add("lost_characters", base.T("%s Zeichen hat schon das Quellsystem verloren (�).", "%s characters were already lost by the source system (�).", n.Replacement))
	}
	if len(n.DoubledColumns) > 0 {
		out.Add("doubled_columns", base.T("Spaltennamen kommen doppelt vor und sind nummeriert: %s.", "Column names occur twice and are numbered: %s.", strings.Join(n.DoubledColumns[:min(len(n.DoubledColumns), 20)], ", ")))
	}
	if n.Defaults > 0 {
		out.Add("xes_defaults", base.T("%s Werte stammen aus den Vorgaben der Datei (global).", "%s values come from the defaults of the file (global).", n.Defaults))
	}
	if n.FormulasNoValue > 0 {
		out.Add("formulas_empty", base.T("%s Formeln haben kein gespeichertes Ergebnis und sind leer gelesen.", "%s formulas have no stored result and are read as empty.", n.FormulasNoValue))
	}
	for _, k := range n.Classifiers {
		if k != "concept:name" && strings.HasPrefix(k, "concept:name ") {
			out.Add("classifier", base.T("Die Datei bietet als Ereignisname auch „%s“ an; Lotse nimmt concept:name.", "The file also offers “%s” as activity name; Lotse takes concept:name.", k))
			return
		}
	}
}

// MissingShare returns the share of refused rows, 0 for an empty file.
func (r *Report) MissingShare() float64 {
	if r.RowsRead == 0 {
		return 0
	}
	return float64(r.RowsRefused) / float64(r.RowsRead)
}

// Precise returns the share of rows whose main time has a time of day, and whether the table has such a time.
func (r *Report) Precise(l *Layout) (float64, bool) {
	if l.Schema.Index(l.TimeField()) < 0 || l.Plan.Table == "" || r.RowsUsable == 0 || len(mapping.Fields(l.Plan.Table)) == 0 {
		return 0, false
	}
	return float64(r.Clocks) / float64(r.RowsUsable), true
}
