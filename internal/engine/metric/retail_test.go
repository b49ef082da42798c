package metric_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/engine/metric"
)

// onlineRetail loads the real order lines with net as quantity times unit price.
func onlineRetail(t testing.TB) *warehouse {
	t.Helper()
	path := basetest.SharedData(t, "orders", "online_retail_part.csv.gz")
	w := newWarehouse(t)
	w.view(t, metric.Orders, fmt.Sprintf(`
		SELECT InvoiceNo AS order_id, timezone('Europe/Berlin', strptime(InvoiceDate, '%%m/%%d/%%y %%H:%%M')) AS time,
			CAST(CAST(Quantity AS DECIMAL(18,6)) * CAST(UnitPrice AS DECIMAL(18,6)) AS DECIMAL(18,6)) AS net,
			CustomerID AS customer_id, StockCode AS product_id, Country AS country
		FROM read_csv('%s', header = true, all_varchar = true, nullstr = '')`, path),
		fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal},
			{Name: "customer_id"}, {Name: "product_id"}, {Name: "country"}})
	return w
}

// The published monthly figures of the real order list, by the definitions of contract.md.
func TestOnlineRetailReference(t *testing.T) {
	w := onlineRetail(t)
	file, err := os.Open(basetest.SharedData(t, "orders", "online_retail_part_reference.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	env := berlin("2026-11-24T06:00:00Z")
	for column, name := range rows[0] {
		if column == 0 {
			continue
		}
		a := w.ask(t, find(t, name), metric.Question{}, env)
		if len(a.Points) != len(rows)-1 {
			t.Fatalf("%s: %d months, want %d", name, len(a.Points), len(rows)-1)
		}
		for i, point := range a.Points {
			want, _ := strconv.ParseFloat(rows[i+1][column], 64)
			if point.From.String()[:7] != rows[i+1][0] || math.Abs(valueOf(t, point)-want) > lastDigit(rows[i+1][column]) {
				t.Errorf("%s %s: got %v, want %v", name, point.From, valueOf(t, point), want)
			}
			if complete := i < len(a.Points)-1; point.Complete != complete {
				t.Errorf("%s %s: complete is %v", name, point.From, point.Complete)
			}
		}
	}
}

func valueOf(t testing.TB, p metric.Point) float64 {
	t.Helper()
	if p.Value == nil {
		t.Fatalf("%s: value unknown", p.From)
	}
	return *p.Value
}

// lastDigit is half a unit of the last decimal of a published figure.
func lastDigit(s string) float64 {
	_, decimals, _ := strings.Cut(s, ".")
	return 0.5*math.Pow10(-len(decimals)) + 1e-9
}
