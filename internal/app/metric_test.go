package app_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
)

// ordersOf makes an instance with a small order list and returns its folder.
func ordersOf(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "instance")
	if err := fillOrders(t, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

func fillOrders(t *testing.T, dir string) error {
	open(t, dir).Close()
	db, err := database.Open(t.Context(), dir)
	if err != nil {
		return err
	}
	defer db.Close()
	store, err := duckdb.Open(t.Context(), dir, db, duckdb.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	schema := fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal}, {Name: "channel"}}
	w, err := store.Begin(t.Context(), lake.LoadMeta{ID: 1, Dataset: lake.Dataset{Table: "orders"}, Schema: schema, Time: "time"})
	if err != nil {
		return err
	}
	defer w.Close()
	b := fact.NewBatch(schema)
	for i, day := range []int{1, 31, 32, 70} {
		b.StartRow(int64(i + 2))
		b.AppendText(0, []byte(fmt.Sprint("A", i)))
		b.AppendInt(1, time.Date(2025, time.January, day, 10, 0, 0, 0, time.UTC).UnixMicro())
		b.AppendInt(2, int64(i+1)*100_250_000)
		b.AppendText(3, []byte([]string{"shop", "phone"}[i%2]))
	}
	if err := w.Write(b); err != nil {
		return err
	}
	_, err = w.Commit(t.Context(), nil)
	return err
}

// The JSON of metric query has the fields of contract.md and no others.
func TestMetricQueryContract(t *testing.T) {
	dir := ordersOf(t)
	out, errs, status := shell{t: t}.run("metric", "query", "revenue", "--data", dir, "--json")
	var answer map[string]any
	if status != 0 || json.Unmarshal([]byte(out), &answer) != nil {
		t.Fatalf("%d %s %s", status, out, errs)
	}
	fields := func(m map[string]any) string {
		var names []string
		for name := range m {
			names = append(names, name)
		}
		slices.Sort(names)
		return strings.Join(names, " ")
	}
	if got := fields(answer); got != "currency definition_version metric points remarks unit" {
		t.Errorf("fields %s", got)
	}
	points := answer["points"].([]any)
	first := points[0].(map[string]any)
	if got := fields(first); got != "complete from high low n to value" || len(points) != 3 {
		t.Errorf("%d points with %s", len(points), got)
	}
	if first["from"] != "2025-01-01" || first["to"] != "2025-02-01" || first["value"] != 300.75 || first["n"] != 2.0 || first["complete"] != true || first["low"] != nil {
		t.Errorf("January %v", first)
	}
	if answer["currency"] != "EUR" || answer["unit"] != "money" {
		t.Errorf("unit %v %v", answer["unit"], answer["currency"])
	}
}

func TestMetricCommands(t *testing.T) {
	dir := ordersOf(t)
	for _, c := range []struct {
		args   string
		status int
		holds  string
	}{
		{"query orders --by quarter --dim channel --json", 0, `"dim": "phone"`},
		{"query revenue --filter channel=shop --from 2025-02-01 --to 2025-03-01", 0, "300,75 EUR"},
		{"query digital_revenue_share --lang en", 0, "Unknown: no channel is marked as digital."},
		{"query new_customers --json --lang en", 0, `"Unknown: column customer_id not mapped.`},
		{"show orders --lang en", 0, "An order combines all rows of one order number"},
		{"list", 0, "Umsatz"},
		{"query profit", 3, "„profit“ gibt es nicht"},
		{"query revenue --from yesterday", 2, "ist kein Datum"},
		{"query revenue --by hour", 2, ""},
		{"query revenue --dim colour", 2, "Möglich: channel."},
		{"query revenue --filter colour=red", 2, "Möglich: channel."},
		{"rows revenue --dim colour=red", 2, "Möglich: channel."},
		{"rows revenue --dim channel", 2, "--dim channel=shop"},
		{"rows revenue --by hour", 2, "day, week, month"},
		{"rows revenue --limit 0", 2, "--limit"},
		{"rows revenue --csv --json", 2, "--csv"},
		{"rows profit", 3, "„profit“ gibt es nicht"},
		{"query", 2, "Es fehlt ein Argument"},
	} {
		out, errs, status := shell{t: t}.run(append([]string{"metric", "--data", dir}, strings.Fields(c.args)...)...)
		if status != c.status || !strings.Contains(out+errs, c.holds) {
			t.Errorf("metric %s: %d\n%s%s", c.args, status, out, errs)
		}
	}
}
