package app_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"
)

// returnedOrders are orders of months from January 2022 on, twenty a month of about 100; each fifth comes back in part,
// which is a return. From the month at on an order is worth 20 less.
func returnedOrders(months, at int) []byte {
	var b bytes.Buffer
	b.WriteString("Bestellnummer;Datum;Netto;Warengruppe\n")
	for m := range months {
		value := 100 + 4*math.Sin(float64(m*m%13)) + 2*math.Cos(float64(m*7%11))
		if m >= at {
			value -= 20
		}
		for n := range 20 {
			day := began2022.AddDate(0, m, n).Format("2006-01-02")
			fmt.Fprintf(&b, "%d-%d;%s;%.2f;%s\n", m, n, day, value, []string{"Pumpen", "Segel"}[n%2])
			if n%5 == 0 {
				fmt.Fprintf(&b, "%d-%d;%s;%.2f;%s\n", m, n, day, -value/10, []string{"Pumpen", "Segel"}[n%2])
			}
		}
	}
	return b.Bytes()
}

// slowTickets are requests of months from January 2022 on, thirty a month, of which each sixth has no first answer.
// They are solved in about 40 hours, from the month at on in 15 less.
func slowTickets(months, at int) []byte {
	var b bytes.Buffer
	b.WriteString("Ticketnummer;Eröffnet;Erste Antwort;Gelöst;Kanal\n")
	const layout = "2006-01-02 15:04:05"
	for m := range months {
		hours := 40 + 3*math.Sin(float64(m*m%13)) + 2*math.Cos(float64(m*7%11))
		if m >= at {
			hours -= 15
		}
		for n := range 30 {
			opened := began2022.AddDate(0, m, n%24).Add(time.Duration(8+n%8) * time.Hour)
			first := opened.Add(3 * time.Hour).Format(layout)
			if n%6 == 0 {
				first = ""
			}
			solved := opened.Add(time.Duration((hours + float64(n%7) - 3) * float64(time.Hour)))
			fmt.Fprintf(&b, "T%d-%d;%s;%s;%s;%s\n", m, n, opened.Format(layout), first, solved.Format(layout), []string{"Telefon", "E-Mail"}[n%2])
		}
	}
	return b.Bytes()
}

// The whole chain from one list alone: finding, initiative, business case, plan before the start, later facts, effect,
// signature, ledger; and from every link of it the same chain.
func TestChainFromOneListAlone(t *testing.T) {
	for _, c := range []struct {
		name, metric, finding string
		file                  func(months, at int) []byte
		plan                  map[string]any
		effect                float64
	}{
		{"orders", "average_order_value", "returns", returnedOrders, map[string]any{"expected": -20, "band": 1}, -20},
		{"tickets", "ticket_resolution_median", "missing_response", slowTickets, map[string]any{"unit": "hours", "expected": -15, "band": 1}, -15 * 3600},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := openProof(t, t.TempDir()+"/instance", time.Date(2024, 12, 30, 9, 0, 0, 0, time.UTC), "officer@example.com", "controller@example.com")
			officer, load := h.officer(), map[string]any{"table": c.name, "auto": true}
			h.load("vorher.csv", c.file(35, 99), load)

			var findings struct{ Items []struct{ ID, Kind string } }
			officer.want(200, "GET", "/findings", nil, &findings)
			at := slices.IndexFunc(findings.Items, func(f struct{ ID, Kind string }) bool { return f.Kind == c.finding })
			if at < 0 {
				t.Fatalf("%+v", findings)
			}
			finding := findings.Items[at].ID
			var i, kase one
			officer.want(200, "POST", "/initiatives/from_finding", map[string]any{"finding": finding}, &i)
			officer.change(&i, map[string]any{"metrics": []string{c.metric}})
			officer.want(201, "POST", "/records/business_case", caseBody(i.ID), &kase)
			officer.match = fmt.Sprintf(`"%d"`, kase.Version)
			officer.want(200, "POST", "/records/business_case/"+kase.ID+"/decide", map[string]any{"step": "propose"}, &kase)
			officer.match = ""
			h.controller().match = fmt.Sprintf(`"%d"`, kase.Version)
			h.controller().want(200, "POST", "/records/business_case/"+kase.ID+"/decide", map[string]any{"step": "approve"}, &kase)
			h.controller().match = ""

			body := planBody(i.ID)
			body["metric"] = c.metric
			for k, v := range c.plan {
				body[k] = v
			}
			p := h.signedPlan(body)
			h.at(time.Date(2026, 2, 5, 9, 0, 0, 0, time.UTC))
			officer = h.officer()
			load["overlap"] = "replace"
			h.load("nachher.csv", c.file(49, 36), load)
			var e effectAnswer
			officer.want(200, "GET", "/effects/"+p.ID, nil, &e)
			if e.Class == nil || *e.Class != "planned" || e.Verdict == nil || *e.Verdict != "belegt" || *e.Low > c.effect || *e.High < c.effect {
				t.Fatalf("%+v", e)
			}
			var closed closingAnswer
			officer.want(201, "POST", "/closings", map[string]any{"plan": p.ID}, &closed)
			h.controller().step(200, "/closings/"+closed.ID+"/sign", closed.Version, "", &closed)
			var said struct{ Remarks []struct{ Code string } } // the initiative is an idea still
			officer.want(200, "GET", "/closings/"+closed.ID, nil, &said)
			if !slices.ContainsFunc(said.Remarks, func(r struct{ Code string }) bool { return r.Code == "not_begun" }) {
				t.Errorf("%+v", said)
			}
			var l ledgerAnswer
			officer.want(200, "GET", "/ledger", nil, &l)
			if len(l.Entries) != 1 || l.Entries[0].Closing != closed.ID {
				t.Fatalf("%+v", l)
			}

			ids := []string{c.metric, c.metric, finding, i.ID, kase.ID, p.ID, p.ID, closed.ID, l.Entries[0].ID}
			for n, kind := range []string{"rows", "metric", "finding", "initiative", "business_case", "effect_plan", "effect", "closing", "ledger_entry"} {
				marks, all := h.marks(kind, ids[n])
				for k, item := range all.Items {
					if item.Kind != "rows" && item.ID != ids[k] || marks[item.Kind] != "present" || item.Link == "" {
						t.Errorf("from %s: %s is %q, %s", kind, item.Kind, item.ID, marks[item.Kind])
					}
				}
				if rows := all.Items[0].Rows; rows == nil || *rows == 0 {
					t.Errorf("from %s: no rows", kind)
				}
			}
		})
	}
}
