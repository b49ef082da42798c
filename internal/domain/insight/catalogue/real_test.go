package catalogue_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base/basetest"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/store/lake"
)

func unzipped(t testing.TB, r io.Reader, path string) io.Reader {
	if !strings.HasSuffix(path, ".gz") {
		return r
	}
	z, err := gzip.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

var orders = lake.Dataset{Table: "orders"}
var tickets = lake.Dataset{Table: "tickets"}

// local reads a local time of Berlin.
func local(t testing.TB, layout, text string) string {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation(layout, text, zone)
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC().Format(time.RFC3339)
}

// retail loads the real order list as the intake would: net is quantity times unit price.
func retail(t testing.TB, h *house) {
	rows := readCSV(t, basetest.SharedData(t, "orders", "online_retail_part.csv.gz"))
	var lines [][]string
	for _, r := range rows[1:] {
		quantity, _ := new(big.Rat).SetString(r[3])
		price, _ := new(big.Rat).SetString(r[5])
		lines = append(lines, []string{r[0], local(t, "1/2/06 15:04", r[4]), new(big.Rat).Mul(quantity, price).FloatString(6), r[6], r[1], r[7]})
	}
	h.load(t, orders, "time", fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal},
		{Name: "customer_id"}, {Name: "product_id"}, {Name: "country"}}, lines)
}

// The order metrics equal the published months through lake, catalogue and settings.
func TestOnlineRetail(t *testing.T) {
	h := open(t)
	retail(t, h)
	reference := readCSV(t, basetest.SharedData(t, "orders", "online_retail_part_reference.csv"))
	for column, name := range reference[0][1:] {
		r := h.ask(t, catalogue.QueryInput{Name: name})
		for i, row := range reference[1:] {
			if got := rounded(r.Points[i].Value, row[column+1]); r.Points[i].From.String()[:7] != row[0] || got != row[column+1] {
				t.Errorf("%s %s: got %s, want %s", name, row[0], got, row[column+1])
			}
		}
		if len(r.Points) != len(reference)-1 {
			t.Errorf("%s: %d points", name, len(r.Points))
		}
		if r.Compare == nil || r.Compare.From.String() != "2011-05-01" || r.Compare.Previous == nil || r.Compare.YearBefore != nil {
			t.Errorf("%s: compares %+v; May 2011 is the last complete month and has no year before", name, r.Compare)
		}
	}
	checkShortHistory(t, h)
	r := h.ask(t, catalogue.QueryInput{Name: "digital_revenue_share"})
	if r.Points[0].Value != nil || !strings.HasPrefix(r.Remarks[0].Text.En, "Unknown: column channel not mapped") || r.Remarks[0].Link != "/daten" {
		t.Errorf("digital share without channels: %+v", r.Remarks)
	}
	equal(t, h.ask(t, catalogue.QueryInput{Name: "revenue", Dim: "country", By: "quarter"}), h.query(t, orders,
		"SELECT strftime(date_trunc('quarter', timezone('Europe/Berlin', time)), '%Y-%m-%d'), country, sum(net)::DOUBLE FROM orders GROUP BY ALL"))
}

func rounded(v *float64, like string) string {
	if v == nil {
		return "unknown"
	}
	_, decimals, _ := strings.Cut(like, ".")
	return fmt.Sprintf("%.*f", len(decimals), *v)
}

// olist joins orders, items, customers and products to order lines.
func olist(t testing.TB, h *house) {
	read := func(name string) [][]string { return readCSV(t, basetest.SharedData(t, "orders", name))[1:] }
	people, groups, bought := map[string]string{}, map[string]string{}, map[string][]string{}
	for _, r := range read("olist_customers.csv.gz") {
		people[r[0]] = r[1]
	}
	for _, r := range read("olist_products.csv.gz") {
		groups[r[0]] = r[1]
	}
	for _, r := range read("olist_orders.csv.gz") {
		bought[r[0]] = r
	}
	var lines [][]string
	for _, item := range read("olist_order_items.csv.gz") {
		if o, ok := bought[item[0]]; ok {
			channel := []string{"shop", "marketplace", "phone", ""}[len(lines)%4] // Olist knows no channel; the test makes one by line
			lines = append(lines, []string{item[0], local(t, time.DateTime, o[3]), item[5], people[o[1]], groups[item[2]], channel, item[1]})
		}
	}
	if len(lines) < 5000 {
		t.Fatalf("only %d lines joined", len(lines))
	}
	h.load(t, orders, "time", fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal},
		{Name: "customer_id"}, {Name: "product_group"}, {Name: "channel"}, {Name: "line", Type: fact.Integer}}, lines)
}

const olistMonth = "strftime(date_trunc('month', timezone('Europe/Berlin', %s)), '%%Y-%%m-%%d')"

// Every order metric on Olist equals an independent calculation in plain SQL.
func TestOlist(t *testing.T) {
	h := open(t)
	olist(t, h)
	settings := setting.Default()
	settings.DigitalChannels = []string{"shop", "marketplace"}
	if _, err := h.settings.Put(t.Context(), settings, 0, "test"); err != nil {
		t.Fatal(err)
	}
	line, placed := fmt.Sprintf(olistMonth, "time"), fmt.Sprintf(olistMonth, "t")
	o := `WITH o AS (SELECT order_id, min(time) AS t, sum(net) AS s, any_value(customer_id) AS c, count(DISTINCT product_group) AS g
		FROM orders GROUP BY order_id HAVING sum(net) > 0), n AS (SELECT *, row_number() OVER (PARTITION BY c ORDER BY t, order_id) AS k FROM o) `
	for name, sql := range map[string]string{
		"revenue":             "SELECT " + line + ", '', sum(net)::DOUBLE FROM orders GROUP BY ALL",
		"orders":              o + "SELECT " + placed + ", '', count(*)::DOUBLE FROM o GROUP BY ALL",
		"average_order_value": o + "SELECT " + placed + ", '', avg(s)::DOUBLE FROM o GROUP BY ALL",
		"active_customers":    o + "SELECT " + placed + ", '', count(DISTINCT c)::DOUBLE FROM o GROUP BY ALL",
		"new_customers":       o + "SELECT " + placed + ", '', sum(CASE WHEN k = 1 THEN 1 ELSE 0 END)::DOUBLE FROM n GROUP BY ALL",
		"repeat_rate": o + "SELECT m, '', avg(CASE WHEN k >= 2 THEN 1 ELSE 0 END) FROM (SELECT " + placed +
			" AS m, c, max(k) AS k FROM n GROUP BY ALL) GROUP BY ALL",
		"cross_selling_rate":    o + "SELECT " + placed + ", '', avg(CASE WHEN g > 1 THEN 1.0 ELSE 0 END) FROM o GROUP BY ALL",
		"digital_revenue_share": "SELECT " + line + ", '', (sum(net) FILTER (WHERE channel = 'shop' OR channel = 'marketplace'))::DOUBLE / sum(net)::DOUBLE FROM orders GROUP BY ALL",
	} {
		equal(t, h.ask(t, catalogue.QueryInput{Name: name}), h.query(t, orders, sql))
	}
	equal(t, h.ask(t, catalogue.QueryInput{Name: "orders", By: "day", Filter: []string{"channel=shop", "channel=phone"}}), h.query(t, orders,
		`SELECT strftime(timezone('Europe/Berlin', t), '%Y-%m-%d'), '', count(*)::DOUBLE FROM (SELECT min(time) AS t FROM orders
		WHERE channel IN ('phone', 'shop') GROUP BY order_id HAVING sum(net) > 0) GROUP BY ALL`))
}

// serviceNow loads the real ticket log: one row for each change of a ticket.
func serviceNow(t testing.TB, h *house) {
	rows := readCSV(t, basetest.SharedData(t, "tickets_usage", "servicenow_incident_event_log.csv.gz"))
	at := func(r []string, name string) string {
		text := r[slices.Index(rows[0], name)]
		if text == "?" {
			return ""
		}
		return local(t, "2/1/2006 15:04", text)
	}
	var lines [][]string
	for _, r := range rows[1:] {
		lines = append(lines, []string{r[0], at(r, "opened_at"), at(r, "sys_updated_at"), at(r, "resolved_at"),
			r[slices.Index(rows[0], "contact_type")], r[slices.Index(rows[0], "priority")]})
	}
	h.load(t, tickets, "opened_at", fact.Schema{{Name: "ticket_id"}, {Name: "opened_at", Type: fact.Time}, {Name: "updated_at", Type: fact.Time},
		{Name: "resolved_at", Type: fact.Time}, {Name: "channel"}, {Name: "priority"}}, lines)
}

// The ticket metrics on the ServiceNow log equal an independent calculation: the last row of a ticket by update, then by
// place in the file.
func TestServiceNow(t *testing.T) {
	h := open(t)
	serviceNow(t, h)
	last := `WITH ordered AS (SELECT *, lead(ticket_id) OVER (PARTITION BY ticket_id ORDER BY updated_at, _row) AS later FROM tickets),
		t AS (SELECT * FROM ordered WHERE later IS NULL) `
	opened, resolved := fmt.Sprintf(olistMonth, "opened_at"), fmt.Sprintf(olistMonth, "resolved_at")
	equal(t, h.ask(t, catalogue.QueryInput{Name: "tickets_opened"}), h.query(t, tickets, last+"SELECT "+opened+", '', count(*)::DOUBLE FROM t GROUP BY ALL"))
	equal(t, h.ask(t, catalogue.QueryInput{Name: "ticket_resolution_median"}), h.query(t, tickets,
		last+"SELECT "+resolved+", '', median(date_diff('second', opened_at, resolved_at))::DOUBLE FROM t WHERE resolved_at IS NOT NULL GROUP BY ALL"))
	equal(t, h.ask(t, catalogue.QueryInput{Name: "ticket_resolution_median", Dim: "priority", By: "quarter"}), h.query(t, tickets,
		last+"SELECT strftime(date_trunc('quarter', timezone('Europe/Berlin', resolved_at)), '%Y-%m-%d'), priority, median(date_diff('second', opened_at, resolved_at))::DOUBLE FROM t WHERE resolved_at IS NOT NULL GROUP BY ALL"))
	checkOpenTickets(t, h)
	r := h.ask(t, catalogue.QueryInput{Name: "ticket_first_response_median"})
	if !r.Remarks.Has("column_missing") || r.Points[0].Value != nil {
		t.Errorf("first response without its column: %+v", r.Remarks)
	}
}
