package register_test

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/register"
)

// A file of another tool: titles above, other column names, German numbers, the encodings of old programs.
const foreign = "Projektliste 2026\r\n\r\nlfd.;Projekt-Bezeichnung;Nummer;Verantwortlich;Budget (EUR);Anteil;Termin;Sonstiges\r\n" +
	"1;Lager für Öl;P-1;Anna Müller;1.250,50;12,5;1.3.2026;x\r\n2;Straßenbau;P-2;anna müller;80.000;7;15.04.2026;\r\nSumme;;;;81.250,50;;;\r\n"

func TestFilesOfOtherTools(t *testing.T) {
	windows, err := charmap.Windows1252.NewEncoder().String(foreign)
	if err != nil {
		t.Fatal(err)
	}
	wide := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(strings.ReplaceAll(foreign, ";", "\t"))) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	for encoding, body := range map[string][]byte{"UTF-8": []byte(foreign), "Windows-1252": []byte(windows), "UTF-16LE": wide} {
		t.Run(encoding, func(t *testing.T) {
			h := openHouse(t)
			choose := url.Values{"map": {"name=Projekt-Bezeichnung"}}
			p := h.preview(officer, base.English, choose, body)
			if p.Encoding != encoding || p.Numbers != "de" || p.Key != "code" || p.Counts != (register.ImportCounts{Rows: 2, Create: 2}) || len(p.Remarks) != 2 {
				t.Fatalf("%+v", p)
			}
			fields := map[string]string{}
			for _, c := range p.Columns {
				fields[c.Name] = c.Field
				if c.Reason.En == "" {
					t.Errorf("no reason for %s", c.Name)
				}
			}
			for column, field := range map[string]string{"lfd.": "", "Projekt-Bezeichnung": "name", "Nummer": "code", "Verantwortlich": "owner", "Budget (EUR)": "budget", "Termin": "due", "Sonstiges": ""} {
				if fields[column] != field {
					t.Errorf("%s: %q", column, fields[column])
				}
			}
			if out := h.load(officer, base.English, choose, body); out.Counts.Create != 2 {
				t.Fatalf("%+v", out)
			}
			for _, doc := range h.all() {
				if doc["code"] != "P-1" {
					continue
				}
				money := doc["budget"].(map[string]any)
				if doc["name"] != "Lager für Öl" || doc["owner"] != "anna" || money["amount"] != "1250.50" || money["currency"] != "EUR" || doc["share"] != 0.125 || doc["due"] != "2026-03-01" {
					t.Errorf("%v", doc)
				}
			}
			// The same file again finds its records by the unique field and changes nothing.
			if p := h.preview(officer, base.English, choose, body); p.Counts.Same != 2 {
				t.Errorf("%+v", p)
			}
			if p := h.preview(officer, base.English, url.Values{"map": choose["map"], "mode": {"create"}}, body); p.Counts.Refused != 2 {
				t.Errorf("%+v", p.Counts)
			}
		})
	}
}

// Everything that does not fit is said at once with line and column, and nothing is written.
func TestDryRunKnowsEveryRule(t *testing.T) {
	h := openHouse(t)
	h.put("sample", "top", map[string]any{"name": "Oben", "code": "T"})
	h.put("sample", "low", map[string]any{"name": "Unten", "parent": "top", "stage": "one"})
	h.put("sample", "gone", map[string]any{"name": "Weg"})
	file := "Kennung;Bezeichnung;Nummer;Stunden;Termin;Verantwortlich;Übergeordnet;Phase;Fertig;Schritte\n" +
		";;N-1;viele;31.02.2026;Nemo;;;vielleicht;\n" + // 2: four texts, and a heading is missing
		"top;Oben;T;;;;Unten;;;\n" + // 3: a circle
		"low;Unten;T;;;;Oben;eins;;\n" + // 4: the number of another
		"low;Doppelt;;;;;;;;\n" + // 5: the record of line 4 again
		";Neu;N-2;;;Carl;Gibt es nicht;zwei;;\n" + // 6: two Carls, no parent, a managed field
		";Gut;N-3;1,5;;Carl [carl-1];Neuer Kopf;;ja;\n" + // 7: names line 8
		";Neuer Kopf;N-4;;;;;;;| 1.1.2026\n" + // 8: a step without title
		"kein Name!;X;;;;;;;;\n" + // 9: no id
		";Ring A;;;;;Ring B;;;\n;Ring B;;;;;Ring A;;;\n" // 10, 11: new ones in a circle
	p := h.preview(officer, base.German, nil, []byte(file))
	var got []string
	for _, e := range p.Errors {
		got = append(got, fmt.Sprintf("%d %s", e.Line, e.Column))
	}
	slices.Sort(got)
	want := []string{"10 Übergeordnet", "11 Übergeordnet", "2 Bezeichnung", "2 Fertig", "2 Stunden", "2 Termin", "2 Verantwortlich", "3 Übergeordnet", "4 Nummer", "5 Kennung",
		"6 Phase", "6 Verantwortlich", "6 Übergeordnet", "7 Übergeordnet", "8 Schritte", "9 Kennung"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") || p.Found != len(want) || p.Counts.Refused != 10 || p.Counts.Rows != 10 {
		t.Errorf("%+v\n%s\n%+v", p.Counts, strings.Join(got, "\n"), p.Errors)
	}
	if len(h.all()) != 3 || h.told != 0 {
		t.Error("a dry run kept something")
	}
	_, err := h.tryLoad(officer, base.German, "sample_import", nil, []byte(file))
	var e *base.Error
	if !errors.As(err, &e) || e.Code != "rows_refused" || e.Kind != base.Refused || len(e.Fields) != len(want) || len(h.all()) != 3 {
		t.Errorf("%v", err)
	}
	for body, code := range map[string]string{"": "empty_file", "a;b\n1;2\n": "no_column_fits", "%PDF-1.4": "format_unsupported", "<log></log>": "format_unsupported"} {
		if _, err := h.raw(officer, base.German, "sample_import_preview", nil, []byte(body)); !errors.As(err, &e) || e.Code != code {
			t.Errorf("%q: %v", body, err)
		}
	}
	long := "Bezeichnung\n" + strings.Repeat("x\n", 20_001)
	if _, err := h.raw(officer, base.German, "sample_import_preview", nil, []byte(long)); !errors.As(err, &e) || e.Code != "too_many_rows" {
		t.Error(err)
	}
}

// Bad rows are left out on the user's word only, and what was written can be taken back as a whole.
func TestLeaveOutAndUndo(t *testing.T) {
	h := openHouse(t)
	h.put("sample", "a", map[string]any{"name": "Alt", "hours": 1.0})
	before := h.all()
	file := []byte("ID,Label,Hours,Parent\na,Renamed,2.5,\n,Child,,Top\n,Top,3,\n,Bad,many,\n")
	p := h.preview(officer, base.English, nil, file)
	if p.Counts != (register.ImportCounts{Rows: 4, Create: 2, Update: 1, Refused: 1}) || p.Rows[0].Cells[0].Before != "Alt" || p.Rows[0].Cells[0].After != "Renamed" {
		t.Fatalf("%+v", p)
	}
	if _, err := h.tryLoad(officer, base.English, "sample_import", nil, file); err == nil {
		t.Fatal("a bad row came in")
	}
	out := h.load(officer, base.English, url.Values{"allow_refused": {"1"}}, file)
	if out.Counts.Create != 2 || len(out.Items) != 3 || len(out.Errors) != 1 || out.Errors[0].Line != 5 || h.told != 3 || len(h.all()) != 3 {
		t.Fatalf("%+v told %d", out, h.told)
	}
	undo, ok := h.ops["sample_import_undo"].(operation.Typed[register.UndoInput, register.BulkDone])
	if !ok {
		t.Fatal("no undo")
	}
	in := &register.UndoInput{}
	in.Body.Items = out.Items
	changed := h.put("sample", "a", map[string]any{"name": "Inzwischen"})
	ctx := auth.With(t.Context(), officer)
	if _, err := undo.Run(ctx, in); err == nil || len(h.all()) != 3 {
		t.Fatal("what somebody changed since was taken back")
	}
	for n := range in.Body.Items {
		if in.Body.Items[n].ID == "a" {
			in.Body.Items[n].After = changed.Version
		}
	}
	if _, err := undo.Run(ctx, in); err != nil {
		t.Fatal(err)
	}
	if got := h.all(); fmt.Sprint(got) != fmt.Sprint(before) {
		t.Errorf("%v", got)
	}
}

// The rights of a person hold row by row: who owns a record changes that one and sees its private fields.
func TestImportWithRightsOfThePerson(t *testing.T) {
	h := openHouse(t)
	h.put("sample", "mine", map[string]any{"name": "Meins", "owner": "anna", "secret": "s1"})
	h.put("sample", "other", map[string]any{"name": "Anderes", "owner": "bert", "secret": "s2"})
	contributor := auth.Principal{ID: "2", Email: "anna@example.com", Roles: []auth.Role{auth.Contributor}}
	h.acting = register.Acting{Self: "anna", Persons: []string{"anna"}}
	columns := url.Values{"columns": {"id,name,secret"}}
	viewer := auth.Principal{ID: "3", Email: "v@example.com", Roles: []auth.Role{auth.Viewer}}
	if got := string(h.export(contributor, base.English, columns)); got != "\ufeffID,Label,Secret\r\nother,Anderes,\r\nmine,Meins,s1\r\n" {
		t.Errorf("%q", got)
	}
	h.acting = register.Acting{}
	if got := string(h.export(viewer, base.English, columns)); got != "\ufeffID,Label,Secret\r\nother,Anderes,\r\nmine,Meins,\r\n" {
		t.Errorf("%q", got)
	}
	h.acting = register.Acting{Self: "anna", Persons: []string{"anna"}}
	file := []byte("ID,Label\nmine,Umbenannt\nother,Gekapert\n,Neu\n")
	p := h.preview(contributor, base.English, nil, file)
	if p.Counts.Update != 1 || p.Counts.Refused < 1 || p.Rows[1].Action != "refused" {
		t.Errorf("%+v %+v", p.Counts, p.Errors)
	}
	h.load(contributor, base.English, nil, []byte("ID,Label\nmine,Umbenannt\n"))
	if got := h.all()["mine"]; got["secret"] != "s1" || got["name"] != "Umbenannt" {
		t.Errorf("%v", got)
	}
}

func TestParseReadsWhatPeopleWrite(t *testing.T) {
	h := openHouse(t)
	parse := h.ops["sample_parse"].(operation.Typed[register.ParseInput, register.Parsed])
	in := &register.ParseInput{}
	h.put("sample", "x", map[string]any{"name": "Halle [alt]"})
	in.Body.Texts = map[string]string{"parent": "Halle [alt]", "helpers": "Carl [carl-2]; bert", "budget": "12.000,00 EUR", "benefit": "1 / 2 / 5", "share": "12,5 %", "time": "01.01.2026 – 31.12.2026", "areas": "Kunde; b", "owner": "Anna Müller",
		"progress": "all done", "due": "", "hours": "viele", "nothing": "x", "done": "ja"}
	out, err := parse.Run(base.WithLang(auth.With(t.Context(), officer), base.German), in)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"parent": "x", "helpers": []any{"carl-2", "bert"}, "budget": map[string]any{"amount": "12000.00", "currency": "EUR"}, "benefit": map[string]any{"min": 1.0, "likely": 2.0, "max": 5.0}, "share": 0.125,
		"time": map[string]any{"from": "2026-01-01", "to": "2027-01-01"}, "areas": []any{"a", "b"}, "owner": "anna", "progress": "done", "due": nil, "done": true}
	if fmt.Sprint(out.Value) != fmt.Sprint(want) || len(out.Errors) != 2 || out.Errors[0].Field != "hours" || out.Errors[1].Field != "nothing" {
		t.Errorf("%v\n%v", out.Value, out.Errors)
	}
}
