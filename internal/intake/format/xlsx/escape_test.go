package xlsx_test

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/xlsx"
)

// Text that looks like an escape is escaped by who writes a workbook, and a number format carries a unit.
func TestEscapesAndUnits(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	texts := []string{"_x0041_", "a_x", "_x00g1_", "Zeile_x000", "_x005F_"}
	formats := []string{`#,##0.00 "CHF"`, `#,##0.00\ [$€-407]`, `0.0%`, `#,##0.00`, `[Red]0 "Std.";-0 "x"`}
	units := []string{"CHF", "€", "%", "", "Std."}
	w, err := f.NewStreamWriter("Sheet1") // which escapes; the writer of single cells does not
	if err != nil || w.SetRow("A1", []any{"Text", "Zahl"}) != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &formats[i]})
		row, _ := excelize.CoordinatesToCellName(1, i+2)
		if err != nil || w.SetRow(row, []any{text, excelize.Cell{StyleID: style, Value: 1.5}}) != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	book, err := xlsx.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := xlsx.NewReader(book, xlsx.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var row format.Row
	for i := range texts {
		if err := r.Next(&row); err != nil {
			t.Fatal(err)
		}
		if string(row.Cells[0]) != texts[i] || row.Units[1] != units[i] {
			t.Errorf("%q %q, want %q %q", row.Cells[0], row.Units[1], texts[i], units[i])
		}
	}
}
