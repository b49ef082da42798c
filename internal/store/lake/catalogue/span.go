package catalogue

import (
	"time"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
)

// statTime is how DuckDB writes an instant in the statistics of a file.
const statTime = "2006-01-02 15:04:05.999999-07"

// spans tells for each column of instants the first and the last one, from the statistics of the files that are
// visible. They hold exactly, because what is hidden in a file lies in none: a column of which one file knows nothing,
// or holds values of another type, is left out.
func (t *Table) spans() map[string]lake.Span {
	out := map[string]lake.Span{}
	for _, c := range t.Columns {
		if c.Type != fact.Time {
			continue
		}
		if span, known := t.span(c.Field); known {
			out[c.Name] = span
		}
	}
	return out
}

func (t *Table) span(field int64) (lake.Span, bool) {
	var all lake.Span
	for _, v := range t.Visible {
		if v.File == nil {
			continue
		}
		c := v.File.column(field)
		if c == nil || c.Values == 0 { // no row has a value
			continue
		}
		if c.Type != fact.Time || c.Min == nil || c.Max == nil {
			return all, false
		}
		first, err := time.Parse(statTime, *c.Min)
		if err != nil {
			return all, false
		}
		last, err := time.Parse(statTime, *c.Max)
		if err != nil {
			return all, false
		}
		all = all.With(lake.Span{First: first.UTC(), Last: last.UTC()})
	}
	return all, true
}

// column finds what a file holds of a field, nil when it lacks it.
func (f *File) column(field int64) *FileColumn {
	for i := range f.Columns {
		if f.Columns[i].Field == field {
			return &f.Columns[i]
		}
	}
	return nil
}
