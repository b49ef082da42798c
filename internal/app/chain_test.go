package app_test

import (
	"maps"
	"testing"
	"time"
)

type chainAnswer struct {
	Items []struct {
		Kind, ID, Mark, Number, Unit, Class, At, Link string
		Why                                           string
		Rows                                          *int64
		Value, Today                                  *float64
	}
}

func (h *proofHouse) marks(kind, id string) (map[string]string, chainAnswer) {
	h.t.Helper()
	var all chainAnswer
	h.officer().want(200, "GET", "/chain?kind="+kind+"&id="+id, nil, &all)
	out := map[string]string{}
	for _, n := range all.Items {
		out[n.Kind] = n.Mark
		if (n.Mark == "present" || n.Mark == "restated") && n.Link == "" || n.Mark == "broken" && n.Why == "" {
			h.t.Errorf("from %s: %+v", kind, n)
		}
	}
	return out, all
}

// The links of the chain carry their state: signed, computed anew after facts arrived, taken back after reopening.
func TestChainMarks(t *testing.T) {
	h, initiative, p, c := proven(t)
	whole := map[string]string{"rows": "present", "metric": "present", "finding": "void", "initiative": "present", "business_case": "open",
		"effect_plan": "present", "effect": "present", "closing": "present", "ledger_entry": "present"}
	var l ledgerAnswer
	h.officer().want(200, "GET", "/ledger", nil, &l)
	for kind, id := range map[string]string{"metric": "average_order_value", "initiative": initiative, "effect": p.ID, "closing": c.ID, "ledger_entry": l.Entries[0].ID} {
		got, all := h.marks(kind, id)
		if !maps.Equal(got, whole) {
			t.Errorf("from %s: %v", kind, got)
		}
		if rows := all.Items[0].Rows; rows == nil || *rows == 0 {
			t.Errorf("rows of %s: %v", kind, rows)
		}
		if effect, signed, entry := all.Items[6], all.Items[7], all.Items[8]; effect.Value == nil || signed.Value == nil || *effect.Value != *signed.Value || entry.Value == nil || entry.Unit != "EUR" {
			t.Errorf("%+v %+v %+v", effect, signed, entry)
		}
	}
	h.load("korrigiert.csv", ordersFile(began2022, 48, 36, 100, 23), map[string]any{"table": "orders", "auto": true, "overlap": "replace"})
	got, all := h.marks("effect", p.ID)
	if signed := all.Items[7]; got["closing"] != "restated" || signed.Today == nil || signed.Value == nil || *signed.Today >= *signed.Value {
		t.Errorf("%v %+v", got, signed)
	}
	h.controller().step(200, "/closings/"+c.ID+"/reopen", c.Version, "Nachlieferung", &c)
	if got, _ = h.marks("initiative", initiative); got["closing"] != "broken" || got["ledger_entry"] != "broken" {
		t.Errorf("%v", got)
	}
	// A closing of the metric itself: no contribution, and at the metric it is the signature.
	h.at(time.Date(2026, 1, 6, 9, 0, 0, 0, time.UTC))
	var own closingAnswer
	h.officer().want(201, "POST", "/closings", map[string]any{"metric": "average_order_value", "grain": "month", "from": "2025-11-01"}, &own)
	if got, _ = h.marks("closing", own.ID); got["closing"] != "open" || got["ledger_entry"] != "void" {
		t.Errorf("%v", got)
	}
	if _, all = h.marks("metric", "average_order_value"); all.Items[7].ID != own.ID || all.Items[7].Class != "metric" {
		t.Errorf("%+v", all.Items[7])
	}
}
