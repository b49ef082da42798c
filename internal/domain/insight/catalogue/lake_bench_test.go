package catalogue_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2" // the driver of database/sql

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/store/lake"
)

// benchLines is the number of order lines: ten million for make bench, which sets LOTSE_BENCH.
func benchLines() int {
	if os.Getenv("LOTSE_BENCH") != "" {
		return 10_000_000
	}
	return 200_000
}

// loadLines writes order lines of four years as two loads: three lines an order, of which one in fifty is a return.
func loadLines(b *testing.B, h *house, n int) {
	columns := fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal},
		{Name: "customer_id"}, {Name: "channel"}, {Name: "product_group"}}
	rng := rand.New(rand.NewPCG(3, 4))
	first := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
	const span = int64(4 * 365 * 86_400_000_000)
	for part := range 2 {
		h.loads++
		w, err := h.lake.Begin(b.Context(), lake.LoadMeta{ID: h.loads, Dataset: orders, Schema: columns, Time: "time", Overlap: lake.OverlapAdd})
		if err != nil {
			b.Fatal(err)
		}
		batch := fact.NewBatch(columns)
		from, to := part*(n/6)*3, (part+1)*(n/6)*3
		if part == 1 {
			to = n
		}
		for i := from; i < to; i++ {
			order := i / 3
			net := int64(rng.IntN(20_000)+100) * fact.DecimalScale / 100
			if rng.IntN(50) == 0 {
				net = -net
			}
			batch.StartRow(int64(i + 2))
			batch.AppendText(0, fmt.Appendf(nil, "A%08d", order))
			batch.AppendInt(1, first+int64(float64(order)/float64(n/3+1)*float64(span))+int64(i%3)*1_000_000)
			batch.AppendInt(2, net)
			batch.AppendText(3, fmt.Appendf(nil, "K%06d", order*7919%200_000))
			batch.AppendText(4, []byte([]string{"shop", "phone", "till", "marketplace"}[order%4]))
			batch.AppendText(5, fmt.Appendf(nil, "group %02d", rng.IntN(12)))
			if batch.Rows == fact.BatchRows || i == to-1 {
				if err := w.Write(batch); err != nil {
					b.Fatal(err)
				}
				batch.Reset()
			}
		}
		if _, err := w.Commit(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
		w.Close()
	}
}

// lakeQuestions are the questions of BenchmarkLakeQuery in plain SQL, by which the answers are checked.
var lakeQuestions = []struct{ name, sql string }{
	{"revenue", `SELECT strftime(month, '%Y-%m-%d'), '', net FROM (SELECT date_trunc('month', time AT TIME ZONE 'Europe/Berlin') AS month, sum(net)::DOUBLE AS net FROM orders GROUP BY ALL)`},
	{"orders", `SELECT strftime(month, '%Y-%m-%d'), '', n FROM (SELECT date_trunc('month', t AT TIME ZONE 'Europe/Berlin') AS month, count(*)::DOUBLE AS n FROM
		(SELECT min(time) AS t, sum(net) AS s FROM orders GROUP BY order_id) WHERE s > 0 GROUP BY ALL)`},
	{"average_order_value", `SELECT strftime(month, '%Y-%m-%d'), '', mean FROM (SELECT date_trunc('month', t AT TIME ZONE 'Europe/Berlin') AS month, avg(s)::DOUBLE AS mean FROM
		(SELECT min(time) AS t, sum(net) AS s FROM orders GROUP BY order_id) WHERE s > 0 GROUP BY ALL)`},
}

// listening remembers the last query that went to the lake.
type listening struct {
	catalogue.Lake
	last lake.Query
}

func (l *listening) Query(ctx context.Context, q lake.Query) (lake.Rows, error) {
	l.last = q
	return l.Lake.Query(ctx, q)
}

// bare opens a DuckDB of its own in this process over the Parquet files of the lake.
func bare(b *testing.B, h *house) *sql.DB {
	b.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	if _, err := db.Exec("CREATE VIEW orders AS SELECT * FROM read_parquet('" + filepath.Join(h.dir, "lake", "orders*", "*.parquet") + "')"); err != nil {
		b.Fatal(err)
	}
	return db
}

func drain(b *testing.B, db *sql.DB, q lake.Query) {
	b.Helper()
	rows, err := db.QueryContext(b.Context(), q.SQL, q.Args...)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
	}
	if err := rows.Err(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkLakeQuery asks figures by month of order lines in the lake, through the service with nothing kept, beside the
// same SQL bare: the statement of the answer in a DuckDB of its own over the same Parquet files in the same process. The
// answers are checked first against other SQL. ratio is the time of the service as a share of that of the bare SQL, of
// which each takes its turn.
func BenchmarkLakeQuery(b *testing.B) {
	h := open(b)
	loadLines(b, h, benchLines())
	db, heard := bare(b, h), &listening{Lake: h.lake}
	for _, question := range lakeQuestions {
		b.Run(question.name, func(b *testing.B) {
			service := func() *catalogue.Result {
				h.metrics = catalogue.New(heard, h.settings, h.records, base.FixedClock(now))
				return h.ask(b, catalogue.QueryInput{Name: question.name, By: "month"})
			}
			equal(b, service(), h.query(b, orders, question.sql))
			drain(b, db, heard.last)
			var asked, plain time.Duration
			for b.Loop() {
				begin := time.Now()
				service()
				between := time.Now()
				drain(b, db, heard.last)
				asked, plain = asked+between.Sub(begin), plain+time.Since(between)
			}
			b.ReportMetric(float64(asked)/float64(plain), "ratio")
			b.ReportMetric(asked.Seconds()*1000/float64(b.N), "service-ms")
			b.ReportMetric(plain.Seconds()*1000/float64(b.N), "sql-ms")
		})
	}
}
