package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"lotse.dev/lotse/internal/engine/finance"
)

// filled puts a row for every percent sign of a formula.
func filled(f string, row int) string { return strings.ReplaceAll(f, "%", strconv.Itoa(row)) }

// writePayments writes one row a month and one column a line.
func (w *caseBook) writePayments() {
	w.first = 6
	w.last = w.first + w.a.Case.Months - 1
	name := w.payments
	w.text(name, "A1", w.a.Case.Name)
	w.dress(name, "A1", "A1", w.style.title)
	w.text(name, "A2", w.say("Beträge in ", "Amounts in ")+w.a.Case.Currency+w.say(", jede Zelle eine Formel über den Annahmen", ", every cell a formula over the assumptions"))
	w.writeMonths()
	for i := range w.a.Case.Costs {
		w.writeCost(&w.a.Case.Costs[i])
	}
	for i := range w.a.Case.Costs {
		w.writeFunding(&w.a.Case.Costs[i])
	}
	for i := range w.a.Case.Benefits {
		w.writeBenefit(&w.a.Case.Benefits[i])
	}
	w.writeTotals()
	w.text(name, cell("A", w.last+1), w.say("Summe", "Total"))
	w.dress(name, cell("A", 4), cell(w.next(-1), 5), w.style.head)
	w.keep(w.SetColWidth(name, "C", w.next(-1), 15))
}

// next is the letter of the column after those written so far, shifted.
func (w *caseBook) next(shift int) string {
	letter, err := excelize.ColumnNumberToName(len(w.columns) + 1 + shift)
	w.keep(err)
	return letter
}

// column writes a column of formulas; % stands for the row. sum adds a total below.
func (w *caseBook) column(key, title, kind, f string, style int, sum bool) string {
	letter := w.next(0)
	w.columns[key] = letter
	w.text(w.payments, cell(letter, 4), title)
	w.text(w.payments, cell(letter, 5), kind)
	for row := w.first; row <= w.last; row++ {
		w.formula(w.payments, cell(letter, row), filled(f, row))
	}
	w.dress(w.payments, cell(letter, w.first), cell(letter, w.last+1), style)
	if sum {
		w.formula(w.payments, cell(letter, w.last+1), fmt.Sprintf("SUM(%s)", w.span(letter)))
	}
	return letter
}

// span is a column from the first to the last month.
func (w *caseBook) span(letter string) string {
	return fmt.Sprintf("%s%d:%s%d", letter, w.first, letter, w.last)
}

func (w *caseBook) writeMonths() {
	w.columns[":month"], w.columns[":date"] = "A", "B"
	w.text(w.payments, "A4", w.say("Monat", "Month"))
	w.text(w.payments, "B4", w.say("Kalender", "Calendar"))
	start, err := time.Parse("2006-01", w.a.Case.Start)
	w.keep(err)
	for row := w.first; row <= w.last; row++ {
		w.number(w.payments, cell("A", row), float64(row-w.first+1))
		w.text(w.payments, cell("B", row), start.AddDate(0, row-w.first, 0).Format("01/2006"))
	}
	prices := "1"
	if at, ok := w.cells[finance.KeyInflation]; ok {
		prices = "(1+" + at + ")^INT(($A%-1)/12)"
	}
	w.column(":prices", w.say("Preisstand", "Price level"), "", prices, w.style.factor, false)
	w.column(":discount", w.say("Abzinsung", "Discount factor"), "",
		fmt.Sprintf("(1+%s)^(-($A%%-1+%s)/12)", w.cells[finance.KeyDiscountRate], w.cells["offset"]), w.style.factor, false)
}

// within is a formula where the month lies in the span of a line, and nothing elsewhere.
func (w *caseBook) within(id, f, more string) string {
	return fmt.Sprintf("IF(AND($A%%>=%s,$A%%<=%s%s),%s,0)", w.cells[id+".from"], w.cells[id+".to"], more, f)
}

// rising is the factor of prices, empty where they stay.
func (w *caseBook) rising(stays bool) string {
	if stays {
		return ""
	}
	return "*$" + w.columns[":prices"] + "%"
}

// input is the cell of an input, and what stands instead where the line has none.
func (w *caseBook) input(key, otherwise string) string {
	if at, ok := w.cells[key]; ok {
		return at
	}
	return otherwise
}

// ramp writes the share that a line has reached in a column of its own and gives it as a factor, empty without a ramp.
func (w *caseBook) ramp(id, title string, curve bool) string {
	_, months := w.cells[id+".ramp.months"]
	_, delay := w.cells[id+".ramp.delay"]
	if !months && !delay {
		return ""
	}
	x := fmt.Sprintf("($A%%-%s+1-%s)", w.cells[id+".from"], w.input(id+".ramp.delay", "0"))
	full := w.input(id+".ramp.months", "0")
	share := x + "/" + full
	if curve {
		share = fmt.Sprintf("3*(%s)^2-2*(%s)^3", share, share)
	}
	letter := w.column(id+".ramp", title+w.say(", Anlauf", ", ramp"), "", fmt.Sprintf("IF(%s<=0,0,IF(%s>=%s,1,%s))", x, x, full, share), w.style.share, false)
	return "*$" + letter + "%"
}

func (w *caseBook) writeCost(l *finance.Cost) {
	if l.Kind == finance.Funding {
		return
	}
	var f string
	title, prices := named(l.Name, l.ID), w.rising(l.FixedPrice)
	switch l.Kind {
	case finance.OneOff:
		f = fmt.Sprintf("IF($A%%=%s,%s,0)", w.cells[l.ID+".month"], w.cells[l.ID+".amount"])
	case finance.Running:
		every := ""
		if l.Every == finance.Yearly {
			every = fmt.Sprintf(",MOD($A%%-%s,12)=0", w.cells[l.ID+".from"])
		}
		f = w.within(l.ID, w.cells[l.ID+".amount"]+prices, every)
	case finance.Internal:
		f = w.within(l.ID, fmt.Sprintf("%s*%s/(%s-%s+1)%s", w.cells[l.ID+".days"], w.cells["role:"+l.Role+".day_rate"],
			w.cells[l.ID+".to"], w.cells[l.ID+".from"], prices), "")
	case finance.Licences:
		ramp := w.ramp(l.ID, title, l.Ramp.Shape == finance.SCurve)
		f = w.within(l.ID, w.cells[l.ID+".price"]+"*"+w.cells[l.ID+".users"]+ramp+prices, "")
	}
	w.column(l.ID, title, w.say("Kosten, ", "cost, ")+kindTitles[l.Kind].In(w.lang), f, w.style.money, true)
}

// writeFunding comes after the costs, whose totals it takes a share of.
func (w *caseBook) writeFunding(l *finance.Cost) {
	if l.Kind != finance.Funding {
		return
	}
	granted := w.cells[l.ID+".amount"]
	if !l.Share.Absent() {
		var eligible []string
		for _, id := range l.Eligible {
			eligible = append(eligible, fmt.Sprintf("%s$%d", w.columns[id], w.last+1))
		}
		granted = w.cells[l.ID+".share"] + "*(" + strings.Join(eligible, "+") + ")"
		if cap, ok := w.cells[l.ID+".cap"]; ok {
			granted = "MIN(" + granted + "," + cap + ")"
		}
	}
	w.column(l.ID, named(l.Name, l.ID), kindTitles[finance.Funding].In(w.lang), fmt.Sprintf("IF($A%%=%s,%s,0)", w.cells[l.ID+".month"], granted), w.style.money, true)
}

// writeBenefit writes a line; released time has hours in one column and their value in another.
func (w *caseBook) writeBenefit(l *finance.Benefit) {
	title, class := named(l.Name, l.ID), classTitles[l.Class].In(w.lang)
	ramp := w.ramp(l.ID, title, l.Ramp.Shape == finance.SCurve)
	quantity := w.input(l.ID+".quantity", "1") + ramp
	switch l.Class {
	case finance.Other:
		w.column(l.ID, title, class+", "+l.Unit, w.within(l.ID, quantity, ""), w.style.money, false)
		return
	case finance.ReleasedTime:
		w.column(l.ID+".hours", title, class+w.say(", Std.", ", h"), w.within(l.ID, quantity, ""), w.style.money, true)
	}
	w.column(l.ID, title, class, w.within(l.ID, quantity+"*"+w.cells[l.ID+".price"]+w.rising(l.FixedPrice), ""), w.style.money, true)
}

// sumOf adds the columns of some lines in a row.
func (w *caseBook) sumOf(keys []string) string {
	if len(keys) == 0 {
		return "0"
	}
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = "$" + w.columns[k] + "%"
	}
	return strings.Join(parts, "+")
}

// writeTotals writes the cash view, and every other class by itself.
func (w *caseBook) writeTotals() {
	costs, internal, funding := []string{}, []string{}, []string{}
	for _, l := range w.a.Case.Costs {
		switch l.Kind {
		case finance.Funding:
			funding = append(funding, l.ID)
			continue
		case finance.Internal:
			internal = append(internal, l.ID)
		}
		costs = append(costs, l.ID)
	}
	total := w.say("gesamt", "total")
	cost := w.column(":cost", w.say("Kosten abzüglich Förderung", "Costs less funding"), total, w.sumOf(costs)+"-("+w.sumOf(funding)+")", w.style.money, true)
	cash := w.column(":cash", w.say("Nutzen, zahlungswirksam", "Benefit, cash"), total, w.sumOf(w.lines(finance.Cash, "")), w.style.money, true)
	net := w.column(":net", w.say("Zahlung", "Payment"), w.say("Nutzen − Kosten", "benefit − cost"), "$"+cash+"%-$"+cost+"%", w.style.money, true)
	w.running(":cumulated", w.say("Kumuliert", "Cumulated"), "$"+net+"%")
	w.running(":external", w.say("Kumuliert ohne eigene Arbeit", "Cumulated without own work"), "$"+net+"%+"+w.sumOf(internal))
	w.column(":present", w.say("Barwert", "Present value"), "", "$"+net+"%*$"+w.columns[":discount"]+"%", w.style.money, true)
	for _, class := range []finance.Class{finance.AvoidedCost, finance.ReleasedTime} {
		if lines := w.lines(class, ""); len(lines) > 0 {
			w.column(":class."+string(class), classTitles[class].In(w.lang), w.say("für sich, nie addiert", "by itself, never added"), w.sumOf(lines), w.style.money, true)
		}
	}
	if lines := w.lines(finance.ReleasedTime, ".hours"); len(lines) > 0 {
		w.column(":hours", w.say("freigesetzte Stunden", "released hours"), "", w.sumOf(lines), w.style.money, true)
	}
	w.writeHelpers(net)
}

func (w *caseBook) lines(class finance.Class, suffix string) []string {
	out := []string{}
	for _, l := range w.a.Case.Benefits {
		if l.Class == class {
			out = append(out, l.ID+suffix)
		}
	}
	return out
}

// running writes a column that adds up month by month.
func (w *caseBook) running(key, title, f string) string {
	letter := w.column(key, title, "", f, w.style.money, false)
	for row := w.first + 1; row <= w.last; row++ {
		w.formula(w.payments, cell(letter, row), cell(letter, row-1)+"+"+filled(f, row))
	}
	return letter
}

// writeHelpers writes what payback and the number of internal rates are read from: the month in which the cumulated
// flow turns positive, and the changes of sign of the payments, months without a payment left out.
func (w *caseBook) writeHelpers(net string) {
	cumulated := w.columns[":cumulated"]
	back := w.column(":back", w.say("Rückfluss", "Payback"), w.say("Monat des Übergangs", "month of the turn"), "0", w.style.months, false)
	for row := w.first + 1; row <= w.last; row++ {
		before, now := cell(cumulated, row-1), cell(cumulated, row)
		w.formula(w.payments, cell(back, row), fmt.Sprintf("IF(AND(%s<0,%s>=0),$A%d-1-%s/%s,0)", before, now, row, before, cell(net, row)))
	}
	sign := w.column(":sign", w.say("Vorzeichen", "Sign"), "", "SIGN("+net+"%)", w.style.months, false)
	turn := w.column(":turn", w.say("Wechsel", "Turn"), "", "0", w.style.months, true)
	for row := w.first + 1; row <= w.last; row++ {
		w.formula(w.payments, cell(sign, row), fmt.Sprintf("IF(%s=0,%s,SIGN(%s))", cell(net, row), cell(sign, row-1), cell(net, row)))
		w.formula(w.payments, cell(turn, row), fmt.Sprintf("IF(%s*%s<0,1,0)", cell(sign, row-1), cell(sign, row)))
	}
}
