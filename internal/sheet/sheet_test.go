package sheet_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/sheet"
)

func TestRearmUndoesDisarm(t *testing.T) {
	for text, disarmed := range map[string]string{"=1": "'=1", "'=1": "''=1", "+49": "'+49", "-5": "'-5", "@x": "'@x", "a=1": "a=1", "'quoted'": "'quoted'", "": "", "−5": "−5"} {
		if got := sheet.Disarm(text); got != disarmed || sheet.Rearm(got) != text {
			t.Errorf("%q: %q and back %q", text, got, sheet.Rearm(got))
		}
	}
}

// A typed value is a number in a spreadsheet and words in a text file; what a cell cannot hold is refused on demand.
func TestTypedValues(t *testing.T) {
	n := 1234.5
	columns := []sheet.Column{{Title: "Betrag", Type: "text"}}
	row := []any{sheet.Typed{Text: "1.234,50 EUR", Number: &n, Format: `#,##0.00 "EUR"`}}
	var text bytes.Buffer
	w, err := sheet.New(&text, sheet.CSV, columns, sheet.Options{Lang: base.German})
	if err != nil || w.Row(row) != nil || w.Close() != nil || text.String() != "\ufeffBetrag\r\n1.234,50 EUR\r\n" {
		t.Errorf("%q %v", text.String(), err)
	}
	var book bytes.Buffer
	if w, err = sheet.New(&book, sheet.XLSX, columns, sheet.Options{Lang: base.German, Exact: true}); err != nil || w.Row(row) != nil {
		t.Fatal(err)
	}
	var e *base.Error
	if err := w.Row([]any{strings.Repeat("x", 40_000)}); !errors.As(err, &e) || e.Code != "cell_too_long" || e.Place.Line != 3 {
		t.Errorf("%v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if shown, _ := f.GetCellValue("Tabelle", "A2"); shown != "1,234.50 EUR" {
		t.Error(shown)
	}
	if raw, _ := f.GetCellValue("Tabelle", "A2", excelize.Options{RawCellValue: true}); raw != "1234.5" {
		t.Error(raw)
	}
}
