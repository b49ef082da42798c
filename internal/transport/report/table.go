package report

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/sheet"
)

// Limits of one export.
const (
	maxRows    = 100_000
	maxColumns = 500
	maxCells   = 3_000_000
	maxBody    = 64 << 20
)

// types of a column.
var types = []string{"text", "number", "integer", "percent", "date", "time", "boolean"}

// Column describes a column. Type decides how a value is written: text stays text whatever it looks like.
type Column struct {
	Title string `json:"title" required:"false"`
	Type  string `json:"type" enum:"text,number,integer,percent,date,time,boolean"`
}

// Meta is what stands beside the figures.
type Meta struct {
	Title   string   `json:"title,omitempty"`
	Source  string   `json:"source,omitempty"`
	Remarks []string `json:"remarks,omitempty"`
}

// Table is what a page shows. Values are strings, numbers, booleans or null; dates are ISO text.
type Table struct {
	Name    string   `json:"name" doc:"of the file, without ending"`
	Format  string   `json:"format" enum:"csv,xlsx"`
	Columns []Column `json:"columns"`
	Rows    [][]any  `json:"rows"`
	Meta    Meta     `json:"meta,omitempty" required:"false"`
}

type tableInput struct{ Body Table }

// Exports offers the export of tables.
type Exports struct{ Clock base.Clock }

// Operations are the exports.
func (e Exports) Operations() []operation.Operation {
	return []operation.Operation{
		operation.NewStreamOf[tableInput, struct{}](operation.Def{ID: "export_table", Kind: operation.Stream, Method: http.MethodPost,
			Path: "/export/table", Tag: "export", Permission: auth.Self, MaxBody: maxBody, Media: []string{sheet.ContentType(sheet.CSV), sheet.ContentType(sheet.XLSX)},
			Summary: base.T("Tabelle als Datei", "Table as a file")}, e.table),
	}
}

func (e Exports) table(w http.ResponseWriter, r *http.Request) error {
	t, err := decode(r.Body)
	if err != nil {
		return err
	}
	if err := t.check(); err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": sheet.FileName(t.Name) + "." + t.Format}))
	w.Header().Set("Content-Type", sheet.ContentType(t.Format))
	columns := make([]sheet.Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = sheet.Column(c)
	}
	out, err := sheet.New(w, t.Format, columns, sheet.Options{Lang: base.LangOf(r.Context()), Now: e.Clock(), Meta: sheet.Meta(t.Meta)})
	if err != nil {
		return err
	}
	for _, row := range t.Rows {
		if err := out.Row(row); err != nil {
			return err
		}
	}
	return out.Close()
}

// decode reads the body row by row, so that a body made to fill the memory is refused before it does.
func decode(r io.Reader) (*Table, error) {
	dec := json.NewDecoder(r)
	dec.UseNumber()
	dec.DisallowUnknownFields()
	var t Table
	if err := expect(dec, '{'); err != nil {
		return nil, err
	}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, malformed(err)
		}
		switch key {
		case "name":
			err = dec.Decode(&t.Name)
		case "format":
			err = dec.Decode(&t.Format)
		case "columns":
			err = dec.Decode(&t.Columns)
		case "meta":
			err = dec.Decode(&t.Meta)
		case "rows":
			err = decodeRows(dec, &t)
		default:
			err = fmt.Errorf("unknown field %v", key)
		}
		if err != nil {
			return nil, malformed(err)
		}
	}
	if err := expect(dec, '}'); err != nil {
		return nil, err
	}
	return &t, nil
}

func decodeRows(dec *json.Decoder, t *Table) error {
	if err := expect(dec, '['); err != nil {
		return err
	}
	cells := 0
	for dec.More() {
		if err := expect(dec, '['); err != nil {
			return err
		}
		var row []any
		for dec.More() {
			value, err := dec.Token()
			if err != nil {
				return err
			}
			if _, nested := value.(json.Delim); nested {
				return fmt.Errorf("a value is text, a number, yes or no, or null")
			}
			row = append(row, value)
			if cells++; cells > maxCells {
				return tooMany()
			}
		}
		if err := expect(dec, ']'); err != nil {
			return err
		}
		if t.Rows = append(t.Rows, row); len(t.Rows) > maxRows {
			return tooMany()
		}
	}
	return expect(dec, ']')
}

func expect(dec *json.Decoder, want json.Delim) error {
	got, err := dec.Token()
	if err == nil && got != want {
		err = fmt.Errorf("%v where %v was expected", got, want)
	}
	if err != nil {
		return malformed(err)
	}
	return nil
}

func malformed(err error) error {
	if e := base.AsError(err); e.Kind != base.Internal {
		return err
	}
	return base.Fail(base.Usage, "malformed_request", base.T("Die Anfrage ist nicht lesbar.", "The request cannot be read.")).Because(err)
}

func tooMany() error {
	return base.Fail(base.TooLarge, "too_many_rows", base.T("Mehr als %s Zeilen lassen sich nicht auf einmal ausgeben.",
		"More than %s rows cannot be exported at once.", maxRows)).
		WithHint(base.T("Filtern Sie die Tabelle.", "Filter the table."))
}

func (t *Table) check() error {
	var fields []base.FieldError
	add := func(field string, text base.Text) { fields = append(fields, base.FieldError{Field: field, Text: text}) }
	if t.Format != "csv" && t.Format != "xlsx" {
		add("format", base.T("erlaubt ist csv oder xlsx", "csv or xlsx is allowed"))
	}
	if len(t.Columns) == 0 || len(t.Columns) > maxColumns {
		add("columns", base.T("eine bis %s Spalten", "one to %s columns", maxColumns))
	}
	for i, c := range t.Columns {
		if !slices.Contains(types, c.Type) {
			add(fmt.Sprintf("columns[%d].type", i), base.T("erlaubt ist eines von %s", "one of %s is allowed", strings.Join(types, ", ")))
			break
		}
	}
	for i, row := range t.Rows {
		if len(row) != len(t.Columns) {
			add(fmt.Sprintf("rows[%d]", i), base.T("%s Werte statt %s", "%s values instead of %s", len(row), len(t.Columns)))
			break
		}
	}
	if len(fields) == 0 {
		return nil
	}
	e := base.Fail(base.Refused, "invalid_fields", base.T("Einige Angaben passen nicht.", "Some values do not fit."))
	e.Fields = fields
	return e
}
