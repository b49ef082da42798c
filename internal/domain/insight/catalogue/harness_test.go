package catalogue_test

import (
	"context"
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/insighttest"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
	"lotse.dev/lotse/internal/store/record"
)

// now is the clock of the tests.
var now = time.Date(2026, time.November, 24, 6, 0, 0, 0, time.UTC)

// house is an instance with a lake, without intake and transport.
type house struct {
	dir      string
	lake     *duckdb.Store
	settings *setting.Service
	records  *record.Store
	metrics  *catalogue.Service
	loads    int64
}

func open(t testing.TB) *house {
	t.Helper()
	db, store := insighttest.Open(t)
	records := record.NewStore(db, base.FixedClock(now))
	h := &house{dir: db.Dir(), lake: store, settings: setting.New(records), records: records}
	h.metrics = catalogue.New(store, h.settings, records, base.FixedClock(now))
	return h
}

// officer is who works in the tests.
func officer(t testing.TB) context.Context {
	return auth.With(t.Context(), auth.Principal{ID: "1", Email: "olga@example.com", Roles: []auth.Role{auth.Officer}})
}

// load writes rows as one load; a row's texts are in the order of the schema, times as RFC 3339, "" for empty.
func (h *house) load(t testing.TB, d lake.Dataset, timeColumn string, schema fact.Schema, rows [][]string) int64 {
	t.Helper()
	h.loads++
	w, err := h.lake.Begin(t.Context(), lake.LoadMeta{ID: h.loads, Dataset: d, Schema: schema, Time: timeColumn, Overlap: lake.OverlapAdd})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	fill(t, schema, rows, w)
	if _, err := w.Commit(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return h.loads
}

func fill(t testing.TB, schema fact.Schema, rows [][]string, sink fact.Sink) {
	t.Helper()
	b := fact.NewBatch(schema)
	for i, row := range rows {
		b.StartRow(int64(i + 2))
		for c := range schema {
			appendText(t, b, c, row[c])
		}
		if b.Rows == fact.BatchRows || i == len(rows)-1 {
			if err := sink.Write(b); err != nil {
				t.Fatal(err)
			}
			b.Reset()
		}
	}
}

func appendText(t testing.TB, b *fact.Batch, c int, text string) {
	if text == "" {
		b.AppendNull(c)
		return
	}
	switch b.Schema[c].Type {
	case fact.Time:
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		b.AppendInt(c, at.UnixMicro())
	case fact.Decimal:
		r, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("decimal %q", text)
		}
		millionths := new(big.Rat).Mul(r, big.NewRat(fact.DecimalScale, 1))
		b.AppendInt(c, new(big.Int).Quo(millionths.Num(), millionths.Denom()).Int64())
	case fact.Integer, fact.Boolean:
		var n int64
		if _, err := fmt.Sscan(text, &n); err != nil {
			t.Fatal(err)
		}
		b.AppendInt(c, n)
	case fact.Double:
		var f float64
		if _, err := fmt.Sscan(text, &f); err != nil {
			t.Fatal(err)
		}
		b.AppendFloat(c, f)
	default:
		b.AppendText(c, []byte(text))
	}
}

// readCSV reads a whole CSV file, plain or gzip, with its header first.
func readCSV(t testing.TB, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(unzipped(t, file, path))
	r.LazyQuotes = true
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows[0][0] = strings.TrimPrefix(rows[0][0], "\ufeff")
	return rows
}

// query runs plain SQL over a dataset; its columns are first day, value of the dimension and figure.
func (h *house) query(t testing.TB, d lake.Dataset, sql string) map[string]*float64 {
	t.Helper()
	rows, err := h.lake.Query(t.Context(), lake.Query{SQL: sql, Tables: map[string]lake.Dataset{d.Table: d}})
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	out := map[string]*float64{}
	for rows.Next() {
		v := rows.Values()
		key := v[0].(string) + " " + v[1].(string)
		switch x := v[2].(type) {
		case nil:
			out[key] = nil
		case float64:
			out[key] = &x
		default:
			t.Fatalf("figure of %s is %T", key, x)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// ask puts a question.
func (h *house) ask(t testing.TB, in catalogue.QueryInput) *catalogue.Result {
	t.Helper()
	r, err := h.metrics.Query(t.Context(), &in)
	if err != nil {
		t.Fatalf("%s: %v", in.Name, err)
	}
	return r
}

// equal compares an answer with plain SQL, point by point.
func equal(t testing.TB, r *catalogue.Result, want map[string]*float64) {
	t.Helper()
	if len(r.Points) == 0 {
		t.Errorf("%s: no points", r.Metric)
	}
	for _, p := range r.Points {
		key := p.From.String() + " "
		if p.Dim != nil {
			key += *p.Dim
		}
		expected, there := want[key]
		delete(want, key)
		switch {
		case !there && p.N != 0, there && (expected == nil) != (p.Value == nil):
			t.Errorf("%s %s: got %v of %d, plain SQL %v", r.Metric, key, p.Value, p.N, expected)
		case there && expected != nil && !near(*p.Value, *expected):
			t.Errorf("%s %s: got %v, plain SQL %v", r.Metric, key, *p.Value, *expected)
		}
	}
	for key := range want {
		t.Errorf("%s %s: only plain SQL has it", r.Metric, key)
	}
}

func near(a, b float64) bool {
	scale := max(a, -a, b, -b, 1e-12)
	return (a-b)/scale < 1e-9 && (b-a)/scale < 1e-9
}
