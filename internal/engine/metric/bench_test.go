package metric_test

import (
	"testing"
	"time"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/engine/metric"
)

// benchRows is the size of the order list of the benchmark.
const benchRows = 10_000_000

// manyOrders makes five years of order lines inside the engine: about three lines an order, 400,000 customers.
func manyOrders(b *testing.B) *warehouse {
	w := newWarehouse(b)
	w.view(b, metric.Orders, `SELECT 'O' || (i // 3)::VARCHAR AS order_id,
		make_timestamptz(1577836800000000 + (i // 3) * 47336400 + (i % 3) * 1000000) AS time,
		CAST(((hash(i) % 20000)::BIGINT - 1000) / 100.0 AS DECIMAL(18,6)) AS net,
		'K' || (hash(i // 3) % 400000)::VARCHAR AS customer_id, ['shop', 'phone', 'till'][1 + (i // 3) % 3] AS channel
		FROM range(10000000) AS r(i)`,
		fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal}, {Name: "customer_id"}, {Name: "channel"}})
	return w
}

// BenchmarkQuery sets a metric query against two bare statements: the engine's own SQL without the engine around it
// (÷same is the price of the engine), and the question as a person would write it, with the zone asked for each row
// (÷hand).
func BenchmarkQuery(b *testing.B) {
	w := manyOrders(b)
	for name, hand := range map[string]string{
		"revenue": `SELECT date_trunc('month', timezone('Europe/Berlin', time)) AS m, sum(net), count(*) FROM orders GROUP BY m`,
		"orders": `SELECT date_trunc('month', timezone('Europe/Berlin', t)) AS m, count(*) FROM (SELECT order_id, min(time) AS t FROM orders
			GROUP BY order_id HAVING sum(net) > 0) GROUP BY m`,
		"average_order_value": `SELECT date_trunc('month', timezone('Europe/Berlin', t)) AS m, sum(s), count(*), stddev_samp(s::DOUBLE) FROM (SELECT order_id,
			min(time) AS t, sum(net) AS s FROM orders GROUP BY order_id HAVING sum(net) > 0) GROUP BY m`,
	} {
		b.Run(name, func(b *testing.B) {
			env, d := berlin("2026-11-24T06:00:00Z"), find(b, name)
			same := bareStatement(b, w, d, env)
			var engine, plain, byHand time.Duration
			for b.Loop() {
				start := time.Now()
				points := len(w.ask(b, d, metric.Question{}, env).Points)
				engine += time.Since(start)
				plain += bare(b, w, same, points)
				byHand += bare(b, w, metric.Statement{SQL: hand}, points)
			}
			b.ReportMetric(float64(engine)/float64(plain), "÷same")
			b.ReportMetric(float64(engine)/float64(byHand), "÷hand")
			b.ReportMetric(benchRows/engine.Seconds()*float64(b.N)/1e6, "Mrows/s")
		})
	}
}

// bareStatement is the SQL that the engine writes for all months.
func bareStatement(b *testing.B, w *warehouse, d metric.Definition, env metric.Env) metric.Statement {
	b.Helper()
	table := w.tables[metric.Orders]
	bounds, err := metric.FindBounds(b.Context(), d, table, env, metric.DuckDB{}, w)
	if err != nil {
		b.Fatal(err)
	}
	p, err := metric.Prepare(d, metric.Question{}, table, env, bounds, metric.DuckDB{})
	if err != nil {
		b.Fatal(err)
	}
	return p.Statement
}

// bare runs a statement that answers so many months and says how long it took.
func bare(b *testing.B, w *warehouse, s metric.Statement, months int) time.Duration {
	b.Helper()
	start := time.Now()
	rows, err := w.Run(b.Context(), s)
	if err != nil {
		b.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		n++
	}
	if n != months {
		b.Fatalf("%d rows, %d months", n, months)
	}
	return time.Since(start)
}
