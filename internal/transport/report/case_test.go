package report_test

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/strategy/businesscase"
	"lotse.dev/lotse/internal/engine/finance"
	"lotse.dev/lotse/internal/transport/report"
)

// workbook writes a case of the engine's tests as a workbook.
func workbook(t *testing.T, path string, lang base.Lang) (*excelize.File, *businesscase.Assessed) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := finance.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c.Name = "=" + c.Name
	out, err := businesscase.Assess(t.Context(), c, finance.Options{Seed: 1, Draws: 1000})
	if err != nil {
		t.Fatal(err)
	}
	f, err := report.CaseBook(out, lang)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, out
}

// example is the engine's complete example: every kind of line, both shapes of ramps, funding with a cap.
func example() string {
	return filepath.Join("..", "..", "engine", "finance", "testdata", "self-service.json")
}

// The formulas give what Lotse gives, when somebody else computes them: here excelize, in make test-peers LibreOffice.
func TestCaseBookComputesAsLotse(t *testing.T) {
	f, a := workbook(t, example(), base.German)
	rows, err := f.GetRows("Ergebnis")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for i := 4; i < len(rows); i++ {
		formula, _ := f.GetCellFormula("Ergebnis", "B"+strconv.Itoa(i+1))
		if formula == "" || len(rows[i]) < 3 || rows[i][2] == "" || strings.HasPrefix(formula, "NPV(") {
			continue // excelize takes a range for one number in NPV; LibreOffice computes it in make test-peers
		}
		text, err := f.CalcCellValue("Ergebnis", "B"+strconv.Itoa(i+1), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Errorf("%s: %v", rows[i][0], err)
			continue
		}
		want, _ := f.GetCellValue("Ergebnis", "C"+strconv.Itoa(i+1), excelize.Options{RawCellValue: true})
		x, err1 := strconv.ParseFloat(text, 64)
		y, err2 := strconv.ParseFloat(want, 64)
		if err1 != nil || err2 != nil || math.Abs(x-y) > 0.005 {
			t.Errorf("%s: formula %s, Lotse %s", rows[i][0], text, want)
		}
		checked++
	}
	if checked < 11 {
		t.Errorf("only %d figures were checked", checked)
	}
	npv, _ := f.CalcCellValue("Ergebnis", "B5", excelize.Options{RawCellValue: true})
	if x, _ := strconv.ParseFloat(npv, 64); int64(math.Round(x*100)) != int64(a.Assessment.Result.Cash.NPV) {
		t.Errorf("net present value %s, Lotse %d", npv, a.Assessment.Result.Cash.NPV)
	}
}

// Another number in a cell of the assumptions changes the result as it does in Lotse: the formulas live.
func TestCaseBookLives(t *testing.T) {
	f, a := workbook(t, example(), base.English)
	rows, _ := f.GetRows("Assumptions")
	changed := false
	for i, row := range rows {
		if len(row) > 0 && strings.HasSuffix(row[0], "Porto und Druck entfallen, Price") {
			changed = true
			if err := f.SetCellFloat("Assumptions", "B"+strconv.Itoa(i+1), 2, -1, 64); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !changed {
		t.Fatalf("%v", rows)
	}
	c := a.Case
	for i := range c.Benefits {
		if c.Benefits[i].ID == "postage" {
			c.Benefits[i].Price = finance.Exactly(2, finance.Quoted, "x")
		}
	}
	want, err := finance.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	npv, err := f.CalcCellValue("Result", "B5", excelize.Options{RawCellValue: true})
	if x, _ := strconv.ParseFloat(npv, 64); err != nil || int64(math.Round(x*100)) != int64(want.Cash.NPV) {
		t.Errorf("net present value %s, Lotse %d (%v)", npv, want.Cash.NPV, err)
	}
}

// Text that looks like a formula stays text, and no cell adds two classes.
func TestCaseBookIsHarmless(t *testing.T) {
	f, _ := workbook(t, example(), base.German)
	if title, _ := f.GetCellValue("Ergebnis", "A1"); !strings.HasPrefix(title, "'=") {
		t.Error(title)
	}
	if formula, _ := f.GetCellFormula("Ergebnis", "A1"); formula != "" {
		t.Error(formula)
	}
	rows, _ := f.GetRows("Ergebnis")
	classes := map[string]string{"Zahlungswirksam, Barwert": "", "Vermiedene Kosten, Barwert": "", "Freigesetzte Zeit, eigener Barwert": ""}
	for i, row := range rows {
		if len(row) > 0 {
			if _, ok := classes[row[0]]; ok {
				classes[row[0]] = "B" + strconv.Itoa(i+1)
			}
		}
	}
	for i := range rows {
		formula, _ := f.GetCellFormula("Ergebnis", "B"+strconv.Itoa(i+1))
		for title, at := range classes {
			if at == "" || strings.Contains(formula, at) {
				t.Errorf("%q at %q is used by %q", title, at, formula)
			}
		}
	}
}
