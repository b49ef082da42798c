package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
)

type caseAnswer struct {
	ID              string
	Version         int
	State           string
	ApprovedVersion int `json:"approved_version"`
	Value           struct {
		Inputs   []map[string]any
		Bindings []struct {
			Key, Metric string
			Value       float64
			Day         string
		}
		NPV struct{ Amount string }
	}
}

// caseBody is a case whose benefit is one hundredth of an order's revenue a month for a year, at no interest.
func caseBody(initiative string) map[string]any {
	fixed := func(v float64) map[string]any { return map[string]any{"min": v, "likely": v, "max": v} }
	return map[string]any{"title": "Portal", "initiative": initiative, "start": "2027-01", "months": 12, "currency": "EUR",
		"costs":    []any{map[string]any{"id": "build", "name": "Umsetzung", "kind": "one_off", "month": 1}},
		"benefits": []any{map[string]any{"id": "margin", "name": "Mehr Umsatz", "class": "cash"}},
		"inputs": []any{
			map[string]any{"key": "discount_rate", "range": fixed(0), "origin": "estimated"},
			map[string]any{"key": "build.amount", "range": fixed(10), "origin": "guessed"},
			map[string]any{"key": "margin.price", "range": fixed(1), "origin": "guessed"}}}
}

// more loads one more order of 1,000.25 on a day of the first quarter of 2025.
func more(t *testing.T, dir string, id int64, when time.Time) {
	t.Helper()
	db, err := database.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	store, err := duckdb.Open(t.Context(), dir, db, duckdb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	schema := fact.Schema{{Name: "order_id"}, {Name: "time", Type: fact.Time}, {Name: "net", Type: fact.Decimal}, {Name: "channel"}}
	w, err := store.Begin(t.Context(), lake.LoadMeta{ID: id, Dataset: lake.Dataset{Table: "orders"}, Schema: schema, Time: "time"})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	b := fact.NewBatch(schema)
	b.StartRow(1)
	b.AppendText(0, []byte(fmt.Sprint("B", id)))
	b.AppendInt(1, when.UnixMicro())
	b.AppendInt(2, 1_000_250_000)
	b.AppendText(3, []byte("shop"))
	if err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Commit(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

// A case is begun, bound to a measured figure, approved by somebody else and keeps what it was approved with; a later
// load changes the measurement and the case says so.
func TestBusinessCaseFromMeasurementToApproval(t *testing.T) {
	dir := ordersOf(t)
	a := open(t, dir)
	officer, controller := signIn(t, a, "o@example.org", "officer"), signIn(t, a, "c@example.org", "controller")
	var initiative, other struct{ ID string }
	officer.want(201, "POST", "/records/initiative", map[string]any{"title": "Portal"}, &initiative)
	officer.want(201, "POST", "/records/initiative", map[string]any{"title": "Abo"}, &other)
	var c, second caseAnswer
	officer.want(201, "POST", "/records/business_case", caseBody(initiative.ID), &c)
	if c.Value.NPV.Amount != "2.00" { // 12 × 1 − 10
		t.Errorf("net present value %s", c.Value.NPV.Amount)
	}
	path := "/business_cases/" + c.ID
	bind := map[string]any{"key": "margin.price", "metric": "revenue", "by": "quarter", "from": "2025-01-01", "factor": 0.01}
	officer.match = "*"
	officer.want(200, "POST", path+"/bind", bind, &c)
	// orders of 100.25, 200.50, 300.75 and 401.00 fall into the first quarter: 1,002.50, a hundredth of it a month
	if len(c.Value.Bindings) != 1 || c.Value.Bindings[0].Value != 1002.5 || c.Value.NPV.Amount != "110.30" {
		t.Errorf("%+v", c.Value)
	}
	stolen := caseBody(initiative.ID)
	stolen["bindings"] = []any{map[string]any{"key": "margin.price", "metric": "revenue", "factor": 1, "value": 1e6, "title": "x", "day": "2026-01-01"}}
	officer.want(422, "POST", "/records/business_case", stolen, nil) // nobody may say what was measured

	gate(t, officer, initiative.ID, "no")
	officer.match = fmt.Sprint(c.Version)
	officer.want(200, "POST", "/records/business_case/"+c.ID+"/decide", map[string]any{"step": "propose"}, &c)
	officer.match = fmt.Sprint(c.Version)
	officer.want(403, "POST", "/records/business_case/"+c.ID+"/decide", map[string]any{"step": "approve"}, nil)
	controller.match = officer.match
	controller.want(200, "POST", "/records/business_case/"+c.ID+"/decide", map[string]any{"step": "approve"}, &c)
	if c.State != "approved" || c.ApprovedVersion != c.Version {
		t.Errorf("%+v", c)
	}

	gate(t, officer, initiative.ID, "yes")

	var bound struct {
		Changed int
		Items   []struct {
			Value   float64
			Changed bool
			Note    string
			Today   struct{ Value float64 }
		}
		Shared []struct{ Initiative, Name, Text string }
	}
	controller.want(200, "GET", path+"/bindings", nil, &bound)
	if bound.Changed != 0 || len(bound.Shared) != 0 {
		t.Errorf("%+v", bound)
	}
	officer.match = "*"
	officer.want(201, "POST", "/records/business_case", caseBody(other.ID), &second)
	officer.want(200, "POST", "/business_cases/"+second.ID+"/bind", bind, nil)
	for id, name := range map[string]string{c.ID: "Abo", second.ID: "Portal"} { // both are told of each other
		controller.want(200, "GET", "/business_cases/"+id+"/bindings", nil, &bound)
		if len(bound.Shared) != 1 || bound.Shared[0].Name != name || bound.Shared[0].Text != "gleicher Nutzen auch in „"+name+"“" {
			t.Errorf("%s: %+v", name, bound.Shared)
		}
	}
	checkDraftsAndFiles(t, officer, path, c.ID)

	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	more(t, dir, 2, time.Date(2025, 3, 20, 9, 0, 0, 0, time.UTC))
	again := open(t, dir)
	later := signIn(t, again, "d@example.org", "controller")
	later.want(200, "GET", path+"/bindings", nil, &bound)
	if b := bound.Items[0]; bound.Changed != 1 || !b.Changed || b.Note != "Messwert seither geändert" || b.Value != 1002.5 || b.Today.Value != 2002.75 {
		t.Errorf("%+v", bound)
	}
	var assessed struct {
		Assessment struct {
			Result struct{ Cash struct{ NPV int64 } }
		}
	}
	later.want(200, "GET", path+"/assessment", nil, &assessed)
	if got := assessed.Assessment.Result.Cash.NPV; got != 11030 { // what was approved keeps its value
		t.Errorf("net present value %d", got)
	}
}

// A version that is restored brings its measurements back, as they were kept, alone and among others.
func TestRestoredCaseBringsItsMeasurementsBack(t *testing.T) {
	a := open(t, ordersOf(t))
	officer := signIn(t, a, "o@example.org", "officer")
	var i struct{ ID string }
	var c caseAnswer
	officer.want(201, "POST", "/records/initiative", map[string]any{"title": "Portal"}, &i)
	officer.want(201, "POST", "/records/business_case", caseBody(i.ID), &c)
	path, at := "/business_cases/"+c.ID, "/records/business_case/"+c.ID
	officer.match = "*"
	officer.want(200, "POST", path+"/bind", map[string]any{"key": "margin.price", "metric": "revenue", "by": "quarter", "from": "2025-01-01", "factor": 0.01}, &c)
	bound := c.Version
	c = caseAnswer{ID: c.ID}
	officer.want(200, "PATCH", at, map[string]any{"inputs": caseBody(i.ID)["inputs"]}, &c)
	if len(c.Value.Bindings) != 0 || c.Value.NPV.Amount != "2.00" {
		t.Fatalf("%+v", c.Value)
	}
	officer.want(200, "POST", fmt.Sprintf("%s/versions/%d/restore", at, bound), nil, &c)
	if len(c.Value.Bindings) != 1 || c.Value.Bindings[0].Value != 1002.5 || c.Value.NPV.Amount != "110.30" {
		t.Errorf("%+v", c.Value)
	}
	officer.match = ""
	officer.want(200, "POST", "/records/business_case/bulk", map[string]any{"action": "back", "records": []any{map[string]any{"id": c.ID, "version": c.Version, "to": bound + 1}}}, nil)
	c = caseAnswer{}
	officer.want(200, "GET", at, nil, &c)
	if len(c.Value.Bindings) != 0 {
		t.Errorf("%+v", c.Value)
	}
}

// gate asks what the gate to the MVP knows of the case of an initiative.
func gate(t *testing.T, b *browser, initiative, want string) {
	t.Helper()
	var ahead struct{ Answers []struct{ Code, Met string } }
	b.want(200, "GET", "/initiatives/"+initiative+"/gate?to=mvp", nil, &ahead)
	for _, a := range ahead.Answers {
		if a.Code == "case" && a.Met == want {
			return
		}
	}
	t.Errorf("the gate does not say %q of the case: %+v", want, ahead)
}

// checkDraftsAndFiles computes an unsaved draft, compares two versions and reads the workbook.
func checkDraftsAndFiles(t *testing.T, b *browser, path, id string) {
	t.Helper()
	var record caseAnswer
	b.want(200, "GET", "/records/business_case/"+id, nil, &record)
	var raw struct{ Value map[string]any }
	b.want(200, "GET", "/records/business_case/"+id, nil, &raw)
	inputs := raw.Value["inputs"].([]any)
	inputs[1].(map[string]any)["range"] = map[string]any{"min": 20, "likely": 30, "max": 40}
	var draft struct {
		Version    int
		Assessment struct {
			Result     struct{ Cash struct{ NPV int64 } }
			Simulation struct{ Draws int }
		}
	}
	b.want(200, "POST", "/business_cases/assess?id="+id, raw.Value, &draft)
	if draft.Version != 0 || draft.Assessment.Result.Cash.NPV != 9030 || draft.Assessment.Simulation.Draws != 10_000 {
		t.Errorf("%+v", draft)
	}
	inputs[1].(map[string]any)["range"] = map[string]any{"min": -20, "likely": 30, "max": 40}
	if r, body := b.do("POST", "/api/v1/business_cases/assess?id="+id, raw.Value); r.StatusCode != 422 || !bytes.Contains(body, []byte(`"inputs[1].range.min"`)) {
		t.Errorf("%d %s", r.StatusCode, body)
	}
	var compared struct {
		Before  int64 `json:"npv_before"`
		After   int64 `json:"npv_after"`
		Changes []struct {
			Key string
			NPV int64
		}
	}
	b.want(200, "GET", path+"/compare?from=1", nil, &compared)
	if compared.Before != 200 || compared.After != 11030 || len(compared.Changes) != 1 || compared.Changes[0].Key != "margin.price" || compared.Changes[0].NPV != 10830 {
		t.Errorf("%+v", compared)
	}
	r, body := b.do(http.MethodGet, "/api/v1"+path+"/export?lang=de", nil)
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if r.StatusCode != 200 || err != nil || !strings.Contains(r.Header.Get("Content-Disposition"), "Portal.xlsx") {
		t.Fatalf("%d %v %s", r.StatusCode, err, r.Header)
	}
	defer f.Close()
	if npv, err := f.CalcCellValue("Ergebnis", "B5"); err != nil || npv != "110.30" {
		t.Errorf("%s %v", npv, err)
	}
	if origin, _ := f.GetCellValue("Annahmen", "H8"); origin != "Umsatz" {
		t.Error(origin)
	}
}

// A case begins with what is known of its initiative and the company, and who may not read business cases sees none.
func TestBusinessCaseBegins(t *testing.T) {
	a := open(t, t.TempDir()+"/instance")
	officer := signIn(t, a, "o@example.org", "officer")
	officer.want(201, "POST", "/records/company", map[string]any{"name": "Nordhafen", "discount_rate": 0.065}, nil)
	var initiative struct{ ID string }
	officer.want(201, "POST", "/records/initiative", map[string]any{"title": "Portal", "start": "2027-03-15", "budget": map[string]any{"amount": "38000.00", "currency": "EUR"}}, &initiative)
	var c caseAnswer
	officer.want(201, "POST", "/business_cases/begin", map[string]any{"initiative": initiative.ID}, &c)
	var assessed struct {
		Case       struct{ Start string }
		Assessment struct {
			Result struct {
				DiscountRate float64 `json:"discount_rate"`
				Cash         struct {
					Costs struct{ Total struct{ Total int64 } }
				}
			}
		}
	}
	officer.want(200, "GET", "/business_cases/"+c.ID+"/assessment", nil, &assessed)
	if r := assessed.Assessment.Result; assessed.Case.Start != "2027-03" || r.DiscountRate != 0.065 || r.Cash.Costs.Total.Total != 3_800_000 {
		t.Errorf("%+v", assessed)
	}
	contributor := signIn(t, a, "k@example.org", "contributor")
	contributor.want(404, "GET", "/business_cases/"+c.ID+"/assessment", nil, nil)
	contributor.want(404, "GET", "/business_cases/"+c.ID+"/export", nil, nil)
	contributor.want(403, "POST", "/business_cases/begin", map[string]any{"initiative": initiative.ID}, nil)
}
