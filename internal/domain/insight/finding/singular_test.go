package finding_test

import (
	"fmt"
	"regexp"
	"testing"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/lake"
)

// manyOfOne finds a plural after the number one.
var manyOfOne = regexp.MustCompile(`(^|[^0-9,.])1 (Vorgänge|Vorgängen|Anfragen|Aufträge|Aufträgen|Positionen|Wiederholungen|Rückläufe|` +
	`Übergänge|Varianten|cases|requests|orders|lines|repetitions|returns|passages|variants)\b`)

// saysOne looks through every text of all findings and returns their sentences and formulas.
func (i *instance) saysOne() (texts []string) {
	i.t.Helper()
	for _, f := range i.all() {
		for _, s := range []string{f.Title.De, f.Title.En, f.Sentence.De, f.Sentence.En, f.Formula.De, f.Formula.En, f.Certainty.Text.De, f.Certainty.Text.En} {
			if found := manyOfOne.FindString(s); found != "" {
				i.t.Errorf("%s: %q in %q", f.Kind, found, s)
			}
		}
		texts = append(texts, f.Sentence.De, f.Sentence.En, f.Formula.De, f.Formula.En)
	}
	return texts
}

func (i *instance) wantText(texts []string, want string) {
	i.t.Helper()
	for _, s := range texts {
		if regexp.MustCompile(want).MatchString(s) {
			return
		}
	}
	i.t.Errorf("no text says %q: %q", want, texts)
}

// Counts of cases begin at ten, so of the process findings none can say one; the kinds that count something else can:
// forty lines of a single order came back, and a single request takes longer than the median.
func TestOneIsSaidInTheSingular(t *testing.T) {
	i := open(t)
	i.loadReceipt()
	i.saysOne()
	i.loadTickets()
	i.saysOne()

	back := open(t)
	schema := fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal}}
	var rows [][]string
	for n := range 200 {
		rows = append(rows, []string{fmt.Sprint("O", n), at(float64(n)), "100"})
	}
	for range 40 {
		rows = append(rows, []string{"O7", at(300), "-100"})
	}
	back.load(lake.Dataset{Table: "orders"}, schema, rows)
	texts := back.saysOne()
	back.wantText(texts, "^40 Positionen aus einem Auftrag kamen zurück")
	back.wantText(texts, "^40 lines of one order came back")

	slow := open(t)
	schema = fact.Schema{{Name: "ticket_id"}, {Name: "opened_at", Type: fact.Time}, {Name: "resolved_at", Type: fact.Time}}
	rows = nil
	for n := range 60 {
		length := 10.0
		if n == 30 {
			length = 50
		}
		rows = append(rows, []string{fmt.Sprint("T", n), at(float64(n) * 24), at(float64(n)*24 + length)})
	}
	slow.load(lake.Dataset{Table: "tickets"}, schema, rows)
	texts = slow.saysOne()
	slow.wantText(texts, "in einer Anfrage ÷")
	slow.wantText(texts, "in one request ÷")
}
