package catalogue_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/store/lake"
)

var orderSchema = fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal}, {Name: "customer_id"}, {Name: "channel"}}

func someOrders() [][]string {
	return [][]string{
		{"A1", "2026-08-31T22:30:00Z", "100.10", "K1", "shop"}, // 1 September in Berlin
		{"A1", "2026-08-31T22:30:00Z", "20.20", "K1", "shop"},
		{"A2", "2026-09-15T08:00:00Z", "50", "K2", "phone"},
		{"A3", "2026-10-05T08:00:00Z", "80.05", "K1", "shop"},
		{"R1", "2026-10-06T08:00:00Z", "-10", "K1", "shop"},
		{"A4", "2026-11-02T08:00:00Z", "30", "", "phone"},
	}
}

func (h *house) item(t *testing.T, name, process string) catalogue.Item {
	t.Helper()
	list, err := h.metrics.List(t.Context(), &catalogue.ListInput{})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list.Items, func(m catalogue.Item) bool { return m.Name == name && m.Process == process })
	if i < 0 {
		t.Fatalf("no item %s of %q", name, process)
	}
	return list.Items[i]
}

// With nothing loaded every metric stands in the list, unknown, and says where to begin.
func TestEmptyInstance(t *testing.T) {
	h := open(t)
	list, err := h.metrics.List(t.Context(), &catalogue.ListInput{})
	if err != nil || list.Total != 16 {
		t.Fatalf("%d metrics: %v", list.Total, err)
	}
	for _, m := range list.Items {
		if m.State != "unknown" || !m.Remarks.Has("table_missing") || m.Remarks[0].Link != "/daten" {
			t.Errorf("%s: %s %+v", m.Name, m.State, m.Remarks)
		}
	}
	if r := h.ask(t, catalogue.QueryInput{Name: "revenue", From: "2026-01-01", To: "2026-02-01"}); len(r.Points) != 1 || r.Points[0].Value != nil {
		t.Errorf("points without data: %+v", r.Points)
	}
}

func TestListShowsLatestCompleteMonth(t *testing.T) {
	h := open(t)
	h.load(t, orders, "time", orderSchema, someOrders())
	m := h.item(t, "revenue", "")
	if m.State != "known" || m.Latest.From.String() != "2026-10-01" || *m.Latest.Value != 70.05 || !m.Latest.Complete {
		t.Errorf("latest %+v", m.Latest)
	}
	if m.Previous == nil || *m.Previous.Value != 170.3 || !near(*m.Previous.Difference, -100.25) || m.Previous.Low != nil || m.YearBefore != nil {
		t.Errorf("previous %+v", m.Previous)
	}
	if len(m.Trend) != 3 || m.Trend[2].Complete || *m.Currency != "EUR" || *m.DataAge != 22*86400-2*3600 {
		t.Errorf("trend %d, currency %v, age %d", len(m.Trend), m.Currency, *m.DataAge)
	}
	if o := h.item(t, "orders", ""); o.Previous.Low == nil || *o.Previous.Low > -1 {
		t.Errorf("a difference of counts has an interval: %+v", o.Previous)
	}
}

// An answer is kept until data or settings change, and not a moment longer.
func TestAnswersFollowDataAndSettings(t *testing.T) {
	h := open(t)
	h.load(t, orders, "time", orderSchema, someOrders())
	september := func() float64 { return *h.ask(t, catalogue.QueryInput{Name: "revenue"}).Points[0].Value }
	before := september()
	load := h.load(t, orders, "time", orderSchema, [][]string{{"B1", "2026-09-20T08:00:00Z", "1", "K9", "shop"}})
	if got := september(); got != before+1 {
		t.Errorf("after a load: %v", got)
	}
	if _, err := h.lake.Undo(t.Context(), load, nil); err != nil {
		t.Fatal(err)
	}
	if got := september(); got != before {
		t.Errorf("after undo: %v", got)
	}
	s := setting.Default()
	s.Zone, s.DigitalChannels = "UTC", []string{"shop"}
	if _, err := h.settings.Put(t.Context(), s, 0, "test"); err != nil {
		t.Fatal(err)
	}
	if r := h.ask(t, catalogue.QueryInput{Name: "revenue"}); r.Points[0].From.String() != "2026-08-01" {
		t.Errorf("in UTC the first order is of August: %s", r.Points[0].From)
	}
	if r := h.ask(t, catalogue.QueryInput{Name: "digital_revenue_share", From: "2026-10-01", To: "2026-11-01"}); *r.Points[0].Value != 1 {
		t.Errorf("digital share: %+v", r.Points[0])
	}
}

// Texts of one answer in English do not change those of another in German.
func TestKeptAnswersAreCopies(t *testing.T) {
	h := open(t)
	h.load(t, orders, "time", orderSchema, someOrders())
	first := h.ask(t, catalogue.QueryInput{Name: "new_customers"})
	base.Localize(first, base.English)
	first.Points[0].N = 77
	second := h.ask(t, catalogue.QueryInput{Name: "new_customers"})
	text, _ := json.Marshal(second.Remarks)
	if second.Points[0].N == 77 || !strings.Contains(string(text), "Die Daten beginnen am") {
		t.Errorf("kept answer was changed: %s", text)
	}
}

type files struct{}

func (files) FileOfLoad(_ context.Context, load int64) (string, error) {
	return fmt.Sprintf("load-%d.csv", load), nil
}

// The rows behind a figure, with file and line, page by page, add up to it.
func TestRowsBehind(t *testing.T) {
	h := open(t)
	load := h.load(t, orders, "time", orderSchema, someOrders())
	h.metrics.NameFiles(files{})
	seen := map[int64]bool{}
	for offset := range 3 {
		page, err := h.metrics.Rows(t.Context(), &catalogue.RowsInput{Name: "average_order_value", From: "2026-09-01", To: "2026-10-01", Limit: 1, Offset: offset})
		if err != nil {
			t.Fatal(err)
		}
		if page.Total != 3 || page.Things != 2 || *page.Sum != 85.15 || len(page.Rows) != 1 {
			t.Fatalf("page %d: %+v", offset, page)
		}
		names := make([]string, len(page.Columns))
		for i, c := range page.Columns {
			names[i] = c.Name
		}
		row := page.Rows[0]
		if row[slices.Index(names, "_load")] != load || row[slices.Index(names, "_file")] != "load-1.csv" {
			t.Errorf("load %v", row)
		}
		seen[row[slices.Index(names, "_row")].(int64)] = true
	}
	if !seen[2] || !seen[3] || !seen[4] {
		t.Errorf("lines %v", seen)
	}
	filtered, err := h.metrics.Rows(t.Context(), &catalogue.RowsInput{Name: "revenue", From: "2026-09-01", To: "2026-10-01", Dim: "channel", DimValue: "shop", Limit: 100})
	if err != nil || filtered.Total != 2 || *filtered.Sum != 120.3 {
		t.Errorf("rows of the shop: %+v, %v", filtered, err)
	}
}

var eventSchema = fact.Schema{{Name: "case_id"}, {Name: "activity"}, {Name: "time", Type: fact.Time}, {Name: "region", Case: true}}

// No figure by person: not of events, and not of the cases that copied a person's column.
func TestNoFigureByPerson(t *testing.T) {
	h := open(t)
	withClerk := append(slices.Clone(eventSchema), fact.Column{Name: "clerk", Case: true, Person: true})
	var rows [][]string
	for _, r := range someEvents() {
		rows = append(rows, append(slices.Clone(r), "p-1"))
	}
	h.load(t, process("Verkauf"), "time", withClerk, rows)
	schema := fact.Schema{{Name: "case_id"}, {Name: "last_time", Type: fact.Time}, {Name: "clerk"}}
	if _, err := h.lake.Derive(t.Context(), lake.Dataset{Table: "cases", Process: "Verkauf"}, schema, func(sink fact.Sink) error {
		fill(t, schema, [][]string{{"F1", "2026-09-03T08:00:00Z", "p-1"}}, sink)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	_, err := h.metrics.Query(t.Context(), &catalogue.QueryInput{Name: "cases", Dim: "clerk"})
	if e := base.AsError(err); err == nil || e.Code != "dim_person" {
		t.Errorf("cases by clerk: %v", err)
	}
}

func process(name string) lake.Dataset { return lake.Dataset{Table: "events", Process: name} }

func someEvents() [][]string {
	return [][]string{
		{"F1", "Angebot", "2026-09-01T08:00:00Z", "Nord"}, {"F1", "Rechnung", "2026-09-03T08:00:00Z", "Nord"},
		{"F2", "Angebot", "2026-09-02T08:00:00Z", "Süd"}, {"F2", "Angebot", "2026-09-05T08:00:00Z", "Süd"},
		{"F2", "Rechnung", "2026-09-06T08:00:00Z", "Süd"}, {"F3", "Angebot", "2026-09-30T08:00:00Z", "Süd"},
	}
}

// An own metric is made of two activities and then behaves like any other, with versions, until it is deleted.
func TestOwnMetric(t *testing.T) {
	h := open(t)
	h.load(t, process("Verkauf"), "time", eventSchema, someEvents())
	ctx := officer(t)
	own := catalogue.Own{Name: "angebot_bis_rechnung", Title: "Angebot bis Rechnung", Process: "Verkauf", From: "Angebot", To: "Rechnung", Statistic: "median"}
	made, err := h.metrics.Create(ctx, &catalogue.CreateInput{Body: own})
	if err != nil || made.Version != 1 || made.CreatedBy != "olga@example.com" {
		t.Fatalf("%+v: %v", made, err)
	}
	r := h.ask(t, catalogue.QueryInput{Name: own.Name})
	if *r.Points[0].Value != 3*86400 || r.Points[0].N != 2 || r.DefinitionVersion != 1 || r.Process != "Verkauf" {
		t.Errorf("median of 2 and 4 days: %+v", r)
	}
	if r := h.ask(t, catalogue.QueryInput{Name: own.Name, Dim: "region"}); len(r.Points) != 2 || *r.Points[0].Value != 2*86400 {
		t.Errorf("by region: %+v", r.Points)
	}
	rows, err := h.metrics.Rows(ctx, &catalogue.RowsInput{Name: own.Name, From: "2026-09-01", To: "2026-10-01", Limit: 10})
	if err != nil || rows.Total != 5 || *rows.Sum != 3*86400 {
		t.Errorf("rows: %+v, %v", rows, err)
	}
	own.Statistic = "p90"
	if _, err := h.metrics.Update(ctx, &catalogue.UpdateInput{Name: own.Name, IfMatch: `"1"`, Body: own}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.metrics.Update(ctx, &catalogue.UpdateInput{Name: own.Name, IfMatch: `"1"`, Body: own}); !base.IsKind(err, base.Conflict) {
		t.Errorf("a stale change went through: %v", err)
	}
	d, err := h.metrics.Show(ctx, &catalogue.ShowInput{Name: own.Name})
	if err != nil || d.Version != 2 || d.Owner != "olga@example.com" || d.LeadTime.Statistic != "p90" || !strings.Contains(d.Formula, "'Angebot'") || *d.Latest.Value < 3.7*86400 {
		t.Errorf("detail %+v: %v", d, err)
	}
	if history, err := h.metrics.History(ctx, &catalogue.ShowInput{Name: own.Name}); err != nil || history.Total != 2 || history.Items[0].Value.Statistic != "p90" {
		t.Errorf("history %+v: %v", history, err)
	}
	if used, _ := h.metrics.UsedBy(ctx, process("Verkauf")); !slices.Equal(used, []string{"Angebot bis Rechnung"}) {
		t.Errorf("used by %v", used)
	}
	if err := h.metrics.RenameProcess(ctx, "Verkauf", "Vertrieb", "cli"); err != nil {
		t.Fatal(err)
	}
	if used, _ := h.metrics.UsedBy(ctx, process("Vertrieb")); len(used) != 1 {
		t.Errorf("after the rename used by %v", used)
	}
	if _, err := h.metrics.Delete(ctx, &catalogue.DeleteInput{Name: own.Name}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.metrics.Query(ctx, &catalogue.QueryInput{Name: own.Name}); !base.IsKind(err, base.NotFound) {
		t.Errorf("deleted and still there: %v", err)
	}
}

func TestOwnMetricRefusals(t *testing.T) {
	h := open(t)
	h.load(t, process("Verkauf"), "time", eventSchema, someEvents())
	good := catalogue.Own{Name: "x", Title: "X", Process: "Verkauf", From: "Angebot", To: "Rechnung", Statistic: "median"}
	for field, spoil := range map[string]func(o *catalogue.Own){
		"name": func(o *catalogue.Own) { o.Name = "revenue" }, "title": func(o *catalogue.Own) { o.Title = " " },
		"process": func(o *catalogue.Own) { o.Process = "Einkauf" }, "from_activity": func(o *catalogue.Own) { o.From = "Angebott" },
		"to_activity": func(o *catalogue.Own) { o.To = "" }, "statistic": func(o *catalogue.Own) { o.Statistic = "mean" },
	} {
		own := good
		spoil(&own)
		_, err := h.metrics.Create(officer(t), &catalogue.CreateInput{Body: own})
		if e := base.AsError(err); err == nil || e.Kind != base.Refused || len(e.Fields) != 1 || e.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	two := good
	two.Title = "a\nb"
	if _, err := h.metrics.Create(officer(t), &catalogue.CreateInput{Body: two}); len(base.AsError(err).Fields) != 1 {
		t.Errorf("a title of two lines: %v", err)
	}
	if _, err := h.metrics.Create(officer(t), &catalogue.CreateInput{Body: good}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.metrics.Create(officer(t), &catalogue.CreateInput{Body: good}); !base.IsKind(err, base.Conflict) {
		t.Errorf("the same name twice: %v", err)
	}
	if _, err := h.metrics.Delete(officer(t), &catalogue.DeleteInput{Name: "revenue"}); !base.IsKind(err, base.Refused) {
		t.Errorf("revenue was deleted: %v", err)
	}
}

// A metric of processes takes the only process, and asks when there are several.
func TestWhichProcess(t *testing.T) {
	h := open(t)
	derive := func(name string) {
		h.load(t, process(name), "time", eventSchema, someEvents())
		schema := fact.Schema{{Name: "case_id"}, {Name: "last_time", Type: fact.Time}, {Name: "duration_seconds", Type: fact.Double},
			{Name: "rework", Type: fact.Boolean}, {Name: "manual_steps", Type: fact.Integer}}
		_, err := h.lake.Derive(t.Context(), lake.Dataset{Table: "cases", Process: name}, schema, func(sink fact.Sink) error {
			fill(t, schema, [][]string{{"F1", "2026-09-03T08:00:00Z", "172800", "0", ""}, {"F2", "2026-09-06T08:00:00Z", "345600", "1", ""}}, sink)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	derive("Verkauf")
	if r := h.ask(t, catalogue.QueryInput{Name: "rework_share"}); r.Process != "Verkauf" || *r.Points[0].Value != 0.5 {
		t.Errorf("%+v", r)
	}
	if m := h.item(t, "manual_steps_per_case", "Verkauf"); m.State != "unknown" || !m.Remarks.Has("rule_missing") || m.Remarks[0].Link != "/einstellungen" {
		t.Errorf("manual steps: %+v", m.Remarks)
	}
	derive("Einkauf")
	if _, err := h.metrics.Query(t.Context(), &catalogue.QueryInput{Name: "cases"}); !base.IsKind(err, base.Usage) || !strings.Contains(base.AsError(err).Hint.De, "Einkauf, Verkauf") {
		t.Errorf("two processes: %v", err)
	}
	if r := h.ask(t, catalogue.QueryInput{Name: "cases", Process: "Einkauf"}); *r.Points[0].Value != 2 {
		t.Errorf("%+v", r.Points)
	}
	d, err := h.metrics.Show(t.Context(), &catalogue.ShowInput{Name: "cases", Process: "Einkauf"})
	if err != nil || d.DataUntil == nil || d.Source == nil || d.Source.Loads != 1 {
		t.Errorf("derived cases are as old as their events: %+v, %v", d, err)
	}
	if _, err := h.metrics.Query(t.Context(), &catalogue.QueryInput{Name: "cases", Process: "Personal"}); !base.IsKind(err, base.NotFound) {
		t.Errorf("no such process: %v", err)
	}
}

func TestOwner(t *testing.T) {
	h := open(t)
	if _, err := h.metrics.SetOwner(officer(t), &catalogue.OwnerInput{Name: "revenue", Body: catalogue.Owner{Owner: "Leitung Vertrieb"}}); err != nil {
		t.Fatal(err)
	}
	if m := h.item(t, "revenue", ""); m.Owner != "Leitung Vertrieb" || m.Own {
		t.Errorf("%+v", m)
	}
	if _, err := h.metrics.SetOwner(officer(t), &catalogue.OwnerInput{Name: "profit"}); !base.IsKind(err, base.NotFound) {
		t.Errorf("owner of nothing: %v", err)
	}
}

func TestQueryAtFault(t *testing.T) {
	h := open(t)
	h.load(t, orders, "time", orderSchema, someOrders())
	for _, in := range []catalogue.QueryInput{{Name: "revenue", From: "1.3.2026"}, {Name: "revenue", Filter: []string{"channel"}}, {Name: "revenue", By: "hour"}} {
		if _, err := h.metrics.Query(t.Context(), &in); !base.IsKind(err, base.Usage) {
			t.Errorf("%+v: %v", in, err)
		}
	}
}
