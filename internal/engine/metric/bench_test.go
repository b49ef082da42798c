package metric_test

import (
	"context"
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

// BenchmarkQuery sets a metric query against the same question in SQL as a person would write it: the metric ÷bare is
// the price of the engine.
func BenchmarkQuery(b *testing.B) {
	w := manyOrders(b)
	for name, bare := range map[string]string{
		"revenue": `SELECT date_trunc('month', timezone('Europe/Berlin', time)) AS m, sum(net), count(*) FROM orders GROUP BY m`,
		"orders": `SELECT date_trunc('month', timezone('Europe/Berlin', t)) AS m, count(*) FROM (SELECT order_id, min(time) AS t FROM orders
			GROUP BY order_id HAVING sum(net) > 0) GROUP BY m`,
		"average_order_value": `SELECT date_trunc('month', timezone('Europe/Berlin', t)) AS m, sum(s), count(*), stddev_samp(s::DOUBLE) FROM (SELECT order_id,
			min(time) AS t, sum(net) AS s FROM orders GROUP BY order_id HAVING sum(net) > 0) GROUP BY m`,
	} {
		b.Run(name, func(b *testing.B) {
			var engine, plain time.Duration
			env, d := berlin("2026-11-24T06:00:00Z"), find(b, name)
			for b.Loop() {
				start := time.Now()
				a := w.ask(b, d, metric.Question{}, env)
				engine += time.Since(start)
				start = time.Now()
				months := 0
				rows, err := w.Run(context.Background(), metric.Statement{SQL: bare})
				if err != nil {
					b.Fatal(err)
				}
				for rows.Next() {
					months++
				}
				rows.Close()
				plain += time.Since(start)
				if len(a.Points) != months {
					b.Fatalf("%d points, %d months", len(a.Points), months)
				}
			}
			b.ReportMetric(float64(engine)/float64(plain), "÷bare")
			b.ReportMetric(benchRows/engine.Seconds()*float64(b.N)/1e6, "Mrows/s")
		})
	}
}
