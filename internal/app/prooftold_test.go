package app_test

import (
	"slices"
	"testing"
	"time"
)

// Closings that are due and overdue are told once in each state: the officer who is to propose, then the controller who
// is to sign, and nobody once they are signed. February ends on the first of March; ten working days later is the 13th.
func TestClosingsThatAreDueAreToldOnce(t *testing.T) {
	h := openProof(t, t.TempDir()+"/instance", time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), "officer@example.com", "controller@example.com", "leader@example.com")
	h.load("orders.csv", ordersFile(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), 26, 99, 100, 0), map[string]any{"table": "orders", "auto": true})
	make1(h.officer(), "target", map[string]any{"title": "Hundert Euro", "metric": "average_order_value", "line": "plan", "owner": h.persons["leader@example.com"],
		"points": []any{map[string]any{"from": "2025-01-01", "value": 100}}})
	on := func(day int) map[string][]string {
		t.Helper()
		said := map[string][]string{}
		for range 2 { // twice on each day
			h.app.Close()
			h.now.Store(time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC).UnixNano())
			h.open()
			h.at(time.Date(2026, 3, day, 9, 0, 0, 0, time.UTC))
			settled(t, h.app)
			for email, b := range h.people {
				var list noticeList
				b.want(200, "GET", "/notices?unread=true", nil, &list)
				for _, n := range list.Items {
					if n.Cause == "due" {
						said[email] = append(said[email], n.Kind+": "+n.Text)
					}
				}
				b.want(204, "POST", "/notices/read_all", nil, nil)
			}
		}
		for _, list := range said {
			slices.Sort(list)
		}
		return said
	}
	want := func(day int, officer, controller []string) {
		t.Helper()
		said := on(day)
		if !slices.Equal(said["officer@example.com"], officer) || !slices.Equal(said["controller@example.com"], controller) || said["leader@example.com"] != nil {
			t.Errorf("%d March: %q", day, said)
		}
	}
	want(2, []string{
		"target: Fällig am 13.03.2026: Abschluss „Durchschnittlicher Bestellwert, Februar 2026“. Bitte vorlegen.",
		"target: Seit 13.02.2026 überfällig: Abschluss „Durchschnittlicher Bestellwert, Januar 2026“. Bitte vorlegen.",
		"target: Seit 14.01.2026 überfällig: Abschluss „Durchschnittlicher Bestellwert, Dezember 2025“. Bitte vorlegen.",
	}, nil)
	want(13, nil, nil)
	want(16, []string{"target: Seit 13.03.2026 überfällig: Abschluss „Durchschnittlicher Bestellwert, Februar 2026“. Bitte vorlegen."}, nil)
	var c closingAnswer
	h.officer().want(201, "POST", "/closings", map[string]any{"metric": "average_order_value", "grain": "month", "from": "2026-02-01"}, &c)
	want(17, nil, []string{"closing: Seit 13.03.2026 überfällig: Abschluss „Durchschnittlicher Bestellwert, Februar 2026“. Er wartet auf Ihre Unterschrift."})
	h.controller().step(200, "/closings/"+c.ID+"/sign", c.Version, "", nil)
	want(18, nil, nil)
}
