package app_test

import (
	"testing"
	"time"
)

// Going live asks for a signed plan, or for the reason why there is none.
func TestGoingLiveAsksForAPlan(t *testing.T) {
	began := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	h := openProof(t, t.TempDir()+"/instance", time.Date(2024, 12, 30, 9, 0, 0, 0, time.UTC), "officer@example.com", "controller@example.com")
	h.load("vorher.csv", ordersFile(began, 36, 99, 100, 0), map[string]any{"table": "orders", "auto": true})
	id := h.initiative("Bündelpreise")
	asked := func() (met string, waivable bool) {
		var ahead struct {
			Answers []struct {
				Code, Met string
				Waivable  bool
			}
		}
		h.officer().want(200, "GET", "/initiatives/"+id+"/gate?to=live", nil, &ahead)
		for _, a := range ahead.Answers {
			if a.Code == "plan" {
				return a.Met, a.Waivable
			}
		}
		t.Fatal("the gate asks for no plan")
		return "", false
	}
	if met, waivable := asked(); met != "no" || !waivable {
		t.Errorf("%q %v", met, waivable)
	}
	open := func(answers []any) bool {
		var shut struct{ Fields []struct{ Field string } }
		h.officer().want(422, "POST", "/initiatives/"+id+"/gate", map[string]any{"to": "live", "answers": answers, "note": "Probe"}, &shut)
		for _, f := range shut.Fields {
			if f.Field == "answers.plan" {
				return true
			}
		}
		return false
	}
	waived := map[string]any{"code": "plan", "met": "not_needed", "evidence": "Pflicht durch Gesetz, kein Nutzen zu belegen"}
	if !open(nil) || !open([]any{map[string]any{"code": "plan", "met": "not_needed"}}) || open([]any{waived}) || !open([]any{map[string]any{"code": "plan", "met": "yes", "evidence": "steht in der Ablage"}}) {
		t.Error("the plan is waived without a reason, or not with one")
	}
	p := h.signedPlan(planBody(id))
	if met, _ := asked(); met != "yes" || open(nil) {
		t.Errorf("signed: %q", met)
	}
	// Another initiative of the same metric that is to go live in the window is told of, one far behind it is not.
	for _, day := range []string{"2025-03-01", "2027-03-01"} {
		h.officer().want(201, "POST", "/records/initiative", map[string]any{"title": "Bonus ab " + day, "metrics": []string{"average_order_value"}, "go_live": day}, nil)
	}
	var e effectAnswer
	h.officer().want(200, "GET", "/effects/"+p.ID, nil, &e)
	if len(e.Interference) != 1 || e.Interference[0].Kind != "initiative" || e.Interference[0].Happened || e.Verdict != nil {
		t.Errorf("%+v", e)
	}
}
