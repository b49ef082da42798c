package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/transport/report"
)

var at = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

func export(t *testing.T, lang base.Lang, body string) (*httptest.ResponseRecorder, error) {
	t.Helper()
	op := report.Exports{Clock: base.FixedClock(at)}.Operations()[0].(operation.Raw)
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	w := httptest.NewRecorder()
	return w, op.Run(w, r.WithContext(base.WithLang(t.Context(), lang)))
}

const columns = `"columns":[{"title":"Name","type":"text"},{"title":"=Wert","type":"number"},{"title":"Tag","type":"date"},{"title":"Ja","type":"boolean"}]`

var table = `{"name":"Befunde/2026: \"Q1\"","format":"%",` + columns + `,"rows":[
	["=cmd|' /C calc'!A0", -1234.5, "2026-02-28", true],
	["+49 40 1234", 7, "irgendwann", false],
	["-5", null, null, null],
	["@SUM(A1)", 1e21, "1848-03-18", true],
	["Müller; \"Söhne\"", 0.1, "2026-03-01", true]],
	"meta":{"title":"Befunde","source":"=receipt","remarks":["ein Hinweis"]}}`

func TestCSV(t *testing.T) {
	for lang, want := range map[base.Lang][][]string{
		base.German: {{"Name", "'=Wert", "Tag", "Ja"}, {"'=cmd|' /C calc'!A0", "-1234,5", "28.02.2026", "ja"}, {"'+49 40 1234", "7", "irgendwann", "nein"},
			{"'-5", "", "", ""}, {"'@SUM(A1)", "1e+21", "18.03.1848", "ja"}, {`Müller; "Söhne"`, "0,1", "01.03.2026", "ja"}},
		base.English: {{"Name", "'=Wert", "Tag", "Ja"}, {"'=cmd|' /C calc'!A0", "-1234.5", "2026-02-28", "yes"}, {"'+49 40 1234", "7", "irgendwann", "no"},
			{"'-5", "", "", ""}, {"'@SUM(A1)", "1e+21", "1848-03-18", "yes"}, {`Müller; "Söhne"`, "0.1", "2026-03-01", "yes"}},
	} {
		w, err := export(t, lang, strings.Replace(table, "%", "csv", 1))
		if err != nil {
			t.Fatal(err)
		}
		body, bom := bytes.CutPrefix(w.Body.Bytes(), []byte("\ufeff"))
		if !bom {
			t.Error("no byte order mark")
		}
		r := csv.NewReader(bytes.NewReader(body))
		r.Comma = map[base.Lang]rune{base.German: ';', base.English: ','}[lang]
		got, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(want)
		if !bytes.Equal(a, b) {
			t.Errorf("%s\n%s", a, b)
		}
		if d := w.Header().Get("Content-Disposition"); !strings.Contains(d, `filename="Befunde-2026- -Q1-.csv"`) {
			t.Error(d)
		}
	}
}

func TestXLSX(t *testing.T) {
	w, err := export(t, base.German, strings.Replace(table, "%", "xlsx", 1))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A1": "Name", "B1": "'=Wert", "A2": "'=cmd|' /C calc'!A0", "B2": "-1,234.50", "C2": "28.02.2026", "D2": "ja",
		"A4": "'-5", "B4": "", "C5": "1848-03-18", "A6": `Müller; "Söhne"`} {
		if got, err := f.GetCellValue("Tabelle", cell); err != nil || got != want {
			t.Errorf("%s: %q, want %q (%v)", cell, got, want, err)
		}
		if formula, _ := f.GetCellFormula("Tabelle", cell); formula != "" {
			t.Errorf("%s is a formula", cell)
		}
	}
	if kind, _ := f.GetCellType("Tabelle", "B2"); kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString {
		t.Error("the number is text")
	}
	if got, _ := f.GetCellValue("Hinweise", "B2"); got != "'=receipt" {
		t.Error(got)
	}
	if got, _ := f.GetCellValue("Hinweise", "B3"); got != "2026-03-01 08:00 UTC" {
		t.Error(got)
	}
}

func TestRefusals(t *testing.T) {
	many := `{"format":"csv","columns":[{"title":"a","type":"text"}],"rows":[` + strings.Repeat(`["x"],`, 100_000) + `["x"]]}`
	for body, code := range map[string]string{
		``:        "malformed_request",
		`[]`:      "malformed_request",
		`{"x":1}`: "malformed_request",
		`{"format":"pdf",` + columns + `,"rows":[]}`:                                         "invalid_fields",
		`{"format":"csv","columns":[],"rows":[]}`:                                            "invalid_fields",
		`{"format":"csv","columns":[{"title":"a","type":"text"}],"rows":[["x","y"]]}`:        "invalid_fields",
		`{"format":"csv","columns":[{"title":"a","type":"text"}],"rows":[[{"nested":"x"}]]}`: "malformed_request",
		`{"format":"csv","columns":[{"title":"a","type":"text","x":1}],"rows":[]}`:           "malformed_request",
		`{"format":"csv","columns":[{"title":"a","type":"text"}],"meta":{"x":1},"rows":[]}`:  "malformed_request",
		`{"format":"csv","columns":[{"title":"a","type":"text"}],"rows":[["x"]]`:             "malformed_request",
		many: "too_many_rows",
	} {
		_, err := export(t, base.German, body)
		var e *base.Error
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("%.60s: %v", body, err)
		}
	}
}
