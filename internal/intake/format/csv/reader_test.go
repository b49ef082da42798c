package csv_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/csv"
)

type table struct {
	columns []string
	rows    [][]string
	lines   []int64
	ragged  int
	dialect csv.Dialect
	notes   format.Notes
}

func readAll(r io.Reader, o csv.Options) (table, error) {
	d, err := csv.Open(io.NopCloser(r), o)
	if err != nil {
		return table{}, err
	}
	defer d.Close()
	var out table
	for _, c := range d.Columns() {
		out.columns = append(out.columns, c.Name)
	}
	var row format.Row
	for {
		err := d.Next(&row)
		if errors.Is(err, io.EOF) {
			out.dialect, out.notes = d.Dialect(), d.Notes()
			return out, nil
		}
		if err != nil {
			return out, err
		}
		var cells []string
		for _, c := range row.Cells {
			cells = append(cells, string(c))
		}
		if row.Fields != len(out.columns) {
			out.ragged++
		}
		out.rows, out.lines = append(out.rows, cells), append(out.lines, row.Line)
	}
}

func readFile(t testing.TB, path string) (table, error) {
	t.Helper()
	src, err := format.Find(path, filepath.Base(path))
	if err != nil {
		return table{}, err
	}
	if src.Type != format.CSV {
		t.Fatalf("%s: recognised as %s", path, src.Type)
	}
	r, err := src.Open(context.Background())
	if err != nil {
		return table{}, err
	}
	return readAll(r, csv.Options{})
}

type wild struct {
	Encoding  string   `json:"encoding"`
	Delimiter string   `json:"delimiter"`
	Header    []string `json:"header"`
	Columns   int      `json:"columns"`
	Rows      int      `json:"rows"`
	Blank     int      `json:"blank_rows"`
	Footer    int      `json:"footer_rows"`
	Without   int      `json:"rows_without_footer"`
	First     []string `json:"first_row"`
	Clean     string   `json:"clean_file"`
}

func TestWildFiles(t *testing.T) {
	dir := basetest.SharedData(t, "csv_wild")
	raw, err := os.ReadFile(filepath.Join(dir, "reference.json"))
	if err != nil {
		t.Fatal(err)
	}
	var ref map[string]wild
	if err := json.Unmarshal(raw, &ref); err != nil {
		t.Fatal(err)
	}
	for name, want := range ref {
		if want.Clean != "" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			got, err := readFile(t, filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			enc := map[string]string{"DOS code page 850": "CP850"}[want.Encoding]
			if enc == "" {
				enc = want.Encoding
			}
			if got.dialect.Encoding != enc || got.dialect.Delimiter != want.Delimiter {
				t.Errorf("dialect %+v, want %s %q", got.dialect, want.Encoding, want.Delimiter)
			}
			if len(got.columns) != want.Columns {
				t.Errorf("%d columns, want %d: %v", len(got.columns), want.Columns, got.columns)
			}
			if len(got.rows) != want.Without {
				t.Errorf("%d rows, want %d (footer %d, blank %d); last %v", len(got.rows), want.Without, got.notes.Footer, got.notes.Blank, got.rows[len(got.rows)-1])
			}
			for i, h := range want.Header {
				if h = strings.Join(strings.Fields(h), " "); h != "" && i < len(got.columns) && got.columns[i] != h && !strings.HasPrefix(got.columns[i], h+" (") {
					t.Errorf("column %d is %q, want %q", i, got.columns[i], h)
				}
			}
			for i, c := range want.First {
				if got.rows[0][i] != c {
					t.Errorf("first row %q, want %q", got.rows[0], want.First)
					break
				}
			}
		})
	}
}

// The polluted files of Pollock give the rows of their clean twins, a row that cannot be read so is ragged, and damaged
// quoting is refused with its place.
func TestPollutedFiles(t *testing.T) {
	dir := basetest.SharedData(t, "csv_wild")
	for _, c := range []struct {
		name, clean string
		ragged      int
		line        int64
	}{
		{name: "source", clean: "all_records"},
		{name: "file_preamble", clean: "all_records"},
		{name: "file_field_delimiter_0x3B", clean: "all_records"},
		{name: "file_field_delimiter_0x9", clean: "all_records"},
		{name: "file_record_delimiter_0xD", clean: "all_records"},
		{name: "file_escape_char_0x5C", clean: "all_records"},
		{name: "file_no_header", clean: "file_no_header"},
		{name: "file_header_only", clean: "file_header_only"},
		{name: "file_header_multirow_2", clean: "file_header_multirow_2"},
		{name: "row_more_sep_row35_col0", clean: "all_records", ragged: 1},
		{name: "row_less_sep_row35_col1", clean: "all_records", ragged: 1},
		{name: "row_field_delimiter_35_0x20", clean: "all_records", ragged: 1},
		{name: "row_extra_quote35_col0", line: 36},
		{name: "file_quotation_char_0x27", line: 3},
		{name: "file_multitable_less", line: 106},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readFile(t, filepath.Join(dir, "pollock", c.name+".csv.gz"))
			if c.line > 0 {
				var e *base.Error
				if !errors.As(err, &e) || e.Kind != base.Refused || e.Place.Line != c.line || e.Place.Column == "" {
					t.Fatalf("got %v, want a refusal at line %d", err, c.line)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			clean, err := readFile(t, filepath.Join(dir, "pollock", "clean", c.clean+".csv.gz"))
			if err != nil {
				t.Fatal(err)
			}
			if got.ragged != c.ragged || len(got.rows) != len(clean.rows) {
				t.Fatalf("%d rows, %d of them ragged; clean %d", len(got.rows), got.ragged, len(clean.rows))
			}
			for i := range clean.rows {
				if len(got.rows[i]) == len(got.columns) && strings.Join(got.rows[i], "\x00") != strings.Join(clean.rows[i], "\x00") {
					t.Fatalf("row %d\n%q\n%q", i, got.rows[i], clean.rows[i])
				}
			}
		})
	}
}
