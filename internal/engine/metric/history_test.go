package metric_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/period"
	"lotse.dev/lotse/internal/engine/metric"
)

// Odd dates are data like any other: the series reaches from 1948 to 2099, but what lies ahead is never complete, the
// recent months end with the last one that has happened, and a day by day answer over 150 years is refused.
func TestOddDates(t *testing.T) {
	w := newWarehouse(t)
	w.csv(t, metric.Orders, "order_id,time,net\nA,1948-03-02 12:00:00+00,1\nB,2026-09-30 12:00:00+00,2\nC,2026-11-03 12:00:00+00,4\nD,2099-12-31 12:00:00+00,8\n")
	env := berlin("2026-11-24T06:00:00Z")
	a := w.ask(t, find(t, "revenue"), metric.Question{Grain: period.Year}, env)
	if len(a.Points) != 152 || a.Points[0].From.String() != "1948-01-01" || *a.Points[151].Value != 8 {
		t.Fatalf("%d years", len(a.Points))
	}
	for _, p := range a.Points {
		if want := p.From.String() > "1948-01-01" && p.From.String() < "2026-01-01"; p.Complete != want {
			t.Errorf("%s: complete is %v", p.From, p.Complete)
		}
	}
	recent := w.ask(t, find(t, "revenue"), metric.Question{Recent: 3, Compare: true}, env)
	if len(recent.Points) != 3 || recent.Points[2].From.String() != "2026-11-01" || recent.Compare.From.String() != "2026-10-01" || *recent.Compare.Previous.Value != 2 {
		t.Errorf("recent %+v, %+v", recent.Points, recent.Compare)
	}
	_, err := metric.Ask(t.Context(), find(t, "revenue"), metric.Question{Grain: period.Day}, w.tables[metric.Orders], env, metric.DuckDB{}, w)
	if !base.IsKind(err, base.TooLarge) {
		t.Errorf("55,000 days: %v", err)
	}
}

// Days of 23 and 25 hours hold exactly their own rows, in every grain.
func TestSummerTime(t *testing.T) {
	w := newWarehouse(t)
	w.csv(t, metric.Orders, `order_id,time,net
A,2026-03-28 22:59:59+00,1
B,2026-03-28 23:00:00+00,2
C,2026-03-29 21:59:59+00,4
D,2026-03-29 22:00:00+00,8
E,2026-10-24 22:00:00+00,16
F,2026-10-25 22:59:59+00,32
G,2026-10-25 23:00:00+00,64
`)
	env := berlin("2026-11-24T06:00:00Z")
	day := func(s string) float64 {
		for _, p := range w.ask(t, find(t, "revenue"), metric.Question{Grain: period.Day}, env).Points {
			if p.From.String() == s {
				return *p.Value
			}
		}
		return -1
	}
	for date, want := range map[string]float64{"2026-03-28": 1, "2026-03-29": 6, "2026-03-30": 8, "2026-10-25": 48, "2026-10-26": 64} {
		if got := day(date); got != want {
			t.Errorf("%s: %v, want %v", date, got, want)
		}
	}
	weeks := w.ask(t, find(t, "revenue"), metric.Question{Grain: period.Week}, env)
	if first, last := weeks.Points[0], weeks.Points[len(weeks.Points)-1]; *first.Value != 7 || *last.Value != 64 || last.From.String() != "2026-10-26" {
		t.Errorf("weeks %+v to %+v", first, last)
	}
}

// Whatever the zone, the engine's arithmetic puts every instant of two centuries into the period that the calendar names.
func TestPeriodsOfInstants(t *testing.T) {
	w := newWarehouse(t)
	rapid.Check(t, func(r *rapid.T) {
		env := berlin("2026-11-24T06:00:00Z")
		zone, err := time.LoadLocation(rapid.SampledFrom([]string{"Europe/Berlin", "America/Sao_Paulo", "Asia/Beirut", "Africa/Casablanca", "Australia/Lord_Howe"}).Draw(r, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		env.Calendar = period.Calendar{Zone: zone, FiscalStart: time.Month(rapid.IntRange(1, 12).Draw(r, "fiscal"))}
		grain := rapid.SampledFrom(period.Grains()).Draw(r, "grain")
		year := rapid.IntRange(1930, 2095).Draw(r, "year")
		lines, want := []string{"order_id,time,net"}, map[period.Date]float64{}
		for i := range 30 {
			at := time.Date(year, 1, 1, 0, 0, rapid.IntRange(0, 3*366*86400).Draw(r, "second"), 0, time.UTC)
			lines = append(lines, fmt.Sprintf("%d,%s,1", i, at.Format("2006-01-02 15:04:05+00")))
			want[env.Calendar.Floor(grain, env.Calendar.DateOf(at))]++
		}
		w.csv(t, metric.Orders, strings.Join(lines, "\n"))
		for _, p := range w.ask(t, find(t, "revenue"), metric.Question{Grain: grain}, env).Points {
			if *p.Value != want[p.From] {
				r.Fatalf("%s %s %s: %v, want %v", zone, grain, p.From, *p.Value, want[p.From])
			}
		}
	})
}
