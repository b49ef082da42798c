package metric_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
)

// warehouse is a plain DuckDB with fact tables, as the lake would offer them.
type warehouse struct {
	db     *sql.DB
	tables map[string]metric.Relation
}

func newWarehouse(t testing.TB) *warehouse {
	t.Helper()
	db, err := sql.Open("duckdb", "?threads=2")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w := &warehouse{db: db, tables: map[string]metric.Relation{}}
	w.exec(t, "SET TimeZone = 'UTC'")
	return w
}

func (w *warehouse) exec(t testing.TB, statement string, args ...any) {
	t.Helper()
	if _, err := w.db.Exec(statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

var columnTypes = map[string]fact.Type{
	"time": fact.Time, "start_time": fact.Time, "opened_at": fact.Time, "updated_at": fact.Time, "resolved_at": fact.Time,
	"first_response_at": fact.Time, "closed_at": fact.Time, "last_time": fact.Time, "first_time": fact.Time,
	"net": fact.Decimal, "quantity": fact.Decimal, "unit_price": fact.Decimal,
	"duration_seconds": fact.Double, "rework": fact.Boolean, "manual_steps": fact.Integer, "events": fact.Integer,
}

var sqlTypes = map[fact.Type]string{fact.Text: "VARCHAR", fact.Integer: "BIGINT", fact.Double: "DOUBLE",
	fact.Decimal: "DECIMAL(18,6)", fact.Boolean: "BOOLEAN", fact.Time: "TIMESTAMPTZ", fact.Date: "DATE"}

// csv loads a table from text, with the position columns that the lake adds.
func (w *warehouse) csv(t testing.TB, table, content string) {
	t.Helper()
	header, _, _ := strings.Cut(strings.TrimSpace(content), "\n")
	path := filepath.Join(t.TempDir(), "table.csv")
	if err := os.WriteFile(path, []byte(strings.TrimSpace(content)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var schema fact.Schema
	var columns []string
	for name := range strings.SplitSeq(header, ",") {
		c := fact.Column{Name: name, Type: columnTypes[name], Case: table == metric.Events && strings.HasPrefix(name, "case_"), Person: name == "resource"}
		schema = append(schema, c)
		columns = append(columns, fmt.Sprintf("'%s': '%s'", name, sqlTypes[c.Type]))
	}
	w.exec(t, fmt.Sprintf(`CREATE OR REPLACE TABLE "%s" AS SELECT *, 1::BIGINT AS _load, row_number() OVER ()::BIGINT AS _row
		FROM read_csv('%s', header = true, columns = {%s})`, table, path, strings.Join(columns, ", ")))
	w.tables[table] = metric.Relation{Name: table, Schema: schema, Position: []string{"_load", "_row"}}
}

// view offers a SELECT as a fact table.
func (w *warehouse) view(t testing.TB, table, query string, schema fact.Schema) {
	t.Helper()
	w.exec(t, fmt.Sprintf(`CREATE OR REPLACE TABLE "%s" AS SELECT *, 1::BIGINT AS _load, row_number() OVER ()::BIGINT AS _row FROM (%s)`, table, query))
	w.tables[table] = metric.Relation{Name: table, Schema: schema, Position: []string{"_load", "_row"}}
}

// Run runs a statement of the engine.
func (w *warehouse) Run(ctx context.Context, s metric.Statement) (metric.Rows, error) {
	rows, err := w.db.QueryContext(ctx, s.SQL, s.Args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.SQL, err)
	}
	names, err := rows.Columns()
	return &answerRows{rows: rows, width: len(names)}, err
}

// answerRows hands over values in the types that the lake promises.
type answerRows struct {
	rows  *sql.Rows
	width int
	err   error
}

func (r *answerRows) Next() bool   { return r.err == nil && r.rows.Next() }
func (r *answerRows) Close() error { return r.rows.Close() }
func (r *answerRows) Err() error {
	if r.err != nil {
		return r.err
	}
	return r.rows.Err()
}

func (r *answerRows) Values() []any {
	values, targets := make([]any, r.width), make([]any, r.width)
	for i := range values {
		targets[i] = &values[i]
	}
	if err := r.rows.Scan(targets...); err != nil {
		r.err = err
	}
	for i, v := range values {
		switch x := v.(type) {
		case duckdb.Decimal:
			scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(x.Scale)), nil)
			values[i] = new(big.Rat).SetFrac(x.Value, scale)
		case *big.Int:
			panic("a statement answers with HUGEINT, which the lake does not promise")
		case int32:
			values[i] = int64(x)
		case time.Time:
			values[i] = x.UTC()
		}
	}
	return values
}

// ask puts a question to a metric of the library or an own one.
func (w *warehouse) ask(t testing.TB, d metric.Definition, q metric.Question, e metric.Env) *metric.Answer {
	t.Helper()
	a, err := metric.Ask(context.Background(), d, q, w.tables[d.Table], e, metric.DuckDB{}, w)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func find(t testing.TB, name string) metric.Definition {
	t.Helper()
	d, ok := metric.Find(name)
	if !ok {
		t.Fatalf("no metric %s", name)
	}
	return d
}

func berlin(now string) metric.Env {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		panic(err)
	}
	at, err := time.Parse(time.RFC3339, now)
	if err != nil {
		panic(err)
	}
	return metric.Env{Calendar: period.Calendar{Zone: zone, FiscalStart: time.January}, Currency: "EUR", Now: at}
}
