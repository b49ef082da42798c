package report

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/strategy/businesscase"
	"lotse.dev/lotse/internal/engine/finance"
	"lotse.dev/lotse/internal/sheet"
)

// caseBook writes a business case as a workbook that a controller can follow: every number stands in one cell of the
// sheet of assumptions, every payment is a formula over them, every result a formula over the payments. Only the
// simulation cannot be followed in a spreadsheet and says so.
type caseBook struct {
	*excelize.File
	lang  base.Lang
	a     *businesscase.Assessed
	cells map[string]string // key of an input or setting to its cell on the sheet of assumptions
	style styles
	err   error

	assumptions, payments, results string // names of the sheets
	first, last                    int    // rows of the months on the sheet of payments
	columns                        map[string]string
}

// CaseBook makes the workbook.
func CaseBook(a *businesscase.Assessed, lang base.Lang) (*excelize.File, error) {
	w := &caseBook{File: excelize.NewFile(), lang: lang, a: a, cells: map[string]string{}, columns: map[string]string{}}
	w.assumptions, w.payments, w.results = w.say("Annahmen", "Assumptions"), w.say("Zahlungen", "Payments"), w.say("Ergebnis", "Result")
	w.keep(w.SetSheetName("Sheet1", w.results))
	for _, name := range []string{w.assumptions, w.payments} {
		_, err := w.NewSheet(name)
		w.keep(err)
	}
	w.makeStyles()
	w.writeAssumptions()
	w.writePayments()
	w.writeResults()
	full := true
	w.keep(w.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &full}))
	w.pages()
	return w.File, w.err
}

func (w *caseBook) say(de, en string) string { return base.T(de, en).In(w.lang) }

// keep remembers the first error; everything after it is still written and thrown away.
func (w *caseBook) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}

func cell(column string, row int) string { return fmt.Sprintf("%s%d", column, row) }

// text writes what people wrote, disarmed.
func (w *caseBook) text(sheetName, at, s string) {
	w.keep(w.SetCellStr(sheetName, at, sheet.Disarm(s)))
}

func (w *caseBook) number(sheetName, at string, v float64) {
	w.keep(w.SetCellFloat(sheetName, at, v, -1, 64))
}

func (w *caseBook) formula(sheetName, at, f string) { w.keep(w.SetCellFormula(sheetName, at, f)) }

func (w *caseBook) dress(sheetName, from, to string, style int) {
	w.keep(w.SetCellStyle(sheetName, from, to, style))
}

// styles are the looks of cells: head, money, share, plain number and what a person may change.
type styles struct{ title, head, money, share, factor, months, input int }

func (w *caseBook) makeStyles() {
	look := func(s excelize.Style) int {
		id, err := w.NewStyle(&s)
		w.keep(err)
		return id
	}
	format := func(code string) excelize.Style { return excelize.Style{CustomNumFmt: &code} }
	w.style.title = look(excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	w.style.head = look(excelize.Style{Font: &excelize.Font{Bold: true}, Border: []excelize.Border{{Type: "bottom", Color: "7E8D97", Style: 1}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	w.style.money = look(format("#,##0.00"))
	w.style.share = look(format("0.00%"))
	w.style.factor = look(format("0.000000"))
	w.style.months = look(format("0.0"))
	w.style.input = look(excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E5EEF5"}}})
}

// pages sets widths and how it is printed: each sheet as wide as a page.
func (w *caseBook) pages() {
	one, zero, landscape := 1, 0, "landscape"
	fit := true
	for _, name := range []string{w.results, w.assumptions, w.payments} {
		w.keep(w.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &one, FitToHeight: &zero}))
		w.keep(w.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	}
	w.keep(w.SetColWidth(w.results, "A", "A", 44))
	w.keep(w.SetColWidth(w.results, "B", "D", 20))
	w.keep(w.SetColWidth(w.results, "E", "E", 60))
	w.keep(w.SetColWidth(w.assumptions, "A", "A", 46))
	w.keep(w.SetColWidth(w.assumptions, "B", "G", 14))
	w.keep(w.SetColWidth(w.assumptions, "H", "H", 60))
	w.keep(w.SetPanes(w.payments, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: w.first - 1, TopLeftCell: cell("C", w.first), ActivePane: "bottomRight"}))
}

var (
	originTitles = map[finance.Origin]base.Text{finance.Measured: base.T("gemessen", "measured"), finance.Quoted: base.T("Angebot", "quoted"),
		finance.Estimated: base.T("geschätzt", "estimated"), finance.Guessed: base.T("geraten", "guessed")}
	classTitles = map[finance.Class]base.Text{finance.Cash: base.T("zahlungswirksam", "cash"), finance.AvoidedCost: base.T("vermiedene Kosten", "avoided cost"),
		finance.ReleasedTime: base.T("freigesetzte Zeit", "released time"), finance.Other: base.T("sonstiger Nutzen", "other benefit")}
	kindTitles = map[finance.CostKind]base.Text{finance.OneOff: base.T("einmalig", "one-off"), finance.Running: base.T("laufend", "running"),
		finance.Internal: base.T("eigene Arbeit", "own work"), finance.Licences: base.T("Lizenzen", "licences"), finance.Funding: base.T("Förderung", "funding")}
)
