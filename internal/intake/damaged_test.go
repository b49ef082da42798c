package intake_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/convert"
	"lotse.dev/lotse/internal/intake/mapping"
)

const logHead = "Vorgang;Schritt;Zeit\n"

// logRows makes rows of a small log whose days go beyond 12.
func logRows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "V%d;Schritt %d;%02d.11.2025 08:%02d:00\n", i/3, i%3, i%28+1, i%60)
	}
	return b.String()
}

func packed(content []byte) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(content)
	w.Close()
	return b.String()
}

func zeros(n int64, zero byte) func(w io.Writer) error {
	return func(w io.Writer) error {
		gz, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		block := bytes.Repeat([]byte{zero}, 1<<20)
		for range n >> 20 {
			if _, err := gz.Write(block); err != nil {
				return err
			}
		}
		return gz.Close()
	}
}

func workbook(sheet string) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"xl/workbook.xml":            `<workbook><sheets><sheet name="Daten" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="sheet1.xml"/></Relationships>`,
		"xl/sheet1.xml":              sheet,
	} {
		f, _ := z.Create(name)
		io.WriteString(f, text)
	}
	z.Close()
	return b.String()
}

func sheetOf(rows ...string) string {
	var b strings.Builder
	b.WriteString("<worksheet><sheetData>")
	for _, r := range rows {
		b.WriteString("<row>")
		for _, c := range strings.Split(strings.TrimSuffix(r, "\n"), ";") {
			b.WriteString(`<c t="str"><v>` + c + `</v></c>`)
		}
		b.WriteString("</row>")
	}
	return b.String() + "</sheetData></worksheet>"
}

func wideText(s string) string {
	b := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func xesLog(events string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>` + "\n<log><trace><string key=\"concept:name\" value=\"A\"/>\n" + events + "</trace></log>"
}

func xesEvent(name, time string) string {
	s := "<event>"
	if name != "" {
		s += `<string key="concept:name" value="` + name + `"/>`
	}
	if time != "" {
		s += `<date key="time:timestamp" value="` + time + `"/>`
	}
	return s + "</event>\n"
}

// input is one damaged or odd file and its answer: either the code of a refusal with its line and the column's name or
// number, or the number of rows loaded with the codes of the remarks that must be there.
type input struct {
	name    string
	file    string
	content string
	make    func(w io.Writer) error
	plan    convert.Plan
	code    string
	line    int64
	column  string
	says    string // in the message or hint
	rows    int64
	remarks string
}

func inputs() []input {
	ev := events("p")
	free := convert.Plan{Table: "liste"}
	long := logHead + logRows(69998) + "\"V1;Schritt 1;01.11.2025 08:00:00\n" + logRows(2000)
	manyColumns := strings.Repeat("Spalte;", 2999) + "Ende\n"
	return []input{
		{name: "empty file", file: "a.csv", content: "", plan: ev, code: "empty_file"},
		{name: "white space only", file: "a.csv", content: " \n\n  \n", plan: ev, code: "empty_file"},
		{name: "header only", file: "a.csv", content: logHead, plan: ev, code: "no_rows"},
		{name: "one column", file: "a.csv", content: "Name\nA\nB\n", plan: ev, code: "fields_missing", says: "Name"},
		{name: "one column as a free table", file: "a.csv", content: "Name\nA\nB\n", plan: free, rows: 2},
		{name: "3,000 columns", file: "a.csv", content: manyColumns + strings.Repeat("1;", 2999) + "1\n", plan: free, code: "too_many_columns", line: 1},
		{name: "doubled column names", file: "a.csv", content: "Vorgang;Schritt;Zeit;Schritt\nA;x;13.11.2025;y\nB;x;14.11.2025;y\n", plan: ev, rows: 2, remarks: "doubled_columns"},
		{name: "no case column", file: "a.csv", content: "Schritt;Zeit\nx;13.11.2025\n", plan: ev, code: "fields_missing", says: "Schritt, Zeit"},
		{name: "truncated .gz", file: "a.csv.gz", content: packed([]byte(logHead + logRows(5000)))[:9000], plan: ev, code: "gzip_damaged"},
		{name: "damaged .gz", file: "a.csv.gz", content: "\x1f\x8b\x08\x00nonsense and more nonsense", plan: ev, code: "gzip_damaged"},
		{name: "1 GB of NUL in a .gz", file: "a.csv.gz", make: zeros(1<<30, 0), plan: ev, code: "nul_bytes", line: 1},
		{name: "1 GB of one digit in a .gz", file: "a.csv.gz", make: zeros(1<<30, '0'), plan: ev, code: "unpacks_too_large|record_too_long"},
		{name: "quote open at line 70,000", file: "a.csv", content: long, plan: ev, code: "quote_not_closed", line: 70000, column: "1"},
		{name: "text after a closing quote", file: "a.csv", content: logHead + "A;\"x\"y;13.11.2025\n", plan: ev, code: "quote_damaged", line: 2, column: "6"},
		{name: "NUL bytes", file: "a.csv", content: logHead + "A;x\x00;13.11.2025\n", plan: ev, code: "nul_bytes", line: 2, column: "4"},
		{name: "mixed encodings", file: "a.csv", content: logHead + "A;prüfen;13.11.2025\nB;pr\xfcfen;14.11.2025\n", plan: ev, code: "mixed_encodings", line: 3},
		{name: "mixed encodings the other way", file: "a.csv", content: logHead + "A;pr\xfcfen;13.11.2025\nB;prüfen;14.11.2025\n", plan: ev, code: "mixed_encodings", line: 3},
		{name: "HTML named .csv", file: "a.csv", content: "<!DOCTYPE html>\n<html><body>Anmelden</body></html>", plan: ev, code: "format_unsupported", says: "HTML"},
		{name: "XLSX named .csv", file: "a.csv", content: workbook(sheetOf("Vorgang;Schritt;Zeit", "A;x;13.11.2025 08:00", "A;y;14.11.2025 08:00")), plan: ev, rows: 2},
		{name: "old Excel file", file: "a.xls", content: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rest", plan: ev, code: "format_unsupported", says: ".xlsx"},
		{name: "PDF", file: "a.csv", content: "%PDF-1.7\n", plan: ev, code: "format_unsupported", says: "PDF"},
		{name: "zip that is no workbook", file: "a.xlsx", content: strings.Replace(workbook(""), "xl/workbook.xml", "xx/workbook.xml", 2), plan: ev, code: "xlsx_damaged"},
		{name: "XLSX cut off", file: "a.xlsx", content: workbook(sheetOf("a;b"))[:200], plan: ev, code: "xlsx_damaged"},
		{name: "XLSX with an external entity", file: "a.xlsx", content: workbook(`<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet/>`), plan: ev, code: "xml_dtd_refused"},
		{name: "XES entity bomb", file: "a.xes", content: "<?xml version=\"1.0\"?>\n<!DOCTYPE log [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<log>&b;</log>", plan: ev, code: "xml_dtd_refused", line: 2},
		{name: "XES external entity", file: "a.xes", content: "<!DOCTYPE log SYSTEM \"file:///etc/passwd\"><log/>", plan: ev, code: "xml_dtd_refused", line: 1},
		{name: "XES cut off", file: "a.xes", content: strings.TrimSuffix(xesLog(xesEvent("a", "2025-11-13T08:00:00Z")), "</trace></log>"), plan: ev, code: "xml_damaged", line: 4},
		{name: "XES nested too deep", file: "a.xes", content: "<log>" + strings.Repeat(`<string key="a" value="b">`, 500), plan: ev, code: "xml_too_deep", line: 1},
		{name: "XES without names", file: "a.xes", content: xesLog(xesEvent("", "2025-11-13T08:00:00Z") + xesEvent("", "2025-11-14T08:00:00Z")), plan: ev, code: "fields_missing", says: "time:timestamp"},
		{name: "XES event without time", file: "a.xes", content: xesLog(xesEvent("a", "2025-11-13T08:00:00Z") + xesEvent("b", "")), plan: ev, code: "rows_refused", line: 4, column: "time:timestamp"},
		{name: "XES without events", file: "a.xes", content: "<log><trace><string key=\"concept:name\" value=\"A\"/></trace></log>", plan: ev, code: "fields_missing|no_rows"},
		{name: "XML that is no log", file: "a.xml", content: "<?xml version=\"1.0\"?><Document/>", plan: ev, code: "xml_not_xes", line: 1},
		{name: "event without time", file: "a.csv", content: logHead + logRows(20) + "A;x;\n", plan: ev, code: "rows_refused", line: 22, column: "Zeit"},
		{name: "case id empty", file: "a.csv", content: logHead + logRows(20) + ";x;13.11.2025\n", plan: ev, code: "rows_refused", line: 22, column: "Vorgang"},
		{name: "case id ?", file: "a.csv", content: logHead + logRows(20) + "?;x;13.11.2025\n", plan: ev, code: "rows_refused", line: 22, column: "Vorgang"},
		{name: "31 February", file: "a.csv", content: logHead + logRows(20) + "A;x;31.02.2025\n", plan: ev, code: "rows_refused", line: 22, column: "Zeit", says: "31.02.2025"},
		{name: "wrong number of fields", file: "a.csv", content: logHead + logRows(20) + "A;x\n" + logRows(3), plan: ev, code: "rows_refused", line: 22},
		{name: "dates of 1948 and 2099", file: "a.csv", content: logHead + logRows(20) + "A;x;13.11.1948\nA;y;13.11.2099\n", plan: ev, rows: 22, remarks: "before_1970 future"},
		{name: "equal rows and one time for all", file: "a.csv", content: logHead + "A;x;13.11.2025\nA;x;13.11.2025\nB;x;13.11.2025\n", plan: ev, rows: 3, remarks: "equal_rows one_time"},
		{name: "negative durations", file: "a.csv", content: "Vorgang;Schritt;Beginn;Ende\nA;x;14.11.2025 08:00;13.11.2025 08:00\nA;y;14.11.2025 08:00;15.11.2025 08:00\n", plan: ev, rows: 2, remarks: "negative_duration"},
		{name: "comma and point mixed", file: "a.csv", content: orderHead + "A;13.11.2025;1,50\nB;14.11.2025;2,50\nC;15.11.2025;3.75\n", plan: orders(), code: "rows_refused", line: 4, column: "Netto", says: "3.75"},
		{name: "text in a number", file: "a.csv", content: orderHead + strings.Repeat("A;13.11.2025;1,50\n", 20) + "B;14.11.2025;kostenlos\n", plan: orders(), code: "rows_refused", line: 22, column: "Netto", says: "kostenlos"},
		{name: "two currencies", file: "a.csv", content: "Auftrag;Datum;Netto;Währung\nA;13.11.2025;1,50;EUR\nB;14.11.2025;2,50;CHF\n", plan: convert.Plan{Table: mapping.Orders}, rows: 2, remarks: "several_currencies"},
		{name: "no currency", file: "a.csv", content: orderHead + "A;13.11.2025;1,50\nB;14.11.2025;2,50\n", plan: convert.Plan{Table: mapping.Orders}, rows: 2, remarks: "currency_assumed"},
		{name: "hour repeated in October, skipped in March", file: "a.csv", content: logHead + "A;x;26.10.2025 02:30:00\nA;y;30.03.2025 02:30:00\n", plan: ev, rows: 2, remarks: "clock_change"},
		{name: "days up to 12 only", file: "a.csv", content: logHead + "A;x;03/04/2025 08:00\nA;y;05/04/2025 08:00\n", plan: ev, code: "dates_open", says: "--dates"},
		{name: "Windows-1252", file: "a.csv", content: logHead + "A;pr\xfcfen;13.11.2025\n", plan: ev, rows: 1},
		{name: "UTF-16", file: "a.csv", content: wideText(logHead + "A;prüfen;13.11.2025\n"), plan: ev, rows: 1},
		{name: "title lines and footer", file: "a.csv", content: "Auswertung;;\nStand 1.1.;;\n" + logHead + logRows(15) + "Stand: 24.11.2025;;\n", plan: ev, rows: 15, remarks: "title_rows footer_rows"},
		{name: "unknown column in the mapping", file: "a.csv", content: logHead + logRows(3), plan: convert.Plan{Table: mapping.Events, Process: "p", Mapping: []mapping.Entry{{Column: "Fall", Field: "case_id"}}}, code: "column_unknown", says: "Vorgang, Schritt, Zeit"},
		{name: "a field given twice", file: "a.csv", content: logHead + logRows(3), plan: convert.Plan{Table: mapping.Events, Process: "p", Mapping: []mapping.Entry{{Column: "Vorgang", Field: "case_id"}, {Column: "Schritt", Field: "case_id"}}}, code: "field_twice"},
		{name: "no such time zone", file: "a.csv", content: logHead + logRows(3), plan: convert.Plan{Table: mapping.Events, Process: "p", Zone: "Europe/Nowhere"}, code: "zone_unknown"},
		{name: "a cell of 20 MB", file: "a.csv", content: logHead + "A;" + strings.Repeat("x", 20<<20) + ";13.11.2025\n", plan: ev, code: "record_too_long"},
	}
}

func (in input) write(t *testing.T) string {
	path := filepath.Join(t.TempDir(), in.file)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if in.make != nil {
		err = in.make(f)
	} else {
		_, err = io.WriteString(f, in.content)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// Every damaged file is refused whole with its place and leaves nothing; every odd one is loaded with its remarks.
func TestDamagedAndOddInputs(t *testing.T) {
	h := newHouse(t)
	for _, in := range inputs() {
		t.Run(in.name, func(t *testing.T) {
			h.t = t
			out, err := h.load(in.write(t), in.plan)
			if in.code == "" {
				h.must(err)
				if out.RowsLoaded != in.rows {
					t.Errorf("%d rows, want %d", out.RowsLoaded, in.rows)
				}
				for code := range strings.FieldsSeq(in.remarks) {
					if !out.Remarks.Has(code) {
						t.Errorf("no remark %s in %v", code, out.Remarks)
					}
				}
				h.must(h.in.Delete(h.ctx, lakeData(in.plan)))
				return
			}
			var e *base.Error
			if !errors.As(err, &e) || !strings.Contains("|"+in.code+"|", "|"+e.Code+"|") {
				t.Fatalf("got %v, want %s", err, in.code)
			}
			if e.Kind != base.Refused && e.Kind != base.TooLarge && e.Kind != base.Usage {
				t.Errorf("kind %d", e.Kind)
			}
			if in.line > 0 && e.Place.Line != in.line || in.column != "" && e.Place.Column != in.column {
				t.Errorf("place %+v, want line %d column %s", e.Place, in.line, in.column)
			}
			if e.Text.De == "" || in.says != "" && !strings.Contains(e.Render(base.German), in.says) {
				t.Errorf("message %q does not say %q", e.Render(base.German), in.says)
			}
			if datasets, err := h.lake.Datasets(h.ctx); err != nil || len(datasets) > 0 {
				t.Errorf("something was loaded: %v %v", datasets, err)
			}
		})
	}
	h.t = t
}
