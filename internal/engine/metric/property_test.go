package metric_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
)

// someOrders draws an order list of a few weeks around the end of summer time, with returns, orders over several days
// and lines without customer or channel.
func someOrders(r *rapid.T) string {
	var b strings.Builder
	b.WriteString("order_id,time,net,customer_id,channel,product_group\n")
	start := time.Date(2025, time.September, 20, 0, 0, 0, 0, time.UTC)
	for range rapid.IntRange(1, 40).Draw(r, "lines") {
		at := start.Add(time.Duration(rapid.IntRange(0, 60*24*3600).Draw(r, "second")) * time.Second)
		fmt.Fprintf(&b, "B%d,%s,%d.%02d,%s,%s,%s\n", rapid.IntRange(1, 15).Draw(r, "order"), at.Format("2006-01-02 15:04:05+00"),
			rapid.IntRange(-40, 90).Draw(r, "net"), rapid.IntRange(0, 99).Draw(r, "cents"),
			rapid.SampledFrom([]string{"", "K1", "K2", "K3", "K4"}).Draw(r, "customer"),
			rapid.SampledFrom([]string{"", "shop", "phone"}).Draw(r, "channel"),
			rapid.SampledFrom([]string{"", "Farbe", "Pinsel"}).Draw(r, "group"))
	}
	return b.String()
}

// What holds for every order list: the rows behind each point add up to its figure, revenue of the parts is revenue of
// the whole by day and by channel, each count of orders lies in the days it came from, and intervals hold the value.
func TestOrderProperties(t *testing.T) {
	w := newWarehouse(t)
	library := slices.DeleteFunc(metric.Library(), func(d metric.Definition) bool { return d.Table != metric.Orders })
	env := berlin("2026-02-01T00:00:00Z")
	env.DigitalChannels = []string{"shop"}
	rapid.Check(t, func(r *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom([]string{"Europe/Berlin", "Asia/Beirut", "Africa/Cairo", "Australia/Lord_Howe", "UTC"}).Draw(r, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		env.Calendar = period.Calendar{Zone: zone, FiscalStart: time.Month(rapid.IntRange(1, 12).Draw(r, "fiscal"))}
		w.csv(t, metric.Orders, someOrders(r))
		grain := rapid.SampledFrom(period.Grains()).Draw(r, "grain")
		dim := rapid.SampledFrom([]string{"", "channel", "product_group"}).Draw(r, "dim")
		behindEach(t, r, w, rapid.SampledFrom(library).Draw(r, "metric"), metric.Question{Grain: grain, Dim: dim}, env)
		revenue := find(t, "revenue")
		whole := total(w.ask(t, revenue, metric.Question{Grain: period.Year}, env))
		for _, q := range []metric.Question{{Grain: grain}, {Grain: grain, Dim: dim}, {Grain: period.Day}} {
			if parts := total(w.ask(t, revenue, q, env)); math.Abs(parts-whole) > 1e-6 {
				r.Fatalf("revenue of the parts %v, of the whole %v", parts, whole)
			}
		}
		orders := find(t, "orders")
		if days, years := total(w.ask(t, orders, metric.Question{Grain: period.Day}, env)), total(w.ask(t, orders, metric.Question{Grain: period.Year}, env)); days != years {
			r.Fatalf("%v orders by day, %v by year", days, years)
		}
	})
}

func total(a *metric.Answer) float64 {
	sum := 0.0
	for _, p := range a.Points {
		if p.Value != nil {
			sum += *p.Value
		}
	}
	return sum
}

func behindEach(t *testing.T, r *rapid.T, w *warehouse, d metric.Definition, q metric.Question, env metric.Env) {
	a := w.ask(t, d, q, env)
	for i, p := range a.Points {
		if p.Low != nil && p.High != nil && (*p.Low > *p.Value+1e-9 || *p.High < *p.Value-1e-9) {
			r.Fatalf("%s: %v lies outside %v to %v", d.Name, *p.Value, *p.Low, *p.High)
		}
		if p.N == 0 || p.Value == nil || i > 12 {
			continue
		}
		rows := metric.RowsQuestion{From: p.From, To: p.To, Dim: q.Dim}
		if p.Dim != nil {
			rows.DimValue = *p.Dim
		}
		b, err := metric.AskRows(context.Background(), d, rows, w.tables[d.Table], env, metric.DuckDB{}, w)
		if err != nil {
			r.Fatal(err)
		}
		if got := ofRows(d, b); !close9(got, *p.Value) {
			r.Fatalf("%s of %s by %s %q: rows give %v, figure %v", d.Name, p.From, q.Grain, q.Dim, got, *p.Value)
		}
		if b.Sum == nil && *p.Value != 0 || b.Sum != nil && !close9(*b.Sum, *p.Value) {
			r.Fatalf("%s of %s: sum %v, figure %v", d.Name, p.From, b.Sum, *p.Value)
		}
	}
}

// ofRows computes the figure from the rows as they are handed over, in Go.
func ofRows(d metric.Definition, a *metric.RowsAnswer) float64 {
	column := map[string]int{}
	for i, c := range a.Columns {
		column[c.Name] = i
	}
	things, members, hits, memberHits := map[any]bool{}, map[any]bool{}, map[any]bool{}, map[any]bool{}
	sum, part := 0.0, 0.0
	for _, row := range a.Rows {
		var net float64
		fmt.Sscan(fmt.Sprint(row[column["net"]]), &net)
		thing, member, counts := row[column["_thing"]], row[column["_member_of"]], row[column["_counts"]] == true
		sum += net
		things[thing], members[member] = true, true
		if counts {
			part += net
			hits[thing], memberHits[member] = true, true
		}
	}
	switch d.Name {
	case "revenue":
		return sum
	case "orders":
		return float64(len(things))
	case "average_order_value":
		return sum / float64(len(things))
	case "cross_selling_rate":
		return float64(len(hits)) / float64(len(things))
	case "digital_revenue_share":
		return part / sum
	case "repeat_rate":
		return float64(len(memberHits)) / float64(len(members))
	}
	return float64(len(members))
}
