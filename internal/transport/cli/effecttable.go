package cli

import (
	"context"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/table"
	"lotse.dev/lotse/internal/intake/mapping"
)

// Limits of a table of units or of people in an experiment.
const (
	effectRows  = 1_000_000
	effectBytes = 256 << 20
)

// effectTable is a table read for a design beside that of a single series, with its columns by field.
type effectTable struct {
	seriesFile
	t      *table.Table
	rows   []seriesRow
	column map[string]int
}

// readEffectTable reads a file and finds the columns of the fields: those that were named, otherwise by their names.
// Fields in optional may be missing.
func readEffectTable(ctx context.Context, path string, given map[string]string, needed, optional []string, names map[string][]string) (*effectTable, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t, err := table.Read(ctx, f, table.Limits{Rows: effectRows, Bytes: effectBytes}, func([]string) bool { return false })
	if err != nil {
		return nil, format.InFile(err, path)
	}
	e := &effectTable{seriesFile: seriesFile{path: path}, t: t, column: map[string]int{}}
	for field, column := range given {
		place := slices.Index(t.Columns, column)
		if place < 0 {
			return nil, e.lackingColumn(base.T("Die Spalte „%s“ gibt es in der Datei nicht.", "There is no column “%s” in the file.", column))
		}
		e.column[field] = place
	}
	for _, field := range slices.Concat(needed, optional) {
		e.propose(field, names[field])
		if _, ok := e.column[field]; !ok && slices.Contains(needed, field) {
			return nil, e.lackingColumn(base.T("Welche Spalte „%s“ ist, sagen ihre Namen nicht.", "The names of the columns do not say which one is “%s”.", field))
		}
	}
	for i, r := range t.Rows {
		if r.More > 0 {
			return nil, e.refuse("row_ragged", r.Line, "", base.T("Diese Zeile hat mehr Felder als die Überschrift.", "This row has more fields than the header."))
		}
		e.rows = append(e.rows, seriesRow{line: r.Line, place: i, row: r})
	}
	if len(e.rows) == 0 {
		return nil, e.refuse("series_empty", 0, "", base.T("In der Datei steht keine Zeile.", "There is no row in the file."))
	}
	return e, nil
}

func (e *effectTable) propose(field string, names []string) {
	for _, want := range names {
		for i, name := range e.t.Columns {
			if _, have := e.column[field]; !have && mapping.Fold(name) == want && !e.taken(i) {
				e.column[field] = i
			}
		}
	}
}

func (e *effectTable) taken(place int) bool {
	for _, p := range e.column {
		if p == place {
			return true
		}
	}
	return false
}

func (e *effectTable) lackingColumn(text base.Text) error {
	return base.Fail(base.Refused, "column_missing", text).At(base.Place{File: e.path}).
		WithHint(base.T("Gefunden: %s. Mit --map FELD=SPALTE sagen Sie, welche Spalte was ist.", "Found: %s. Say by --map FIELD=COLUMN which column is what.", strings.Join(e.t.Columns, ", ")))
}

// text is the cell of a field, "" for an empty one.
func (e *effectTable) text(r seriesRow, field string) string {
	place, ok := e.column[field]
	if !ok {
		return ""
	}
	if t := strings.TrimSpace(r.row.Cells[place].Text); !empty(t) {
		return t
	}
	return ""
}

// name is the name of the column of a field.
func (e *effectTable) name(field string) string { return e.t.Columns[e.column[field]] }

// figures reads the numbers of a field; a field that is not there gives nil.
func (e *effectTable) figures(field string) ([]*float64, error) {
	place, ok := e.column[field]
	if !ok {
		return nil, nil
	}
	return e.numbers(e.t, e.rows, place)
}

// truths reads a column whose every cell is a yes, a no or empty; ok is false for any other.
func (e *effectTable) truths(field string) (out []*float64, ok bool) {
	values := map[string]float64{"1": 1, "true": 1, "ja": 1, "yes": 1, "wahr": 1, "0": 0, "false": 0, "nein": 0, "no": 0, "falsch": 0}
	out = make([]*float64, len(e.rows))
	for i, r := range e.rows {
		t := e.text(r, field)
		v, known := values[strings.ToLower(t)]
		if t != "" && !known {
			return nil, false
		}
		if known {
			out[i] = &v
		}
	}
	return out, true
}

// columnsGiven reads --map for the fields of a design.
func columnsGiven(pairs, fields []string, example string) (map[string]string, error) {
	out := map[string]string{}
	for _, pair := range pairs {
		field, column, found := strings.Cut(pair, "=")
		if !found || column == "" || !slices.Contains(fields, field) {
			return nil, base.Fail(base.Usage, "map_unreadable", base.T("„%s“ hat nicht die Form Feld=Spalte mit %s.", "“%s” is not of the form field=column with %s.", pair, strings.Join(fields, ", "))).
				WithHint(base.T("Beispiel: --map %s", "Example: --map %s", example))
		}
		out[field] = column
	}
	return out, nil
}

// otherDesign is the command for a design beside that of a single series, nil for that one.
func otherDesign(args []string) func(context.Context, *Env, []string) error {
	switch design := flagValue(args, "--design"); design {
	case "", "series":
		return nil
	case "did":
		return effectDiD
	case "ab":
		return effectAB
	default:
		return func(context.Context, *Env, []string) error {
			return base.Fail(base.Usage, "design_unknown", base.T("„%s“ ist kein Design. Möglich sind series, did und ab.", "“%s” is no design. Possible are series, did and ab.", design))
		}
	}
}
