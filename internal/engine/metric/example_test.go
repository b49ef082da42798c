package metric_test

import (
	"fmt"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
)

// A definition reads itself back as a sentence.
func ExampleDefinition_Sentence() {
	orders, _ := metric.Find("orders")
	fmt.Println(orders.Sentence().In(base.English))
	// Output: Orders: number of orders. An order combines all rows of one order number and counts if the order total is greater than 0. It belongs to the period in which the time of its first line lies. The interval (95 %) is the exact one of a Poisson count.
}

// The engine writes SQL and runs nothing: others run the statement and hand the rows back.
func ExamplePrepare() {
	revenue, _ := metric.Find("revenue")
	table := metric.Relation{Name: "orders", Schema: fact.Schema{{Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal}}}
	from, to := period.NewDate(2026, time.March, 1), period.NewDate(2026, time.April, 1)
	berlin, _ := time.LoadLocation("Europe/Berlin")
	env := metric.Env{Calendar: period.Calendar{Zone: berlin}, Currency: "EUR", Now: time.Date(2026, 11, 24, 6, 0, 0, 0, time.UTC)}
	plan, err := metric.Prepare(revenue, metric.Question{From: &from, To: &to}, table, env, metric.Bounds{}, metric.DuckDB{})
	fmt.Println(err)
	fmt.Println(plan.Statement.Text(metric.DuckDB{}))
	// Output:
	// <nil>
	// SELECT _p, count(*) AS n, sum("net") AS total
	// FROM (SELECT *, 0 AS _p
	// FROM (SELECT "time", "net"
	// FROM "orders") AS things
	// WHERE "time" >= TIMESTAMPTZ '2026-02-28 23:00:00+00' AND "time" < TIMESTAMPTZ '2026-03-31 22:00:00+00') AS placed
	// GROUP BY _p
}
