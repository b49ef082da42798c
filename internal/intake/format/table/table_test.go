package table_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format/table"
)

var limits = table.Limits{Rows: 4, Bytes: 1000}

func own(columns []string) bool { return slices.Equal(columns, []string{"Name", "Note"}) }

// A file of this program is read by the letter; of any other one titles and notes are left out.
func TestOwnAndForeign(t *testing.T) {
	got, err := table.Read(t.Context(), strings.NewReader("\ufeffName;Note\r\nSumme;\r\n\"a, b\";Stand: heute\r\nQuelle;\r\n"), limits, own)
	if err != nil || len(got.Rows) != 3 || got.Rows[1].Cells[0].Text != "a, b" || got.Rows[2].Line != 4 {
		t.Fatalf("%+v %v", got, err)
	}
	got, err = table.Read(t.Context(), strings.NewReader("Liste\n\nname,note\na,1\nb,2\nQuelle: Archiv\n"), limits, own)
	if err != nil || len(got.Rows) != 2 || got.Notes.Footer != 1 || got.Columns[1] != "note" || got.Rows[0].Line != 4 {
		t.Fatalf("%+v %v", got, err)
	}
}

func TestLimits(t *testing.T) {
	for body, code := range map[string]string{
		"a;b\n1;2\n1;2\n1;2\n1;2\n1;2\n":             "too_many_rows",
		"a;b\n" + strings.Repeat("x", 1200) + ";2\n": "file_too_large",
		"":            "empty_file",
		"<log></log>": "format_unsupported",
		"PK\x03\x04x": "xlsx_damaged",
	} {
		_, err := table.Read(t.Context(), strings.NewReader(body), limits, own)
		var e *base.Error
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("%.20q: %v", body, err)
		}
	}
}
