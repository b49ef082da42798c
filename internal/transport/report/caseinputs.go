package report

import (
	"lotse.dev/lotse/internal/engine/finance"
)

// writeAssumptions puts every number of the case into one cell, with its range, origin and evidence. The column of
// values is what the payments use: change it and everything follows.
func (w *caseBook) writeAssumptions() {
	name := w.assumptions
	w.text(name, "A1", w.a.Case.Name)
	w.dress(name, "A1", "A1", w.style.title)
	w.text(name, "A2", w.say("Die blau hinterlegten Werte lassen sich ändern; Zahlungen und Ergebnis rechnen mit.", "Values on blue may be changed; payments and result follow."))
	for i, head := range []string{w.say("Annahme", "Assumption"), w.say("Wert", "Value"), w.say("niedrig", "low"), w.say("wahrscheinlich", "likely"),
		w.say("hoch", "high"), w.say("Verteilung", "Distribution"), w.say("Herkunft", "Origin"), w.say("Beleg", "Evidence")} {
		w.text(name, cell(string(rune('A'+i)), 4), head)
	}
	w.dress(name, "A4", "H4", w.style.head)
	row := 5
	add := func(key, title string) int {
		w.text(name, cell("A", row), title)
		w.cells[key] = w.assumptions + "!$B$" + cell("", row)
		w.dress(name, cell("B", row), cell("B", row), w.style.input)
		row++
		return row - 1
	}
	offset := map[finance.Timing]float64{finance.Middle: 0.5, finance.Begin: 0}
	at := add("offset", w.say("Zahlungen zählen am: 1 Ende, 0,5 Mitte, 0 Anfang des Monats", "Payments count at the: 1 end, 0.5 middle, 0 start of the month"))
	value, special := offset[w.a.Case.Timing]
	if !special {
		value = 1
	}
	w.number(name, cell("B", at), value)
	for _, in := range w.a.Inputs {
		at := add(in.Key, in.Title.In(w.lang))
		w.writeInput(at, in.Input)
	}
	w.writeSpans(add)
}

func (w *caseBook) writeInput(row int, in finance.Input) {
	name := w.assumptions
	if in.Value != nil {
		w.number(name, cell("B", row), *in.Value)
	} else {
		for i, v := range []float64{in.Range.Min, in.Range.Likely, in.Range.Max} {
			w.number(name, cell(string(rune('C'+i)), row), v)
		}
		f := "D%"
		if in.Distribution == finance.Uniform {
			f = "(C%+E%)/2"
		}
		w.formula(name, cell("B", row), filled(f, row))
		w.text(name, cell("F", row), distributionName(in.Distribution))
	}
	w.text(name, cell("G", row), originTitles[in.Origin].In(w.lang))
	w.text(name, cell("H", row), in.Ref)
}

func distributionName(d finance.Distribution) string {
	if d == "" {
		return string(finance.PERT)
	}
	return string(d)
}

// writeSpans puts the months of the lines below the inputs.
func (w *caseBook) writeSpans(add func(key, title string) int) {
	put := func(key, title string, value, otherwise int) {
		if value == 0 {
			value = otherwise
		}
		w.number(w.assumptions, cell("B", add(key, title)), float64(value))
	}
	span := func(id, title string, from, to int) {
		put(id+".from", title+w.say(", von Monat", ", from month"), from, 1)
		put(id+".to", title+w.say(", bis Monat", ", to month"), to, w.a.Case.Months)
	}
	for _, l := range w.a.Case.Costs {
		title := named(l.Name, l.ID)
		if l.Kind == finance.OneOff || l.Kind == finance.Funding {
			put(l.ID+".month", title+w.say(", Monat", ", month"), l.Month, 1)
		} else {
			span(l.ID, title, l.From, l.To)
		}
	}
	for _, l := range w.a.Case.Benefits {
		span(l.ID, named(l.Name, l.ID), l.From, l.To)
	}
}

func named(name, id string) string {
	if name != "" {
		return name
	}
	return id
}
