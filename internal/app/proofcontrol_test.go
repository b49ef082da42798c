package app_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"
)

// wavedOrders are orders of 48 months whose number and value move together: 20 + 10w orders of 100 + 8w, where w turns
// without a season of twelve; from the month at on each order is worth 20 less, and their number goes on as before.
func wavedOrders(from time.Time, months, at int) []byte {
	var b bytes.Buffer
	b.WriteString("order_id;time;net\n")
	for m := range months {
		w := math.Sin(float64(m)*1.7) + .5*math.Cos(float64(m*m%17))
		value := 100 + 8*w + .8*math.Sin(float64(m*m*m%23))
		if m >= at {
			value -= 20
		}
		month := from.AddDate(0, m, 0)
		last := month.AddDate(0, 1, -1).Day()
		n := 20 + int(math.Round(10*w))
		for i := range n {
			fmt.Fprintf(&b, "%s-%d;%s-%02d;%.2f\n", month.Format("0601"), i, month.Format("2006-01"), 1+i*(last-1)/max(n-1, 1), value)
		}
	}
	return b.Bytes()
}

// A control that explains the common movement makes the interval narrower, and the effect of 20 built into the facts is
// found by both. A metric that must not move and moves, here the figure itself, keeps the verdict from being proven.
func TestControlsAndNegativeMetricOfAPlan(t *testing.T) {
	h := openProof(t, t.TempDir()+"/instance", time.Date(2024, 12, 30, 9, 0, 0, 0, time.UTC), "officer@example.com", "controller@example.com")
	plan := map[string]any{"table": "orders", "auto": true}
	h.load("vorher.csv", wavedOrders(began2022, 35, 99), plan)
	h.load("anfragen.csv", slowTickets(35, 99), map[string]any{"table": "tickets", "auto": true})
	sign := func(title string, more map[string]any) string {
		t.Helper()
		body := planBody(h.initiative(title))
		for k, v := range more {
			body[k] = v
		}
		return h.signedPlan(body).ID
	}
	bare := sign("Ohne Vergleich", nil)
	controlled := sign("Mit Vergleich", map[string]any{"controls": []any{map[string]any{"metric": "orders", "why": "bewegt sich mit"}}})
	calm := sign("Mit ruhiger Gegenprobe", map[string]any{"negative_metric": "orders"})
	moved := sign("Mit bewegter Gegenprobe", map[string]any{"negative_metric": "average_order_value"})
	untested := sign("Mit Gegenprobe, die endet", map[string]any{"negative_metric": "tickets_opened"})
	short := planBody(h.initiative("Zu kurz"))
	short["periods_after"] = 5
	h.officer().want(422, "POST", "/records/effect_plan", short, nil)
	h.at(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	h.load("nachher.csv", wavedOrders(began2022, 48, 36), map[string]any{"table": "orders", "auto": true, "overlap": "replace"})
	read := func(id string) (e effectAnswer) {
		t.Helper()
		h.officer().want(200, "GET", "/effects/"+id, nil, &e)
		if e.Estimate == nil || *e.Low > -20 || *e.High < -20 {
			t.Fatalf("%+v", e)
		}
		return e
	}
	without, with := read(bare), read(controlled)
	if *with.Verdict != "belegt" || (*with.High-*with.Low) >= .5*(*without.High-*without.Low) {
		t.Errorf("%s: [%v, %v] with, [%v, %v] without the control", *with.Verdict, *with.Low, *with.High, *without.Low, *without.High)
	}
	met := func(e effectAnswer) *bool {
		for _, r := range e.Effect.Reasons {
			if r.Code == "negative" {
				return r.Met
			}
		}
		return nil
	}
	if m := met(read(calm)); m == nil || !*m {
		t.Errorf("%+v", read(calm).Effect.Reasons)
	}
	// What was planned and could not be compared is no point that is met.
	if e := read(untested); met(e) != nil || *e.Verdict == "belegt" || !slices.ContainsFunc(e.Effect.Reasons, func(r struct {
		Code, Text, Note string
		Met              *bool
	}) bool {
		return r.Code == "negative"
	}) {
		t.Errorf("%s %+v", *e.Verdict, e.Effect.Reasons)
	}
	if e := read(moved); met(e) == nil || *met(e) || *e.Verdict == "belegt" {
		t.Errorf("%s %+v", *e.Verdict, e.Effect.Reasons)
	}
}
