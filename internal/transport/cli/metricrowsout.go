package cli

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
	"unicode/utf8"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
	"lotse.dev/lotse/internal/sheet"
)

// madeColumns are the columns that are no facts: where a row is from and what the metric makes of it.
var madeColumns = []string{"_file", "_load", "_row", "_thing", "_member_of", "_value", "_counts"}

// columnOf is the place of a column, −1 without it.
func columnOf(columns []metric.RowColumn, name string) int {
	return slices.IndexFunc(columns, func(c metric.RowColumn) bool { return c.Name == name })
}

// cellAt is the cell of a column as it was written, null without the column.
func cellAt(p *rowsPage, row []json.RawMessage, name string) json.RawMessage {
	if at := columnOf(p.Columns, name); at >= 0 {
		return row[at]
	}
	return json.RawMessage("null")
}

func (e *Env) rowsWriter(r *rowsBehind, asCSV bool) rowsWriter {
	switch {
	case asCSV:
		return &rowsCSV{w: csv.NewWriter(e.Out)}
	case e.JSON:
		return &rowsJSON{w: bufio.NewWriter(e.Out)}
	}
	return &rowsTable{env: e, r: r}
}

// rowsJSON writes one object whose rows come as they are read.
type rowsJSON struct {
	w       *bufio.Writer
	written bool
	err     error
}

// rowsHead is what stands before the rows.
type rowsHead struct {
	Metric   string       `json:"metric"`
	Process  string       `json:"process"`
	From     *string      `json:"from"`
	To       *string      `json:"to"`
	Unit     metric.Unit  `json:"unit"`
	Currency *string      `json:"currency"`
	Total    int64        `json:"total"`
	Things   int64        `json:"things"`
	Value    *float64     `json:"value"`
	Columns  []string     `json:"columns"`
	Remarks  base.Remarks `json:"remarks"`
}

// rowJSON is one row with where it stands in which file.
type rowJSON struct {
	File   json.RawMessage            `json:"file"`
	Line   json.RawMessage            `json:"line"`
	Load   json.RawMessage            `json:"load"`
	Thing  json.RawMessage            `json:"thing"`
	Value  json.RawMessage            `json:"value"`
	Counts json.RawMessage            `json:"counts"`
	Fields map[string]json.RawMessage `json:"fields"`
}

func (j *rowsJSON) put(v any) {
	b, err := json.Marshal(v)
	if j.err == nil {
		j.err = err
	}
	j.w.Write(b)
}

func (j *rowsJSON) begin(r *rowsBehind, first *rowsPage) error {
	head := rowsHead{Metric: r.figure.Metric, Process: r.figure.Process, From: r.border(r.span.From), To: r.border(r.span.To), Unit: r.figure.Unit,
		Currency: r.figure.Currency, Total: first.Total, Things: first.Things, Value: first.Sum, Columns: []string{}, Remarks: r.remarks(first)}
	for _, c := range first.Columns {
		if !slices.Contains(madeColumns, c.Name) {
			head.Columns = append(head.Columns, c.Name)
		}
	}
	b, err := json.Marshal(head)
	j.w.Write(b[:max(0, len(b)-1)])
	j.w.WriteString(`,"rows":[`)
	return err
}

func (j *rowsJSON) rows(p *rowsPage) error {
	for _, row := range p.Rows {
		out := rowJSON{File: cellAt(p, row, "_file"), Line: cellAt(p, row, "_row"), Load: cellAt(p, row, "_load"), Thing: cellAt(p, row, "_thing"),
			Value: cellAt(p, row, "_value"), Counts: cellAt(p, row, "_counts"), Fields: map[string]json.RawMessage{}}
		for i, c := range p.Columns {
			if !slices.Contains(madeColumns, c.Name) {
				out.Fields[c.Name] = row[i]
			}
		}
		if j.written {
			j.w.WriteByte(',')
		}
		j.w.WriteByte('\n')
		j.put(out)
		j.written = true
	}
	return j.err
}

func (j *rowsJSON) end() error {
	j.w.WriteString("]}\n")
	return j.w.Flush()
}

// border is a date, null where there are no data.
func (r *rowsBehind) border(d period.Date) *string {
	if r.span == (period.Period{}) {
		return nil
	}
	text := d.String()
	return &text
}

// remarks are those of the rows; of derived rows it is said why no line is named.
func (r *rowsBehind) remarks(p *rowsPage) base.Remarks {
	out := append(base.Remarks{}, p.Remarks...)
	if columnOf(p.Columns, "_row") < 0 && len(p.Rows) > 0 {
		out.Add("rows_derived", base.T("Jede Zeile ist ein Vorgang, aus seinen Ereignissen abgeleitet; eine einzelne Dateizeile hat er nicht.",
			"Each row is a case, derived from its events; it has no single line of a file."))
	}
	base.Localize(&out, r.env.Lang)
	return out
}

// rowsCSV writes a table for other programs: points in numbers, instants in UTC, formula text disarmed.
type rowsCSV struct{ w *csv.Writer }

func (c *rowsCSV) begin(_ *rowsBehind, first *rowsPage) error {
	header := []string{"file", "line"}
	for _, column := range first.Columns {
		if !slices.Contains(madeColumns, column.Name) {
			header = append(header, sheet.Disarm(column.Name))
		}
	}
	return c.w.Write(append(header, "load", "thing", "value", "counts"))
}

func (c *rowsCSV) rows(p *rowsPage) error {
	for _, row := range p.Rows {
		record := []string{csvCell(cellAt(p, row, "_file")), csvCell(cellAt(p, row, "_row"))}
		for i, column := range p.Columns {
			if !slices.Contains(madeColumns, column.Name) {
				record = append(record, csvCell(row[i]))
			}
		}
		for _, name := range []string{"_load", "_thing", "_value", "_counts"} {
			record = append(record, csvCell(cellAt(p, row, name)))
		}
		if err := c.w.Write(record); err != nil {
			return err
		}
	}
	return nil
}

func (c *rowsCSV) end() error {
	c.w.Flush()
	return c.w.Error()
}

// csvCell writes a cell; null is empty.
func csvCell(raw json.RawMessage) string {
	var text string
	switch {
	case string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) == nil:
		return sheet.Disarm(text)
	}
	return string(raw)
}

// rowsTable writes for people: the figure, then one line a row with its place first.
type rowsTable struct {
	env   *Env
	r     *rowsBehind
	first *rowsPage
	shown int64
}

func (t *rowsTable) begin(r *rowsBehind, first *rowsPage) error {
	t.first = first
	e, last := t.env, r.span.To-1
	rows := base.N(first.Total, base.T("1 Zeile", "1 row"), base.T("%d Zeilen", "%d rows", first.Total))
	if first.Total == 0 && len(r.figure.Points) == 0 {
		fmt.Fprintln(e.Out, base.T("%s: keine Zeilen", "%s: no rows", r.figure.Title).In(e.Lang))
		return nil
	}
	fmt.Fprintln(e.Out, base.T("%s, %s bis %s: %s aus %s", "%s, %s to %s: %s from %s", r.figure.Title, e.day(r.span.From), e.day(last),
		e.figure(first.Sum, first.Unit, r.figure.Currency), rows).In(e.Lang))
	return nil
}

// keyColumns are columns of cases that only programs read.
var keyColumns = []string{"variant", "activity_set", "rules"}

// readable says whether people want to see a column.
func readable(name string, derived bool) bool {
	return !slices.Contains(madeColumns, name) && !(derived && slices.Contains(keyColumns, name))
}

func (t *rowsTable) rows(p *rowsPage) error {
	w := tabwriter.NewWriter(t.env.Out, 0, 0, 2, ' ', 0)
	placed := columnOf(p.Columns, "_row") >= 0
	if t.shown == 0 && len(p.Rows) > 0 {
		t.header(w, p, placed)
	}
	for _, row := range p.Rows {
		var cells []string
		if placed {
			cells = append(cells, t.cell("text", cellAt(p, row, "_file")), string(cellAt(p, row, "_row")))
		}
		for i, c := range p.Columns {
			if readable(c.Name, !placed) {
				cells = append(cells, t.cell(c.Type, row[i]))
			}
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	t.shown += int64(len(p.Rows))
	return w.Flush()
}

func (t *rowsTable) header(w io.Writer, p *rowsPage, placed bool) {
	var names []string
	if placed {
		names = append(names, base.T("Datei\tZeile", "File\tLine").In(t.env.Lang))
	}
	for _, c := range p.Columns {
		if readable(c.Name, !placed) {
			names = append(names, c.Name)
		}
	}
	fmt.Fprintln(w, strings.Join(names, "\t"))
}

// longestCell keeps one long text from pushing everything else out of sight.
const longestCell = 30

// cell writes a cell for people, in the format of their language and the zone of the instance.
func (t *rowsTable) cell(kind string, raw json.RawMessage) string {
	var v any
	if err := json.Unmarshal(raw, &v); err != nil || v == nil {
		return "–"
	}
	switch x := v.(type) {
	case bool:
		return t.env.yes(x)
	case float64:
		if kind == "decimal" && math.Round(x*100) == x*100 {
			return base.FormatFloat(x, 2, t.env.Lang)
		}
		return base.FormatFloat(x, -1, t.env.Lang)
	case string:
		if at, err := time.Parse(time.RFC3339Nano, x); err == nil && kind == "time" {
			return t.env.instant(at)
		}
		x = strings.Join(strings.FieldsFunc(x, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
		if utf8.RuneCountInString(x) > longestCell {
			x = string([]rune(x)[:longestCell-1]) + "…"
		}
		return x
	}
	return string(raw)
}

func (t *rowsTable) end() error {
	if left := t.first.Total - t.shown; left > 0 {
		fmt.Fprintln(t.env.Out, base.N(left, base.T("und eine weitere Zeile (--all zeigt alle)", "and one further row (--all shows all)"),
			base.T("und %d weitere Zeilen (--all zeigt alle)", "and %d further rows (--all shows all)", left)).In(t.env.Lang))
	}
	t.env.writeRemarks(t.env.Out, t.r.remarks(t.first))
	return nil
}
