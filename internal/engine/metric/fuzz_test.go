package metric_test

import (
	"context"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
)

// Whatever a question holds, the engine answers or says what is wrong with the question; no text reaches SQL as code.
func FuzzQuestion(f *testing.F) {
	w := newWarehouse(f)
	w.csv(f, metric.Orders, "order_id,time,net,customer_id,channel\nA,2026-01-05 10:00:00+00,5,K,shop\nB,2026-02-07 10:00:00+00,7,,o'hara\n")
	f.Add(uint8(0), "month", "channel", "channel", "shop", int32(20000), int32(20600))
	f.Add(uint8(3), "week", "", "channel", "o'hara'; DROP TABLE orders; --", int32(20454), int32(20455))
	f.Add(uint8(5), "day", `x" FROM orders --`, "?", "", int32(-800000), int32(800000))
	library := metric.Library()
	env := berlin("2026-11-24T06:00:00Z")
	f.Fuzz(func(t *testing.T, which uint8, grain, dim, field, value string, from, to int32) {
		d := library[int(which)%len(library)]
		start, end := period.Date(from%1_000_000), period.Date(to%1_000_000)
		q := metric.Question{Grain: period.Grain(grain), Dim: dim, From: &start, To: &end, Compare: true}
		if field != "" {
			q.Filters = []metric.Filter{{Field: field, Values: []string{value, ""}}}
		}
		relation := w.tables[metric.Orders]
		if d.Table != metric.Orders {
			relation = metric.Relation{Name: d.Table}
		}
		a, err := metric.Ask(context.Background(), d, q, relation, env, metric.DuckDB{}, w)
		if err != nil && base.AsError(err).Kind == base.Internal {
			t.Fatalf("%s %+v: %v", d.Name, q, err)
		}
		if err == nil && a.Points == nil {
			t.Fatal("points are null")
		}
	})
}
