package report

import (
	"fmt"

	"lotse.dev/lotse/internal/engine/finance"
)

// writeResults writes every figure as a formula over the payments, and beside it what Lotse computed.
func (w *caseBook) writeResults() {
	name := w.results
	w.text(name, "A1", w.a.Case.Name)
	w.dress(name, "A1", "A1", w.style.title)
	w.text(name, "A2", w.say("Beträge in ", "Amounts in ")+w.a.Case.Currency)
	for i, head := range []string{w.say("Größe", "Figure"), w.say("Formel", "Formula"), "Lotse", w.say("Unterschied", "Difference"), w.say("Erläuterung", "Explanation")} {
		w.text(name, cell(string(rune('A'+i)), 4), head)
	}
	w.dress(name, "A4", "E4", w.style.head)
	row := w.writeCash(5)
	row = w.writeClasses(row + 1)
	w.writeSimulation(row + 1)
}

// figure writes one row; without a formula the figure cannot be followed in a spreadsheet.
func (w *caseBook) figure(row int, title, f string, lotse *float64, style int, note string) int {
	name := w.results
	w.text(name, cell("A", row), title)
	if f != "" {
		w.formula(name, cell("B", row), f)
	}
	if lotse != nil {
		w.number(name, cell("C", row), *lotse)
	} else {
		w.text(name, cell("C", row), w.say("keiner", "none"))
	}
	if f != "" && lotse != nil {
		w.formula(name, cell("D", row), fmt.Sprintf("B%d-C%d", row, row))
	}
	w.text(name, cell("E", row), note)
	w.dress(name, cell("B", row), cell("D", row), style)
	return row + 1
}

// months is a column of the sheet of payments.
func (w *caseBook) months(key string) string { return w.payments + "!" + w.span("$"+w.columns[key]) }

func (w *caseBook) totalOf(key string) string {
	return fmt.Sprintf("%s!$%s$%d", w.payments, w.columns[key], w.last+1)
}

func (w *caseBook) presentOf(key string) string {
	return fmt.Sprintf("SUMPRODUCT(%s,%s)", w.months(key), w.months(":discount"))
}

func (w *caseBook) money(a finance.Amount) *float64 {
	r := &w.a.Assessment.Result
	v := float64(a)
	for range r.Decimals {
		v /= 10
	}
	return &v
}

func (w *caseBook) writeCash(row int) int {
	c := &w.a.Assessment.Result.Cash
	s := w.style
	rate, offset := w.cells[finance.KeyDiscountRate], w.cells["offset"]
	row = w.figure(row, w.say("Kapitalwert", "Net present value"), w.presentOf(":net"), w.money(c.NPV), s.money, w.say("zahlungswirksamer Nutzen abzüglich aller Kosten, abgezinst", "cash benefit less all costs, discounted"))
	row = w.figure(row, w.say("Kapitalwert mit der Funktion NBW", "Net present value by the function NPV"),
		fmt.Sprintf("NPV((1+%s)^(1/12)-1,%s)*(1+%s)^((1-%s)/12)", rate, w.months(":net"), rate, offset), w.money(c.NPV), s.money, w.say("Gegenprobe", "cross-check"))
	var irr *float64
	if c.IRR.Count == 1 {
		irr = &c.IRR.Rates[0]
	}
	turns := w.totalOf(":turn")
	row = w.figure(row, w.say("Interner Zinsfuß", "Internal rate of return"), fmt.Sprintf(`IF(%s=0,"%s",IFERROR((1+IRR(%s,0.01))^12-1,"%s"))`, turns, w.say("keiner", "none"), w.months(":net"), w.say("keiner", "none")),
		irr, s.share, w.say("je Jahr; mit mehr als einem Vorzeichenwechsel der Zahlungen ist er keine Rendite", "a year; with more than one change of sign it is no return"))
	row = w.figure(row, w.say("Vorzeichenwechsel", "Changes of sign"), turns, nil, s.months, "")
	w.text(w.results, cell("C", row-1), "")
	cumulated := w.months(":cumulated")
	row = w.figure(row, w.say("Rückfluss in Monaten", "Payback in months"), fmt.Sprintf(`IF(%s!%s<0,"%s",MAX(%s))`, w.payments, cell("$"+w.columns[":cumulated"], w.last),
		w.say("nicht im Zeitraum", "not within the horizon"), w.months(":back")), c.Payback, s.months, w.say("ab dem letzten Übergang ins Plus", "from the last time that it turns positive"))
	row = w.figure(row, w.say("Rendite auf die Kosten", "Return on the cost"), fmt.Sprintf(`IF(%s>0,%s/%s,"")`, w.totalOf(":cost"), w.totalOf(":net"), w.totalOf(":cost")), c.ROI, s.share, w.say("nicht abgezinst", "not discounted"))
	row = w.figure(row, w.say("Größter Geldbedarf", "Largest cash need"), "-MIN(0,MIN("+cumulated+"))", w.money(c.Need.Amount), s.money, "")
	row = w.figure(row, w.say("Größter Geldbedarf ohne eigene Arbeit", "Largest cash need without own work"), "-MIN(0,MIN("+w.months(":external")+"))", w.money(c.External.Amount), s.money, w.say("eigene Leute werden ohnehin bezahlt", "own people are paid anyway"))
	return w.figure(row, w.say("Kosten, Barwert", "Costs, present value"), w.presentOf(":cost"), w.money(c.Costs.Total.Present), s.money, "")
}

// writeClasses sets the classes below each other; no cell adds two.
func (w *caseBook) writeClasses(row int) int {
	r := &w.a.Assessment.Result
	w.text(w.results, cell("A", row), w.say("Nutzen nach Klassen, nie addiert", "Benefit by class, never added"))
	w.dress(w.results, cell("A", row), cell("E", row), w.style.head)
	row = w.figure(row+1, w.say("Zahlungswirksam, Barwert", "Cash, present value"), w.presentOf(":cash"), w.money(r.Cash.Benefit.Present), w.style.money, "")
	if r.AvoidedCost != nil {
		row = w.figure(row, w.say("Vermiedene Kosten, Barwert", "Avoided cost, present value"), w.presentOf(":class.avoided_cost"), w.money(r.AvoidedCost.Present), w.style.money, w.say("Geld, das sonst ausgegeben würde, aber in keinem Budget steht", "money that would otherwise be spent and is in no budget"))
	}
	if r.ReleasedTime != nil {
		row = w.figure(row, w.say("Freigesetzte Stunden", "Released hours"), w.totalOf(":hours"), &r.ReleasedTime.TotalHours, w.style.money, w.say("im ganzen Zeitraum", "over the horizon"))
		row = w.figure(row, w.say("Freigesetzte Zeit, eigener Barwert", "Released time, present value of its own"), w.presentOf(":class.released_time"), w.money(r.ReleasedTime.Value.Present), w.style.money, w.say("kein Geld, solange keine Verwendung benannt ist", "no cash while no use is named"))
	}
	return row
}

func (w *caseBook) writeSimulation(row int) {
	s := &w.a.Assessment.Simulation
	w.text(w.results, cell("A", row), w.say("Simulation in Lotse", "Simulation in Lotse"))
	w.dress(w.results, cell("A", row), cell("E", row), w.style.head)
	note := w.say("aus allen Spannen gezogen; in einer Tabelle nicht nachzurechnen", "drawn from all ranges; cannot be followed in a spreadsheet")
	row = w.figure(row+1, w.say("Kapitalwert, 5 % der Ziehungen darunter", "Net present value, 5 % of the draws below"), "", w.money(w.a.NPVLow), w.style.money, note)
	row = w.figure(row, w.say("Kapitalwert, 5 % der Ziehungen darüber", "Net present value, 5 % of the draws above"), "", w.money(w.a.NPVHigh), w.style.money, "")
	row = w.figure(row, w.say("Wahrscheinlichkeit eines positiven Kapitalwerts", "Probability of a positive net present value"), "", &s.Cash.Positive, w.style.share, "")
	draws := float64(s.Draws)
	w.figure(row, w.say("Ziehungen", "Draws"), "", &draws, w.style.months, "")
}
