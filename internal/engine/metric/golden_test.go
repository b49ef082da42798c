package metric_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
)

var update = flag.Bool("update", false, "write the answers of the golden files")

// golden is one case of testdata: a title, the question, the tables as CSV, a plain SQL that answers the same question
// by itself, and the expected answer. testdata/README.md describes the format.
type golden struct {
	path, head string
	question   map[string][]string
	sections   map[string]string
	order      []string
}

func readGolden(t *testing.T, path string) *golden {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(content), "\n== ")
	g := &golden{path: path, head: head, question: map[string][]string{}, sections: map[string]string{}}
	for line := range strings.Lines(head) {
		if key, value, ok := strings.Cut(strings.TrimSpace(line), " "); ok && key != "#" {
			g.question[key] = append(g.question[key], strings.TrimSpace(value))
		}
	}
	for section := range strings.SplitSeq(rest, "\n== ") {
		name, body, _ := strings.Cut(section, "\n")
		g.sections[name] = body
		g.order = append(g.order, name)
	}
	return g
}

func (g *golden) one(key string) string {
	if v := g.question[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func (g *golden) definition(t *testing.T) metric.Definition {
	if spec := g.question["lead_time"]; len(spec) > 0 {
		parts := strings.Split(spec[0], "|")
		return metric.LeadTime{Name: g.one("metric"), Version: 1, Title: base.T(parts[0], parts[0]), Process: "p",
			From: parts[1], To: parts[2], Statistic: parts[3]}.Definition()
	}
	return find(t, g.one("metric"))
}

func (g *golden) ask(t *testing.T) metric.Question {
	q := metric.Question{Grain: period.Grain(g.one("by")), Dim: g.one("dim"), Compare: true}
	day := func(key string) *period.Date {
		if g.one(key) == "" {
			return nil
		}
		d, err := period.ParseDate(g.one(key))
		if err != nil {
			t.Fatal(err)
		}
		return &d
	}
	q.From, q.To = day("from"), day("to")
	for _, f := range g.question["filter"] {
		field, value, _ := strings.Cut(f, "=")
		q.Filters = append(q.Filters, metric.Filter{Field: field, Values: strings.Split(value, "|")})
	}
	return q
}

func (g *golden) env(t *testing.T) metric.Env {
	e := berlin(g.one("now"))
	if m, err := strconv.Atoi(g.one("fiscal")); err == nil {
		e.Calendar.FiscalStart = time.Month(m)
	}
	if list := g.one("digital"); list != "" {
		e.DigitalChannels = strings.Split(list, "|")
	}
	return e
}

func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.golden.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".golden.txt"), func(t *testing.T) {
			g := readGolden(t, path)
			w := newWarehouse(t)
			for name, body := range g.sections {
				if table, ok := strings.CutPrefix(name, "table "); ok {
					w.csv(t, table, body)
				}
			}
			d := g.definition(t)
			a := w.ask(t, d, g.ask(t), g.env(t))
			g.checkByPlainSQL(t, w, a)
			checkRowsBehind(t, w, d, g, a)
			g.compareAnswer(t, render(d, a))
		})
	}
}

// compareAnswer holds the rendered answer against the file, or writes it with -update.
func (g *golden) compareAnswer(t *testing.T, got string) {
	t.Helper()
	if got == g.sections["answer"] {
		return
	}
	if !*update {
		t.Fatalf("answer differs; go test -update writes it after a look\ngot:\n%s\nwant:\n%s", got, g.sections["answer"])
	}
	var b strings.Builder
	b.WriteString(g.head)
	for _, name := range g.order {
		if name != "answer" {
			fmt.Fprintf(&b, "\n== %s\n%s", name, g.sections[name])
		}
	}
	fmt.Fprintf(&b, "\n== answer\n%s", got)
	if err := os.WriteFile(g.path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// checkByPlainSQL compares every value with the file's own SQL, whose columns are from, dim and value.
func (g *golden) checkByPlainSQL(t *testing.T, w *warehouse, a *metric.Answer) {
	t.Helper()
	check := g.sections["check"]
	if check == "" {
		return
	}
	rows, err := w.db.Query(check)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	want := map[string]*float64{}
	for rows.Next() {
		var from, dim string
		var value *float64
		if err := rows.Scan(&from, &dim, &value); err != nil {
			t.Fatal(err)
		}
		want[from+" "+dim] = value
	}
	for _, p := range a.Points {
		key := p.From.String() + " "
		if p.Dim != nil {
			key += *p.Dim
		}
		expected, there := want[key]
		delete(want, key)
		switch {
		case !there && p.N > 0:
			t.Errorf("%s: plain SQL has no row, the answer rests on %d", key, p.N)
		case there && expected == nil && p.Value != nil:
			t.Errorf("%s: got %v, plain SQL unknown", key, *p.Value)
		case there && expected != nil && (p.Value == nil || !close9(*p.Value, *expected)):
			t.Errorf("%s: got %v, plain SQL %v", key, p.Value, *expected)
		}
	}
	for key := range want {
		t.Errorf("%s: plain SQL has a row, the answer none", key)
	}
}

func close9(a, b float64) bool { return a == b || (a-b)/(a+b) < 1e-9 && (b-a)/(a+b) < 1e-9 }

// checkRowsBehind asks for the rows of each point: what they add up to is the figure.
func checkRowsBehind(t *testing.T, w *warehouse, d metric.Definition, g *golden, a *metric.Answer) {
	t.Helper()
	for _, p := range a.Points {
		q := metric.RowsQuestion{From: p.From, To: p.To, Filters: g.ask(t).Filters}
		if p.Dim != nil {
			q.Dim, q.DimValue = g.one("dim"), *p.Dim
		}
		rows, err := metric.AskRows(context.Background(), d, q, w.tables[d.Table], g.env(t), metric.DuckDB{}, w)
		if err != nil {
			t.Fatal(err)
		}
		if int64(len(rows.Rows)) != rows.Total {
			t.Errorf("%s: %d rows, total %d", p.From, len(rows.Rows), rows.Total)
		}
		if p.Value == nil || p.N == 0 {
			continue
		}
		if rows.Sum == nil || !close9(*rows.Sum, *p.Value) {
			t.Errorf("%s: rows add up to %v, the figure is %v", p.From, number(rows.Sum), *p.Value)
		}
	}
}

// render writes an answer as a table that a business reader can check.
func render(d metric.Definition, a *metric.Answer) string {
	var b strings.Builder
	currency := ""
	if a.Currency != nil {
		currency = " " + *a.Currency
	}
	fmt.Fprintf(&b, "unit %s%s\n", a.Unit, currency)
	table := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "from\tto\tdim\tvalue\tlow\thigh\tn\tcomplete")
	for _, p := range a.Points {
		dim := "-"
		if p.Dim != nil {
			dim = strconv.Quote(*p.Dim)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\t%d\t%v\n", p.From, p.To, dim, number(p.Value), number(p.Low), number(p.High), p.N, p.Complete)
	}
	table.Flush()
	if c := a.Compare; c != nil {
		fmt.Fprintf(&b, "compare %s: %s\n", c.From, number(c.Value))
		renderDifference(&b, "previous", c.Previous)
		renderDifference(&b, "year before", c.YearBefore)
	}
	for _, r := range a.Remarks {
		fmt.Fprintf(&b, "remark %s %s: %s | %s\n", r.Code, r.Link, r.Text.De, r.Text.En)
	}
	s := d.Sentence()
	fmt.Fprintf(&b, "de %s\nen %s\n", s.De, s.En)
	return b.String()
}

func renderDifference(b *strings.Builder, name string, d *metric.Difference) {
	if d == nil {
		fmt.Fprintf(b, "  %s: none\n", name)
		return
	}
	fmt.Fprintf(b, "  %s %s: %s, difference %s (%s to %s), relative %s\n", name, d.From, number(d.Value), number(d.Difference),
		number(d.Low), number(d.High), number(d.Relative))
}

func number(f *float64) string {
	if f == nil {
		return "unknown"
	}
	return strconv.FormatFloat(*f, 'g', 8, 64)
}
