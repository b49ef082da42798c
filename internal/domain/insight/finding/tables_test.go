package finding_test

import (
	"fmt"
	"math"
	"testing"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/store/lake"
)

// loadTickets loads 100 requests over one year and a week: every tenth by form has no answer; technical ones take 40
// hours, the others 10. Each comes twice; the older row has neither answer nor resolution.
func (i *instance) loadTickets() {
	schema := fact.Schema{{Name: "ticket_id"}, {Name: "opened_at", Type: fact.Time}, {Name: "updated_at", Type: fact.Time},
		{Name: "first_response_at", Type: fact.Time}, {Name: "resolved_at", Type: fact.Time}, {Name: "category"}, {Name: "channel"}}
	var rows [][]string
	for n := range 200 {
		opened := float64(n) * (365.25 + 7) * 24 / 199
		category, channel, length, answered := "Lieferung", "E-Mail", 10.0, at(opened+1)
		if n%4 == 0 {
			category, length = "Technik", 40
		}
		if n%10 == 5 {
			channel, answered = "Formular", ""
		}
		id := fmt.Sprintf("T%03d", n)
		rows = append(rows, []string{id, at(opened), at(opened + 60), answered, at(opened + length), category, channel},
			[]string{id, at(opened), at(opened), "", "", category, channel})
	}
	i.load(lake.Dataset{Table: "tickets"}, schema, rows)
}

// By hand: 196 requests are at least a week old when the last one opens (199 steps of 44.9 hours; a week is 3.74 of
// them), of these 20 have no answer, in one year. 50 technical ones take 30 hours more than the median of all.
func TestTickets(t *testing.T) {
	i := open(t)
	i.loadTickets()
	f := i.one(finding.KindResponse)
	if f.CasesCount != 20 || math.Abs(f.Size.Value-20) > .01 || f.Size.Unit != finding.CasesPerYear || f.Euros != nil || f.Link != "" {
		t.Errorf("%+v, %d requests", f.Size, f.CasesCount)
	}
	if want := "20 von 196 Anfragen (10,2 %) haben nach mindestens sieben Tagen keine erste Antwort."; f.Sentence.De != want {
		t.Errorf("sentence %q", f.Sentence.De)
	}
	slow := i.one(finding.KindSlow)
	if slow.CasesCount != 50 || slow.Subject[1] != "Technik" || slow.Size.Unit != finding.LeadTimeHours {
		t.Errorf("%+v of %v, %d requests", slow.Size, slow.Subject, slow.CasesCount)
	}
	hours := i.query(`SELECT sum(greatest(epoch_us(resolved_at) - epoch_us(opened_at), 36e9) - 36e9) / 3.6e9
		/ ((epoch_us(max(resolved_at)) - epoch_us(min(opened_at))) / 86400e6 / 365.25) FROM tickets WHERE category = 'Technik' AND resolved_at IS NOT NULL`,
		map[string]lake.Dataset{"tickets": {Table: "tickets"}})[0][0].(float64)
	if math.Abs(hours-slow.Size.Value) > 1e-6*hours {
		t.Errorf("size %v, by SQL %v", slow.Size.Value, hours)
	}
	page := call[finding.CasesInput, finding.CaseList](t, i, "finding_cases", &finding.CasesInput{ID: slow.ID, Limit: 100})
	if page.Total != 50 || page.Sum != 1500 {
		t.Errorf("%d rows of %v hours", page.Total, page.Sum)
	}
}

// loadOrders loads 400 lines at 100 a piece over one year; 40 of 100 lines of clothes come back, one of the rest.
func (i *instance) loadOrders(currencies ...string) {
	schema := fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal}, {Name: "product_group"}, {Name: "currency"}}
	var rows [][]string
	for n := range 400 {
		group := "Tools"
		if n%4 == 0 {
			group = "Clothes"
		}
		currency := currencies[n%len(currencies)]
		when := float64(n) * 365.25 * 24 / 399
		rows = append(rows, []string{fmt.Sprint("A", n), at(when), "100", group, currency})
		if group == "Clothes" && n < 160 || n == 161 {
			rows = append(rows, []string{fmt.Sprint("G", n), at(when), "-100", group, currency})
		}
	}
	i.load(lake.Dataset{Table: "orders"}, schema, rows)
}

func TestReturns(t *testing.T) {
	i := open(t)
	i.loadOrders("EUR")
	f := i.one(finding.KindReturns)
	if len(i.all()) != 1 || f.Subject[0] != "Clothes" || f.CasesCount != 40 || f.Size.Value != 4000 || f.Size.Unit != finding.CurrencyYear || f.Size.Currency != "EUR" || f.Euros != nil {
		t.Errorf("%v: %+v, %d lines", f.Subject, f.Size, f.CasesCount)
	}
	if want := "40 Positionen aus 40 Aufträgen kamen zurück, 40,0 % des verkauften Umsatzes; über alle Produktgruppen sind es 10,2 %."; f.Sentence.De != want {
		t.Errorf("sentence %q", f.Sentence.De)
	}
}

func TestReturnsInSeveralCurrenciesAreUnknown(t *testing.T) {
	i := open(t)
	i.loadOrders("EUR", "USD")
	if all := i.all(); len(all) != 0 {
		t.Errorf("%s", all[0].Sentence)
	}
}
