// Package table reads a whole small table into memory, CSV or XLSX by content, within limits. What streams, packages csv
// and xlsx read.
package table

import (
	"context"
	"errors"
	"io"
	"os"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/csv"
	"lotse.dev/lotse/internal/intake/format/xlsx"
)

// Table is what a file holds.
type Table struct {
	Type     format.Type
	Encoding string // of CSV
	Sheet    string // of XLSX
	Columns  []string
	Rows     []Row
	Notes    format.Notes
}

// Row is one row.
type Row struct {
	Line  int64 // of the file, or row of the sheet
	Cells []Cell
	More  int // fields beyond the columns
}

// Cell is one value. Unit is what the number format of a spreadsheet writes beside a number.
type Cell struct {
	Text string
	Kind format.Kind
	Unit string
}

// Limits of a table.
type Limits struct {
	Rows  int
	Bytes int64 // of all texts together
}

// Read reads a table. own says whether column names are those of a file that this program wrote: such a file is read by
// the letter, without looking for a header, titles above or notes below.
func Read(ctx context.Context, body io.Reader, limits Limits, own func(columns []string) bool) (*Table, error) {
	path, err := spool(body)
	if err != nil {
		return nil, err
	}
	defer os.Remove(path)
	src, err := format.Find(path, "")
	if err != nil {
		return nil, err
	}
	t := &Table{Type: src.Type}
	r, err := t.open(ctx, src, own)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return t, t.fill(ctx, r, limits)
}

func spool(body io.Reader) (string, error) {
	f, err := os.CreateTemp("", "lotse-table-*")
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, body)
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return "", err
	}
	return f.Name(), nil
}

// reader is a format.Reader that can be told that nothing stands below the table.
type reader interface {
	format.Reader
	format.Noter
	KeepAll()
}

func (t *Table) open(ctx context.Context, src *format.Source, own func([]string) bool) (reader, error) {
	switch {
	case src.Type == format.CSV:
		return t.openCSV(ctx, src, own)
	case src.Type == format.XLSX && !src.Gzip:
		return t.openXLSX(src, own)
	}
	return nil, base.Fail(base.Refused, "format_unsupported", base.T("Hier lassen sich CSV und XLSX einlesen.", "CSV and XLSX can be read here.")).
		WithHint(base.T("Speichern Sie die Tabelle als CSV oder XLSX.", "Save the table as CSV or XLSX."))
}

func (t *Table) openCSV(ctx context.Context, src *format.Source, own func([]string) bool) (reader, error) {
	try := func(o csv.Options) (*csv.Reader, error) {
		raw, err := src.Open(ctx)
		if err != nil {
			return nil, err
		}
		return csv.Open(raw, o)
	}
	for _, delimiter := range []string{";", ","} {
		r, err := try(csv.Options{Delimiter: delimiter, HeaderRow: 1})
		if err != nil {
			continue // what is wrong, the search below says
		}
		if own(names(r)) {
			r.KeepAll()
			return r, nil
		}
		r.Close()
	}
	return ready(try(csv.Options{}))
}

func (t *Table) openXLSX(src *format.Source, own func([]string) bool) (reader, error) {
	try := func(o xlsx.Options, first bool) (*xlsx.Reader, error) {
		w, err := xlsx.Open(src.Path)
		if err != nil {
			return nil, err
		}
		if first {
			o.Sheet = w.Sheets[0].Name
		}
		r, err := xlsx.NewReader(w, o)
		if err != nil {
			return nil, errors.Join(err, w.Close())
		}
		return r, nil
	}
	if r, err := try(xlsx.Options{HeaderRow: 1}, true); err == nil {
		if own(names(r)) {
			r.KeepAll()
			t.Sheet = r.Sheet().Name
			return r, nil
		}
		r.Close()
	}
	r, err := try(xlsx.Options{}, false)
	if err == nil {
		t.Sheet = r.Sheet().Name
	}
	return ready(r, err)
}

// ready keeps a nil reader of a format from becoming a reader that is not nil.
func ready[R reader](r R, err error) (reader, error) {
	if err != nil {
		return nil, err
	}
	return r, nil
}

func names(r format.Reader) []string {
	columns := r.Columns()
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.Name
	}
	return out
}

func (t *Table) fill(ctx context.Context, r reader, limits Limits) error {
	t.Columns = names(r)
	var row format.Row
	size := int64(0)
	for {
		err := r.Next(&row)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		if len(t.Rows) == limits.Rows {
			return format.TooLarge("too_many_rows", base.T("Die Datei hat mehr als %s Zeilen.", "The file has more than %s rows.", limits.Rows), row.Line).
				WithHint(base.T("Teilen Sie die Datei.", "Split the file."))
		}
		one := Row{Line: row.Line, Cells: make([]Cell, len(t.Columns)), More: max(0, row.Fields-len(t.Columns))}
		for i := range min(len(row.Cells), len(t.Columns)) {
			one.Cells[i] = cell(&row, i)
			size += int64(len(one.Cells[i].Text))
		}
		if size > limits.Bytes {
			return format.TooLarge("file_too_large", base.T("Die Datei enthält zu viel Text (mehr als %s MB).", "The file holds too much text (more than %s MB).", limits.Bytes>>20), row.Line)
		}
		t.Rows = append(t.Rows, one)
	}
	t.Notes = r.Notes()
	if c, ok := r.(*csv.Reader); ok {
		t.Encoding = c.Dialect().Encoding
	}
	return nil
}

func cell(row *format.Row, i int) Cell {
	out := Cell{Text: string(row.Cells[i])}
	if row.Kinds != nil {
		out.Kind = row.Kinds[i]
	}
	if row.Units != nil {
		out.Unit = row.Units[i]
	}
	return out
}
