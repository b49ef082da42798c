package app_test

import (
	"fmt"
	"math"
	"testing"
	"time"
)

type planAnswer struct {
	ID      string
	Version int
	State   string
	Value   struct {
		Class       string
		ClassReason string `json:"class_reason"`
		SignedBy    string `json:"signed_by"`
		LastFact    string `json:"last_fact"`
	}
}

type effectAnswer struct {
	Plan, State string
	Class       *string
	Measured    int
	Complete    bool
	Estimate    *float64
	Low, High   *float64
	Verdict     *string
	Worth       worthAnswer
	Closing     *struct{ ID, Status, Next string }
	Effect      struct {
		Reasons []struct {
			Code, Text, Note string
			Met              *bool
		}
	}
	Interference []struct {
		Kind, Initiative string
		Happened         bool
	}
	Problem *string
}

type worthAnswer struct {
	Class, Unit       string
	Low, Middle, High *float64
}

type closingAnswer struct {
	ID, Status, Next, Hash string
	Version                int
	Value                  *float64
	May                    []string
	Steps                  []struct{ Step, By, Note string }
	Worth                  *worthAnswer
	Follows                string
	Restatement            *struct {
		Value   *float64
		Changed bool
		Why     []struct{ Code string }
	}
}

type ledgerAnswer struct {
	Classes     []ledgerClass
	Initiatives []struct {
		Initiative string
		Classes    []ledgerClass
		Cost       *struct{ Amount string }
		Return     *struct{ Low, Middle, High float64 } `json:"return_on_investment"`
		Open       int
	}
	Entries []struct {
		ID, Sort, Class, Closing, Follows string
		Live                              bool
		Middle                            float64
	}
	Return *struct{ Middle float64 } `json:"return_on_investment"`
}

type ledgerClass struct {
	Class, Unit                  string
	Claimed, Measured, Confirmed *struct{ Low, Middle, High *float64 }
}

func planBody(initiative string) map[string]any {
	return map[string]any{"title": "Mehr Wert je Auftrag", "initiative": initiative, "metric": "average_order_value", "grain": "month", "first_affected": "2025-01-01", "periods_after": 12,
		"scale": "plain", "expected": -20, "band": 1, "benefit_class": "cash", "value_per_unit": map[string]any{"min": 900, "likely": 1000, "max": 1100}, "currency": "EUR", "primary": true,
		"minimum_sample": 0}
}

// step takes a step on a record of which the browser has seen the version.
func (b *browser) step(status int, path string, version int, note string, out any) {
	b.t.Helper()
	b.match = fmt.Sprintf(`"%d"`, version)
	b.want(status, "POST", path, map[string]any{"note": note}, out)
	b.match = ""
}

// signedPlan drafts, proposes and signs a plan.
func (h *proofHouse) signedPlan(body map[string]any) planAnswer {
	h.t.Helper()
	var p planAnswer
	h.officer().want(201, "POST", "/records/effect_plan", body, &p)
	h.officer().step(200, "/effect_plans/"+p.ID+"/propose", p.Version, "", &p)
	h.officer().step(403, "/effect_plans/"+p.ID+"/sign", p.Version, "", nil)
	h.controller().step(200, "/effect_plans/"+p.ID+"/sign", p.Version, "", &p)
	return p
}

func (h *proofHouse) initiative(title string) string {
	h.t.Helper()
	var i one
	h.officer().want(201, "POST", "/records/initiative", map[string]any{"title": title, "metrics": []string{"average_order_value"}}, &i)
	return i.ID
}

// From the plan to the ledger and to what is said of it later: an officer plans, a controller signs before the start,
// the facts arrive, the effect is proposed, refused once, proposed again and signed; corrected facts stand beside the
// signed value, and the whole is computed again by lotse check.
func TestFromPlanToLedger(t *testing.T) {
	began := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	h := openProof(t, t.TempDir()+"/instance", time.Date(2024, 12, 30, 9, 0, 0, 0, time.UTC), "officer@example.com", "controller@example.com", "leader@example.com", "viewer@example.com")
	orders := map[string]any{"table": "orders", "auto": true}
	h.load("vorher.csv", ordersFile(began, 35, 99, 100, 0), orders)
	initiative := h.initiative("Bündelpreise")

	var can struct {
		Class       string
		History     []any
		Provability struct {
			Curve []struct {
				After    int
				Smallest float64
			}
		}
	}
	h.officer().want(200, "POST", "/effect_plans/preview", planBody(initiative), &can)
	if can.Class != "planned" || len(can.History) != 35 || len(can.Provability.Curve) == 0 {
		t.Errorf("%+v", can)
	}
	p := h.signedPlan(planBody(initiative))
	if p.State != "approved" || p.Value.Class != "planned" || p.Value.ClassReason != "before_start" || p.Value.SignedBy != "controller@example.com" || p.Value.LastFact == "" {
		t.Fatalf("%+v", p)
	}
	// Fixed: no door changes it any more.
	h.officer().match = "*"
	for _, try := range []struct {
		method, path string
		body         any
	}{
		{"PATCH", "/records/effect_plan/" + p.ID, map[string]any{"expected": -30}},
		{"PUT", "/records/effect_plan/" + p.ID, map[string]any{"title": "Anders", "initiative": initiative, "metric": "orders", "grain": "month", "first_affected": "2025-02-01", "periods_after": 12, "expected": 5, "benefit_class": "other"}},
		{"DELETE", "/records/effect_plan/" + p.ID, nil},
		{"POST", "/records/effect_plan/" + p.ID + "/decide", map[string]any{"step": "propose"}},
	} {
		if code := h.officer().statusOf(try.method, try.path, try.body); code != 409 {
			t.Errorf("%s %s: %d", try.method, try.path, code)
		}
	}
	h.officer().match = ""
	h.officer().want(422, "POST", "/closings", map[string]any{"plan": p.ID}, nil) // nothing measured yet

	h.at(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	h.load("nachher.csv", ordersFile(began, 48, 36, 100, 20)[:], map[string]any{"table": "orders", "auto": true, "overlap": "replace"})
	var e effectAnswer
	h.officer().want(200, "GET", "/effects/"+p.ID, nil, &e)
	if e.Verdict == nil || *e.Verdict != "belegt" || !e.Complete || e.Measured != 12 || math.Abs(*e.Estimate+20) > 3 {
		t.Fatalf("%+v", e)
	}
	if e.Worth.Class != "cash" || e.Worth.Unit != "EUR" || math.Abs(*e.Worth.Middle-math.Round(-*e.Estimate*1000*100)/100) > 0.01 || math.Abs(*e.Worth.Low+*e.High*900) > 0.02 || math.Abs(*e.Worth.High+*e.Low*1100) > 0.02 {
		t.Errorf("worth %v %v %v of %v [%v, %v]", *e.Worth.Low, *e.Worth.Middle, *e.Worth.High, *e.Estimate, *e.Low, *e.High)
	}

	var c closingAnswer
	h.officer().want(201, "POST", "/closings", map[string]any{"plan": p.ID}, &c)
	h.officer().want(409, "POST", "/closings", map[string]any{"plan": p.ID}, nil)
	h.officer().step(403, "/closings/"+c.ID+"/sign", c.Version, "", nil)
	h.controller().step(422, "/closings/"+c.ID+"/refuse", c.Version, "", nil)
	h.controller().step(200, "/closings/"+c.ID+"/refuse", c.Version, "Preis je Stück fehlt noch.", &c)
	if c.Status != "refused" || c.Next != "propose" {
		t.Fatalf("%+v", c)
	}
	refused := c.ID
	h.officer().want(201, "POST", "/closings", map[string]any{"plan": p.ID, "note": "Der Preis steht im Plan."}, &c)
	if c.ID != refused || c.Status != "proposed" || len(c.Steps) != 3 {
		t.Fatalf("%+v", c)
	}
	var l ledgerAnswer
	h.people["leader@example.com"].want(200, "GET", "/ledger", nil, &l)
	if len(l.Entries) != 0 || len(l.Classes) != 1 || l.Classes[0].Measured == nil || l.Classes[0].Confirmed != nil || *l.Classes[0].Measured.Middle != *e.Worth.Middle {
		t.Errorf("%+v", l)
	}
	h.controller().step(200, "/closings/"+c.ID+"/sign", c.Version, "", &c)
	if c.Status != "signed" || len(c.Hash) != 64 || c.Next != "" {
		t.Fatalf("%+v", c)
	}
	var posting one
	h.officer().want(201, "POST", "/records/posting", map[string]any{"text": "Rechnung", "initiative": initiative, "day": "2025-02-01", "sort": "spent", "amount": map[string]any{"amount": "8000.00", "currency": "EUR"}}, &posting)
	h.people["leader@example.com"].want(200, "GET", "/ledger", nil, &l)
	k := l.Classes[0]
	if len(l.Entries) != 1 || k.Measured != nil || k.Confirmed == nil || *k.Confirmed.Low != *e.Worth.Low || *k.Confirmed.High != *e.Worth.High || l.Entries[0].Closing != c.ID || l.Entries[0].Class != "planned" {
		t.Errorf("%+v", l)
	}
	if i := l.Initiatives[0]; i.Return == nil || math.Abs(i.Return.Middle-(*e.Worth.Middle-8000)/8000) > 1e-9 || i.Cost.Amount != "8000.00" || l.Return == nil {
		t.Errorf("%+v", i)
	}

	// Facts are corrected: half the drop. The signed value stays, today's stands beside it with the reason.
	h.load("korrektur.csv", ordersFile(began, 48, 36, 100, 10), map[string]any{"table": "orders", "auto": true, "overlap": "replace"})
	signed := *c.Value
	h.people["viewer@example.com"].want(200, "GET", "/closings/"+c.ID, nil, &c)
	if *c.Value != signed || c.Restatement == nil || !c.Restatement.Changed || math.Abs(*c.Restatement.Value-signed-10) > 0.01 || c.Restatement.Why[0].Code != "facts" {
		t.Errorf("%+v %+v", c, c.Restatement)
	}
	out, status := h.check()
	if status != 0 {
		t.Fatal(out)
	}
}
