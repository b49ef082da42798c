package cli

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/engine/causal"
	"lotse.dev/lotse/internal/intake/format"
	"lotse.dev/lotse/internal/intake/format/table"
	"lotse.dev/lotse/internal/intake/mapping"
)

// seriesFile is a series read from a file.
type seriesFile struct {
	path    string
	series  causal.Series
	axis    *axis
	first   int // place of the first observation on the axis
	remarks base.Remarks
}

// seriesColumns says which columns of a table are what; −1 for none.
type seriesColumns struct {
	time, value, size, negative int
	controls                    []int
}

// seriesRow is one line of the file.
type seriesRow struct {
	line  int64
	place int // on the axis
	row   table.Row
}

// readSeries reads a table with a column of periods and one of values, in any order.
func readSeries(ctx context.Context, path string, fields []string, scale causal.Scale) (*seriesFile, error) {
	f, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	t, err := table.Read(ctx, f, table.Limits{Rows: causal.MaxObservations, Bytes: 16 << 20}, func([]string) bool { return false })
	if err != nil {
		return nil, format.InFile(err, path)
	}
	s := &seriesFile{path: path}
	columns, err := s.columns(t.Columns, fields, scale)
	if err != nil {
		return nil, err
	}
	rows, err := s.order(t, columns)
	if err != nil {
		return nil, err
	}
	return s, s.fill(t, columns, rows)
}

// refuse says what is wrong and where in the file.
func (s *seriesFile) refuse(code string, line int64, column string, text base.Text) *base.Error {
	return base.Fail(base.Refused, code, text).At(base.Place{File: s.path, Line: line, Column: column})
}

// proposed are names that columns of these fields bear, folded.
var proposed = map[string][]string{
	"time":     {"time", "zeit", "period", "periode", "zeitraum", "date", "datum", "month", "monat", "week", "woche", "year", "jahr", "quarter", "quartal", "day", "tag"},
	"value":    {"value", "wert", "y"},
	"size":     {"size", "n", "anzahl", "fallzahl", "cases"},
	"negative": {"negative"},
}

var controlNames = []string{"control", "kontroll", "vergleich"}

// columns finds the columns by --map, otherwise by their names.
func (s *seriesFile) columns(names, fields []string, scale causal.Scale) (*seriesColumns, error) {
	c := &seriesColumns{time: -1, value: -1, size: -1, negative: -1}
	single := map[string]*int{"time": &c.time, "value": &c.value, "size": &c.size, "negative": &c.negative}
	for _, pair := range fields {
		field, column, found := strings.Cut(pair, "=")
		place := slices.Index(names, column)
		switch into := single[field]; {
		case !found || column == "" || into == nil && field != "control":
			return nil, base.Fail(base.Usage, "map_unreadable", base.T("„%s“ hat nicht die Form Feld=Spalte mit time, value, control, size oder negative.", "“%s” is not of the form field=column with time, value, control, size or negative.", pair)).
				WithHint(base.T("Beispiel: --map time=Monat,value=Kosten", "Example: --map time=Month,value=Costs"))
		case place < 0:
			return nil, s.lacking(base.T("Die Spalte „%s“ gibt es in der Datei nicht.", "There is no column “%s” in the file.", column), names)
		case into == nil:
			c.controls = append(c.controls, place)
		default:
			*into = place
		}
	}
	c.propose(names, len(c.controls) == 0, scale)
	if c.time < 0 || c.value < 0 {
		return nil, s.lacking(base.T("Welche Spalte die Zeit und welche der Wert ist, sagen ihre Namen nicht.", "The names of the columns do not say which is the time and which the value."), names)
	}
	s.nameUnused(names, c)
	return c, nil
}

// propose completes by names what was not said; of two columns the second is the value.
func (c *seriesColumns) propose(names []string, controls bool, scale causal.Scale) {
	find := func(into *int, field string) {
		for _, want := range proposed[field] {
			for i, name := range names {
				if *into < 0 && mapping.Fold(name) == want && !c.uses(i) {
					*into = i
				}
			}
		}
	}
	find(&c.time, "time")
	find(&c.value, "value")
	if scale == causal.Logit || scale == causal.LogRate {
		find(&c.size, "size")
	}
	find(&c.negative, "negative")
	if c.value < 0 && len(names) == 2 && c.time >= 0 {
		c.value = 1 - c.time
	}
	for i, name := range names {
		if controls && !c.uses(i) && slices.ContainsFunc(controlNames, func(p string) bool { return strings.HasPrefix(mapping.Fold(name), p) }) {
			c.controls = append(c.controls, i)
		}
	}
}

func (c *seriesColumns) uses(place int) bool {
	return slices.Contains([]int{c.time, c.value, c.size, c.negative}, place) || slices.Contains(c.controls, place)
}

func (s *seriesFile) lacking(text base.Text, names []string) error {
	return base.Fail(base.Refused, "column_missing", text).At(base.Place{File: s.path}).
		WithHint(base.T("Gefunden: %s. Mit --map time=…,value=… sagen Sie, welche Spalte was ist.", "Found: %s. Say by --map time=…,value=… which column is what.", strings.Join(names, ", ")))
}

func (s *seriesFile) nameUnused(names []string, c *seriesColumns) {
	var unused []string
	for i, name := range names {
		if !c.uses(i) {
			unused = append(unused, name)
		}
	}
	if len(unused) > 0 {
		s.remarks.Add("columns_unused", base.T("Nicht verwendete Spalten: %s", "Columns not used: %s", strings.Join(unused, ", ")))
	}
}

// order reads the periods, refuses doubled ones and sorts.
func (s *seriesFile) order(t *table.Table, c *seriesColumns) ([]seriesRow, error) {
	var stamps []stamp
	for _, r := range t.Rows {
		if r.More > 0 {
			return nil, s.refuse("row_ragged", r.Line, "", base.T("Diese Zeile hat mehr Felder als die Überschrift.", "This row has more fields than the header."))
		}
		st, err := readStamp(r.Cells[c.time].Text)
		if err != nil {
			return nil, s.refuse("period_unreadable", r.Line, t.Columns[c.time], base.T("„%s“ ist keine Periode.", "“%s” is not a period.", r.Cells[c.time].Text)).
				WithHint(base.T("Erwartet wird ein Jahr, JJJJ-Qn, JJJJ-MM, JJJJ-Wnn oder ein Datum.", "Expected is a year, YYYY-Qn, YYYY-MM, YYYY-Wnn or a date."))
		}
		stamps = append(stamps, st)
	}
	if len(stamps) == 0 {
		return nil, s.refuse("series_empty", 0, "", base.T("In der Datei steht keine Zeile.", "There is no row in the file."))
	}
	a, bad, ok := newAxis(stamps)
	if !ok {
		return nil, s.refuse("periods_irregular", t.Rows[bad].Line, t.Columns[c.time], base.T("„%s“ passt nicht zu den anderen Perioden: Sie sind nicht gleich lang oder folgen nicht regelmäßig aufeinander.",
			"“%s” does not fit the other periods: they are not of one length or do not follow regularly.", t.Rows[bad].Cells[c.time].Text))
	}
	s.axis, s.series.Grain = a, a.grain
	rows := make([]seriesRow, len(stamps))
	for i, st := range stamps {
		rows[i] = seriesRow{line: t.Rows[i].Line, place: a.place(st.from), row: t.Rows[i]}
	}
	slices.SortStableFunc(rows, func(a, b seriesRow) int { return cmp.Compare(a.place, b.place) })
	for i := 1; i < len(rows); i++ {
		if rows[i].place == rows[i-1].place {
			return nil, s.refuse("period_doubled", rows[i].line, t.Columns[c.time], base.T("Die Periode %s kommt mehrmals vor, zuerst in Zeile %s.", "The period %s occurs more than once, first in line %s.",
				rows[i].row.Cells[c.time].Text, rows[i-1].line))
		}
	}
	return rows, nil
}
