package robust

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// odd is one damaged or odd file with the answer of lotse import: exit status, a phrase of the German message or of a
// remark, the place that the message names, and the rows in the lake afterwards.
type odd struct {
	name    string
	file    string
	content func(t testing.TB, path string) // writes the file; nil for a file that is not there
	args    string                          // besides file and data folder; "" for events of a process
	status  int
	says    string
	place   string
	rows    int64
}

func oddInputs() []odd {
	head := "Vorgang;Schritt;Zeit\n"
	orderHead := "Auftrag;Datum;Netto\n"
	orders := "--table orders"
	table := "--table liste"
	names := func(n int) string { return strings.Repeat("Spalte;", n-1) + "Ende\n" }
	return []odd{
		{name: "no such file", file: "a.csv", status: 3, says: "gibt es nicht"},
		{name: "a folder instead of a file", file: "a.csv", content: aFolder, status: 4, says: "ein Ordner, keine Datei"},
		{name: "empty file", file: "a.csv", content: text(""), status: 4, says: "Die Datei ist leer"},
		{name: "empty .gz", file: "a.csv.gz", content: gz(""), status: 4, says: "Die Datei ist leer"},
		{name: "header only", file: "a.csv", content: text(head), status: 4, says: "keine Zeile, die geladen werden kann"},
		{name: "one column", file: "a.csv", content: text("Name\nA\nB\n"), status: 4, says: "Gefundene Spalten: Name"},
		{name: "one column as a free table", file: "a.csv", content: text("Name\nA\nB\n"), args: table, rows: 2},
		{name: "3,000 columns", file: "a.csv", content: text(names(3000) + names(3000)), args: table, status: 4, says: "3.000"},
		{name: "doubled column names", file: "a.csv", content: text("Vorgang;Schritt;Zeit;Schritt\nA;x;13.11.2025;y\nB;x;14.11.2025;y\n"), says: "Schritt", rows: 2},
		{name: "truncated .gz", file: "a.csv.gz", content: cut(gz(head+rows(5000)), 9000), status: 4, says: "abgeschnitten"},
		{name: "damaged .gz", file: "a.csv.gz", content: text("\x1f\x8b\x08\x00nonsense and more nonsense"), status: 4, says: "beschädigt"},
		{name: "1 GB of zero bytes in a .gz", file: "a.csv.gz", content: bomb(1<<30, 0), status: 4, says: "NUL-Bytes", place: "Zeile 1"},
		{name: "1 GB of one digit in a .gz", file: "a.csv.gz", content: bomb(1<<30, '0'), status: 4, says: "länger als 16 MB", place: "Zeile 1"},
		{name: "quote open at line 70,000", file: "a.csv", content: text(head + rows(69998) + "\"V1;Schritt 1;01.11.2025 08:00:00\n" + rows(2000)), status: 4, says: "nicht geschlossen", place: "Zeile 70000, Spalte 1"},
		{name: "text after a closing quote", file: "a.csv", content: text(head + "A;\"x\"y;13.11.2025\n"), status: 4, says: "Anführungszeichen", place: "Zeile 2, Spalte 6"},
		{name: "NUL bytes", file: "a.csv", content: text(head + "A;x\x00;13.11.2025\n"), status: 4, says: "NUL-Bytes", place: "Zeile 2, Spalte 4"},
		{name: "mixed encodings", file: "a.csv", content: text(head + "A;prüfen;13.11.2025\nB;pr\xfcfen;14.11.2025\n"), status: 4, says: "Die Zeichensätze sind gemischt", place: "Zeile 3"},
		{name: "UTF-16 cut in the middle of a character", file: "a.csv", content: text(utf16le(head+rows(20)) + "A"), status: 4, says: "1 Feld statt 3", place: "Zeile 22"},
		{name: "HTML named .csv", file: "a.csv", content: text("<!DOCTYPE html>\n<html><body>Bitte anmelden</body></html>"), status: 4, says: "eine HTML-Seite"},
		{name: "XLSX named .csv", file: "a.csv", content: workbook("Vorgang;Schritt;Zeit", "A;x;13.11.2025 08:00", "A;y;14.11.2025 08:00"), rows: 2},
		{name: "PDF named .csv", file: "a.csv", content: text("%PDF-1.7\n%\xe2\xe3\n1 0 obj\n"), status: 4, says: "ein PDF"},
		{name: "CSV named .xlsx", file: "a.xlsx", content: text(head + rows(20)), rows: 20},
		{name: "XLSX cut off", file: "a.xlsx", content: cut(workbook("Vorgang;Schritt;Zeit", "A;x;13.11.2025 08:00"), 300), status: 4, says: "Excel-Datei ist beschädigt"},
		{name: "XES with an entity bomb", file: "a.xes", content: text(entityBomb), status: 4, says: "Dokumenttyp-Deklaration", place: "Zeile 2"},
		{name: "XES with an external entity", file: "a.xes", content: text("<!DOCTYPE log SYSTEM \"file:///etc/passwd\">\n<log/>"), status: 4, says: "Dokumenttyp-Deklaration", place: "Zeile 1"},
		{name: "XES without names", file: "a.xes", content: xes(event("", "2025-11-13T08:00:00Z"), event("", "2025-11-14T08:00:00Z")), status: 4, says: "Ereignis (activity)"},
		{name: "XES event without time", file: "a.xes", content: xes(event("a", "2025-11-13T08:00:00Z"), event("b", "")), status: 4, says: "Zeitpunkt ist leer", place: "Zeile 4"},
		{name: "the same, one row allowed to be refused", file: "a.xes", content: xes(event("a", "2025-11-13T08:00:00Z"), event("b", "")), args: "--table events --process p --allow-refused 1", rows: 1, says: "1 zurückgewiesen"},
		{name: "XES cut off", file: "a.xes", content: cut(xes(event("a", "2025-11-13T08:00:00Z")), 150), status: 4, says: "abgeschnitten", place: "Zeile 3"},
		{name: "event without time", file: "a.csv", content: text(head + rows(20) + "A;x;\n"), status: 4, says: "Zeitpunkt ist leer", place: "Zeile 22, Spalte Zeit"},
		{name: "case id empty", file: "a.csv", content: text(head + rows(20) + ";x;13.11.2025\n"), status: 4, says: "ist leer", place: "Zeile 22, Spalte Vorgang"},
		{name: "wrong number of fields", file: "a.csv", content: text(head + rows(20) + "A;x\n" + rows(3)), status: 4, says: "2 Felder statt 3", place: "Zeile 22"},
		{name: "a day that does not exist", file: "a.csv", content: text(head + rows(20) + "A;x;31.02.2025\n"), status: 4, says: "31.02.2025", place: "Zeile 22, Spalte Zeit"},
		{name: "days of 12 or less only", file: "a.csv", content: text(head + "A;x;03/04/2025 08:00\nA;y;05/04/2025 08:00\n"), status: 4, says: "--dates"},
		{name: "the same with --dates", file: "a.csv", content: text(head + "A;x;03/04/2025 08:00\nA;y;05/04/2025 08:00\n"), args: "--table events --process p --dates dmy", rows: 2},
		{name: "dates of 1948 and 2099", file: "a.csv", content: text(head + rows(20) + "A;x;13.11.1948\nA;y;13.11.2099\n"), says: "1970", rows: 22},
		{name: "comma and point mixed", file: "a.csv", content: text(orderHead + "A;13.11.2025;1,50\nB;14.11.2025;2,50\nC;15.11.2025;3.75\n"), args: orders, status: 4, says: "3.75", place: "Zeile 4, Spalte Netto"},
		{name: "text in a number", file: "a.csv", content: text(orderHead + strings.Repeat("A;13.11.2025;1,50\n", 20) + "B;14.11.2025;kostenlos\n"), args: orders, status: 4, says: "kostenlos", place: "Zeile 22, Spalte Netto"},
		{name: "two currencies", file: "a.csv", content: text("Auftrag;Datum;Netto;Währung\nA;13.11.2025;1,50;EUR\nB;14.11.2025;2,50;CHF\n"), args: orders, says: "CHF", rows: 2},
		{name: "hour repeated in October, hour skipped in March", file: "a.csv", content: text(head + "A;x;26.10.2025 02:30:00\nA;y;30.03.2025 02:30:00\n"), says: "Zeitumstellung", rows: 2},
		{name: "equal rows", file: "a.csv", content: text(head + "A;x;13.11.2025 08:00\nA;x;13.11.2025 08:00\nB;x;14.11.2025 08:00\n"), says: "gleich", rows: 3},
		{name: "a value of 20 MB", file: "a.csv", content: text(head + "A;" + strings.Repeat("x", 20<<20) + ";13.11.2025\n"), status: 4, says: "länger als 16 MB", place: "Zeile 2"},
		{name: "300,000 different steps", file: "a.csv", content: text(head + manySteps(300_000)), status: 4, says: "250.000"},
		{name: "formula text", file: "a.csv", content: text(head + "=1+1;@SUM(A1);13.11.2025 08:00\n=1+1;+y;14.11.2025 08:00\n"), rows: 2},
		{name: "two title lines above the header of a workbook", file: "a.xlsx", content: workbook("Auswertung;Stand:;24.11.2025", "Stand: 24.11.2025", "Vorgang;Schritt;Zeit", "A;x;13.11.2025 08:00", "A;y;14.11.2025 08:00"), says: "(Zeile 3)", rows: 2},
		{name: "lines before the header of a text file", file: "a.csv", content: text("Muster GmbH\nAuswertung\n\n" + head + rows(20)), says: "(Zeile 4)", rows: 20},
		{name: "the header once more in the middle", file: "a.csv", content: text(head + rows(20) + head + rows(20)), says: "wiederholt die Überschriften", rows: 40},
		{name: "a row of totals in the middle", file: "a.csv", content: text(orderHead + "A;13.11.2025;1,50\nZwischensumme;;1,50\nB;14.11.2025;2,50\n"), args: orders, status: 4, says: "Summenzeile", place: "Zeile 3, Spalte Datum"},
		{name: "days without a year", file: "a.csv", content: text(orderHead + "A;1311;1,50\nB;1411;2,50\n"), args: orders, status: 4, says: "nennt kein Jahr", place: "Zeile 2, Spalte Datum"},
		{name: "days as a spreadsheet counts them", file: "a.csv", content: text(orderHead + "A;45974;1,50\nB;45975,5;2,50\n"), args: orders, says: "wie Excel sie zählt: Datum", rows: 2},
		{name: "name of the process that is a path", file: "a.csv", content: text(head + rows(20)), args: "--table events --process ../../x", rows: 20},
		{name: "name of a table that is SQL", file: "a.csv", content: text("Name\nA\nB\n"), args: `--table x";DROP`, rows: 2},
		{name: "unknown column in --map", file: "a.csv", content: text(head + rows(3)), args: "--table events --process p --map case_id=Fall", status: 4, says: "Vorgang, Schritt, Zeit"},
		{name: "unknown time zone", file: "a.csv", content: text(head + rows(3)), args: "--table events --process p --zone Europe/Nowhere", status: 2, says: "Europe/Nowhere"},
	}
}

func TestOddInputs(t *testing.T) {
	base := folder(t)
	empty := filepath.Join(base, "empty") // a made instance saves each row the making
	serve(t, empty).stop()
	for i, in := range oddInputs() {
		t.Run(in.name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(base, fmt.Sprint(i))
			in.check(t, copyTree(t, empty, dir), dir)
		})
	}
}

func (in odd) check(t *testing.T, data, dir string) {
	path := filepath.Join(folder(t), in.file)
	if in.content != nil {
		in.content(t, path)
	}
	args := in.args
	if args == "" {
		args = "--table events --process p"
	}
	run := func(more ...string) result {
		return lotse(t, append(append([]string{"import", path, "--data", data}, strings.Fields(args)...), more...)...)
	}
	r := run()
	said := r.out + r.errs
	if r.status != in.status {
		t.Errorf("status %d, want %d: %s", r.status, in.status, said)
	}
	if !strings.Contains(said, in.says) || !strings.Contains(said, in.place) {
		t.Errorf("does not say %q at %q: %s", in.says, in.place, said)
	}
	if n := lakeRows(t, data); n != in.rows {
		t.Errorf("%d rows in the lake, want %d", n, in.rows)
	}
	nothingHalf(t, data)
	if in.status == 0 {
		return
	}
	e := problemOf(t, run("--json", "--lang", "en"))
	if e.Text == "" || e.Hint == "" || strings.Contains(r.errs, e.Text) || e.Code == "internal" || e.Place.File == "" && in.place != "" {
		t.Errorf("in English: %+v, in German %s", e, r.errs)
	}
	if !strings.HasPrefix(r.errs, "lotse: ") || r.out != "" {
		t.Errorf("standard output %q, standard error %q", r.out, r.errs)
	}
}
