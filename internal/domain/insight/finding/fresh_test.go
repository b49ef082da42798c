package finding_test

import (
	"context"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/store/lake"
)

// counted counts the passes over event logs.
type counted struct {
	lake.Store
	passes int
}

func (c *counted) Events(ctx context.Context, process string, snapshot int64, f lake.EventFilter) (lake.EventStream, error) {
	c.passes++
	return c.Store.Events(ctx, process, snapshot, f)
}

// Findings are there right after a load, and a load makes only its own dataset be read again.
func TestFindingsAreFreshWithoutReadingAgain(t *testing.T) {
	i := open(t)
	store := &counted{Store: i.lake}
	i.findings = finding.New(store, i.settings, i.assumptions, i.records, base.FixedClock(time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)))
	i.loadReceipt()
	if err := i.findings.Refresh(t.Context()); err != nil || store.passes != 2 {
		t.Fatalf("%d passes, %v", store.passes, err)
	}
	before := i.all()
	if len(before) == 0 || store.passes != 2 {
		t.Errorf("%d findings after %d passes", len(before), store.passes)
	}
	i.loadTickets()
	if after := i.all(); len(after) <= len(before) || store.passes != 2 {
		t.Errorf("with requests %d findings, without %d, after %d passes", len(after), len(before), store.passes)
	}
	schema := fact.Schema{{Name: "case_id"}, {Name: "activity"}, {Name: "time", Type: fact.Time}, {Name: "lifecycle"}}
	i.load(receiptLog, schema, [][]string{{"new", "Confirmation of receipt", "2012-01-24T08:00:00Z", "complete"}})
	span := i.all()
	if store.passes != 4 || len(span) == 0 {
		t.Errorf("a load of the log: %d passes", store.passes)
	}
}

// numbers of a German formula in their order.
func germanNumbers(t *testing.T, text string) []float64 {
	t.Helper()
	var out []float64
	for _, n := range regexp.MustCompile(`[0-9][0-9.]*(,[0-9]+)?`).FindAllString(text, -1) {
		f, err := strconv.ParseFloat(strings.ReplaceAll(strings.ReplaceAll(strings.TrimRight(n, "."), ".", ""), ",", "."), 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f)
	}
	return out
}

// The numbers that a formula shows give its result: what was seen, divided by the days of the data, times 365.25. What
// was seen is shown in whole hours, which moves the result by less than one.
func TestFormulasCanBeComputedAgain(t *testing.T) {
	i := open(t)
	i.loadReceipt()
	for _, f := range i.all() {
		left, right, ok := strings.Cut(f.Formula.De, "÷")
		days, result, equals := strings.Cut(right, "=")
		if !ok || !equals || !strings.HasSuffix(strings.TrimSpace(days), "Tage × 365,25") {
			t.Errorf("%s", f.Formula.De)
			continue
		}
		seen, d, want := germanNumbers(t, left)[0], germanNumbers(t, days)[0], germanNumbers(t, result)[0]
		if math.Abs(seen/d*365.25-want) > 1 || math.Abs(want-f.Size.Value) > 0.5 {
			t.Errorf("%s: %v ÷ %v × 365.25 = %v, the finding is %v", f.Formula.De, seen, d, seen/d*365.25, f.Size.Value)
		}
		if f.Counted.De != "Vorgänge" {
			t.Errorf("%s counts %q", f.Kind, f.Counted.De)
		}
	}
}

// Returns count orders, of which one may have several returned lines; the rows behind them are as many.
func TestReturnsCountOrders(t *testing.T) {
	i := open(t)
	schema := fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal}}
	var rows [][]string
	for n := range 200 {
		id, when := "A"+strconv.Itoa(n), at(float64(n)*40)
		rows = append(rows, []string{id, when, "100"})
		if n < 15 {
			rows = append(rows, []string{id, when, "-10"}, []string{id, when, "-20"})
		}
	}
	i.load(lake.Dataset{Table: "orders"}, schema, rows)
	f := i.one(finding.KindReturns)
	page := call[finding.CasesInput, finding.CaseList](t, i, "finding_cases", &finding.CasesInput{ID: f.ID, Limit: 10, Offset: 1000})
	if f.CasesCount != 15 || f.Counted.De != "Aufträge" || page.Total != 15 || page.Sum != 450 || len(page.Items) != 0 {
		t.Errorf("%d %s, page past the end %+v", f.CasesCount, f.Counted.De, page)
	}
}
