package csv_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/csv"
)

// FuzzCSV: no input may crash the reader, report a row without cells or a line that goes back.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a;b\n1;2\n", "a,b\r\n\"1\"\"x\",2\r\n", "a\tb\r1\t2\r", "\xef\xbb\xbfa;b\n1;2", "\xff\xfea\x00;\x00b\x00\n\x001\x00;\x002\x00", "Titel\n\na;b\n1;2\nStand: heute\n",
		"a|b\n'1'|'2'\n", "a,b\n\"1\\\"x\",2\n", "sep=;\na;b\n1;2\n", "a;b\n\"offen;2\n", "a;b\nx\x00;y\n", "a;\xfc\n1;2\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		d, err := csv.Open(io.NopCloser(bytes.NewReader(in)), csv.Options{})
		if err != nil {
			return
		}
		var row format.Row
		last := int64(0)
		for {
			if err := d.Next(&row); err != nil {
				var e *base.Error
				if !errors.Is(err, io.EOF) && !errors.As(err, &e) {
					t.Fatal(err)
				}
				return
			}
			if len(row.Cells) == 0 || row.Fields != len(row.Cells) || row.Line < last {
				t.Fatalf("%+v after line %d", row, last)
			}
			last = row.Line
		}
	})
}

// What the standard library writes, the reader reads back, whatever the size of the pieces in which it arrives.
func TestReadsWhatOthersWrite(t *testing.T) {
	cell := rapid.StringMatching(`[a-zA-ZäöüßÄ€0-9 ,;"\n.:-]{0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 6).Draw(t, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 3, 40).Draw(t, "rows")
		comma := rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(t, "comma")
		var b bytes.Buffer
		w := stdcsv.NewWriter(&b)
		w.Comma, w.UseCRLF = comma, rapid.Bool().Draw(t, "crlf")
		header := []string{"eins", "zwei", "drei", "vier", "fünf", "sechs"}[:width]
		w.Write(header)
		for i := range rows {
			rows[i][0] = "r" + strings.TrimSpace(strings.ReplaceAll(rows[i][0], "\n", "")) // never blank
			w.Write(rows[i])
		}
		w.Flush()
		in := io.Reader(bytes.NewReader(b.Bytes()))
		if rapid.Bool().Draw(t, "small") {
			in = &slow{in, rapid.IntRange(1, 7).Draw(t, "piece")}
		}
		got, err := readAll(in, csv.Options{Delimiter: string(comma)})
		if err != nil {
			t.Fatalf("%v\n%q", err, b.String())
		}
		if !slices.Equal(got.columns, header) || len(got.rows) != len(rows) {
			t.Fatalf("%v, %d rows of %d\n%q", got.columns, len(got.rows), len(rows), b.String())
		}
		for i := range rows {
			want := rows[i]
			if w.UseCRLF {
				want = make([]string, width)
				for j, c := range rows[i] {
					want[j] = strings.ReplaceAll(c, "\n", "\r\n")
				}
			}
			if !slices.Equal(got.rows[i], want) {
				t.Fatalf("row %d: %q, want %q", i, got.rows[i], want)
			}
		}
	})
}

// slow hands out a few bytes at a time.
type slow struct {
	r io.Reader
	n int
}

func (s *slow) Read(p []byte) (int, error) { return s.r.Read(p[:min(len(p), s.n)]) }

func TestLinesOfRows(t *testing.T) {
	in := "Titel\n\na;b\n1;\"zwei\nZeilen\"\n\n2;x\n"
	got, err := readAll(strings.NewReader(in), csv.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.lines, []int64{4, 7}) || got.dialect.HeaderRow != 3 || got.notes.Titles != 2 || got.notes.Blank != 1 {
		t.Fatalf("lines %v, header %d, %+v", got.lines, got.dialect.HeaderRow, got.notes)
	}
}

func TestEncodingIsDecidedLate(t *testing.T) {
	plain := strings.Repeat("abc;def\n", 60_000)
	for tail, want := range map[string]string{"Müller;x\n": format.UTF8, "M\xfcller;x\n": format.Windows1252, "M\x81ller;x\n": format.CP850, "": format.UTF8} {
		got, err := readAll(strings.NewReader("a;b\n"+plain+tail), csv.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got.dialect.Encoding != want {
			t.Errorf("%q: %s, want %s", tail, got.dialect.Encoding, want)
		}
		if last := got.rows[len(got.rows)-1][0]; tail != "" && last != "Müller" {
			t.Errorf("%q: %q", tail, last)
		}
	}
}
