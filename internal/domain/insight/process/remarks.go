package process

import (
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/mining"
)

// fewCases is the number below which an answer says that it rests on few cases.
const fewCases = 20

// LogRemarks says what a reader of any figure of this log should know.
func LogRemarks(r *mining.Result, instances bool) base.Remarks {
	out := base.Remarks{}
	s := r.Summary
	switch {
	case s.Cases == 0:
		out.Add("no_cases", base.T("Kein Vorgang passt zur Auswahl.", "No case fits the selection."))
		return out
	case s.Cases < fewCases:
		out.Add("few_cases", base.N(s.Cases, base.T("Nur 1 Vorgang: Mediane und Anteile sind unsicher.", "Only 1 case: medians and shares are uncertain."),
			base.T("Nur %d Vorgänge: Mediane und Anteile sind unsicher.", "Only %d cases: medians and shares are uncertain.", s.Cases)))
	}
	if s.First == s.Last && s.Events > 1 {
		out.Add("one_time_for_all", base.T("Alle Ereignisse tragen denselben Zeitpunkt: Reihenfolge und Dauern sagen nichts.",
			"All events bear the same time: order and durations say nothing."))
	} else if r.OneTimeCases > 0 {
		out.Add("one_time", base.N(r.OneTimeCases,
			base.T("In 1 Vorgang tragen alle Ereignisse denselben Zeitpunkt; ihre Reihenfolge ist die der Datei.",
				"In 1 case all events bear the same time; their order is that of the file."),
			base.T("In %d Vorgängen tragen alle Ereignisse denselben Zeitpunkt; ihre Reihenfolge ist die der Datei.",
				"In %d cases all events bear the same time; their order is that of the file.", r.OneTimeCases)))
	}
	if r.NegativeElapsed > 0 {
		out.Add("negative_elapsed", base.N(r.NegativeElapsed,
			base.T("An 1 Übergang endet der folgende Schritt vor dem vorhergehenden.", "At 1 passage the following step ends before the one before it."),
			base.T("An %d Übergängen endet der folgende Schritt vor dem vorhergehenden.",
				"At %d passages the following step ends before the one before it.", r.NegativeElapsed)))
	}
	if r.NegativeService > 0 {
		out.Add("negative_duration", base.N(r.NegativeService, base.T("1 Ereignis endet vor seinem Beginn.", "1 event ends before it starts."),
			base.T("%d Ereignisse enden vor ihrem Beginn.", "%d events end before they start.", r.NegativeService)))
	}
	readingRemarks(&out, r, instances)
	return out
}

// readingRemarks says how starts and lifecycle were read.
func readingRemarks(out *base.Remarks, r *mining.Result, instances bool) {
	if !r.HasStarts {
		out.Add("no_starts", base.T("Das Protokoll nennt keine Beginnzeiten: Die Zeit zwischen zwei Schritten läuft von Ende zu Ende und enthält die Bearbeitung.",
			"The log has no start times: the time between two steps runs from end to end and includes the work itself."))
	}
	switch {
	case instances && !r.HasLifecycle:
		out.Add("no_lifecycle", base.T("Das Protokoll unterscheidet Beginn und Abschluss nicht; jede Zeile ist ein Ereignis.",
			"The log does not tell starts from completions; each row is an event."))
	case !instances && r.NotComplete > 0:
		out.Add("lifecycle_rows", base.N(r.NotComplete,
			base.T("1 Zeile ist kein Abschluss, etwa ein Beginn; jede Zeile zählt als Ereignis, als Wiederholung zählen nur Abschlüsse.",
				"1 row is no completion, such as a start; each row counts as an event, only completions count as rework."),
			base.T("%d Zeilen sind keine Abschlüsse, etwa Beginne; jede Zeile zählt als Ereignis, als Wiederholung zählen nur Abschlüsse.",
				"%d rows are no completions, such as starts; each row counts as an event, only completions count as rework.", r.NotComplete)))
	}
}

// remarksFor adds to LogRemarks what concerns a process in the lake.
func (v *view) remarksFor(r *mining.Result, f Filter) base.Remarks {
	out := LogRemarks(r, f.Instances)
	v.addRules(&out)
	if !f.Empty() {
		v.addStale(&out)
	}
	return out
}

// addRules says when open and complete cases cannot be told apart, and when the cases were derived by other rules.
func (v *view) addRules(out *base.Remarks) {
	if v.otherRules {
		out.Add("rules_changed", base.T("Die Regeln für abgeschlossene Vorgänge und automatische Aktivitäten wurden geändert. Offen und abgeschlossen richten sich schon danach; Handschritte sind unbekannt, bis die Vorgänge neu abgeleitet sind.",
			"The rules for complete cases and automatic activities were changed. Open and complete follow them already; manual steps are unknown until the cases are derived anew."))
	}
	if _, set := v.settings.Ends(v.process); !set {
		out.AddLink("ends_unset", base.T("Offene und abgeschlossene Vorgänge werden nicht unterschieden: Für diesen Prozess sind keine Endaktivitäten festgelegt.",
			"Open and complete cases are not told apart: no end activities are set for this process."), "/einstellungen/prozesse")
	}
}

// addStale says when the cases lag behind the events.
func (v *view) addStale(out *base.Remarks) {
	if v.lagging {
		out.Add("cases_stale", base.T("Die Vorgänge werden nach einer Änderung der Daten gerade neu abgeleitet; Filter zeigen noch den Stand davor.",
			"The cases are being derived anew after a change of the data; filters still show the state before it."))
	}
}
