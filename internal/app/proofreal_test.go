package app_test

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"io"
	"os"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base/basetest"
)

// parted cuts a CSV file in two by a day of its rows.
func parted(t *testing.T, path string, day func(row []string, at map[string]int) time.Time, cut time.Time) (before, after []byte) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(z)
	head, err := r.Read()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range head {
		at[name] = i
	}
	var parts [2]bytes.Buffer
	var out [2]*csv.Writer
	for i := range out {
		out[i] = csv.NewWriter(&parts[i])
		out[i].Write(head)
	}
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		part := 0
		if !day(row, at).Before(cut) {
			part = 1
		}
		out[part].Write(row)
	}
	for _, w := range out {
		w.Flush()
	}
	return parts[0].Bytes(), parts[1].Bytes()
}

func instantOf(column, layout string) func(row []string, at map[string]int) time.Time {
	return func(row []string, at map[string]int) time.Time {
		when, _ := time.Parse(layout, row[at[column]])
		return when
	}
}

// cutCase is a real log that is loaded in two parts, with the plan between them.
type cutCase struct {
	name          string
	path          []string
	day           func(row []string, at map[string]int) time.Time
	cut           time.Time // first instant that is loaded later; the company's midnight
	load          map[string]any
	plan          map[string]any
	clock         time.Time
	class, reason string
	late          bool // signed after everything was loaded
	withdrawn     bool // it was, but the later part was taken back before the signature
}

// Real logs cut by time: the class of a plan follows from what was stored and from the clock, whatever anybody says.
func TestClassOfAPlanOnRealLogs(t *testing.T) {
	receipt := func() ([]string, func([]string, map[string]int) time.Time, time.Time, map[string]any, map[string]any) {
		return []string{"eventlogs", "receipt.csv.gz"}, instantOf("time:timestamp", "2006-01-02 15:04:05.999999-07:00"), time.Date(2011, 7, 3, 22, 0, 0, 0, time.UTC),
			map[string]any{"table": "events", "process": "receipt", "auto": true},
			map[string]any{"metric": "cases", "process": "receipt", "grain": "week", "first_affected": "2011-07-04", "periods_after": 20, "expected": 5, "benefit_class": "other"}
	}
	tickets := func() ([]string, func([]string, map[string]int) time.Time, time.Time, map[string]any, map[string]any) {
		return []string{"tickets_usage", "servicenow_incident_event_log.csv.gz"}, instantOf("opened_at", "2/1/2006 15:04"), time.Date(2016, 4, 25, 0, 0, 0, 0, time.UTC),
			map[string]any{"table": "tickets", "auto": true, "dates": "dmy"},
			map[string]any{"metric": "tickets_opened", "grain": "day", "first_affected": "2016-04-25", "periods_after": 14, "expected": -40, "benefit_class": "other"}
	}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	var cases []cutCase
	add := func(name string, of func() ([]string, func([]string, map[string]int) time.Time, time.Time, map[string]any, map[string]any), clock time.Time, late bool, class, reason string) {
		path, day, cut, load, plan := of()
		cases = append(cases, cutCase{name, path, day, cut, load, plan, clock, class, reason, late, reason == "facts_withdrawn"})
	}
	add("receipt later", receipt, now, false, "retrospective", "later_by_clock")
	add("receipt before", receipt, time.Date(2011, 7, 1, 9, 0, 0, 0, time.UTC), false, "planned", "before_start")
	add("receipt known", receipt, now, true, "exploratory", "facts_known")
	add("receipt withdrawn", receipt, now, false, "exploratory", "facts_withdrawn")
	add("tickets later", tickets, now, false, "retrospective", "later_by_clock")
	add("tickets before", tickets, time.Date(2016, 4, 23, 9, 0, 0, 0, time.UTC), false, "planned", "before_start")
	add("tickets known", tickets, now, true, "exploratory", "facts_known")
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.run(t) })
	}
}

func (c cutCase) run(t *testing.T) {
	before, after := parted(t, basetest.SharedData(t, c.path...), c.day, c.cut)
	h := openProof(t, t.TempDir()+"/instance", c.clock, "officer@example.com", "controller@example.com")
	h.load("vorher.csv", before, c.load)
	if c.late || c.withdrawn {
		h.load("nachher.csv", after, c.load)
	}
	if c.withdrawn {
		var job struct{ ID string }
		var undone struct {
			Derive string `json:"derive_job"`
		}
		h.officer().want(200, "POST", "/loads/2/undo", nil, &job)
		h.wait(job.ID, &undone)
		if undone.Derive != "" {
			h.wait(undone.Derive, nil)
		}
	}
	var i one
	h.officer().want(201, "POST", "/records/initiative", map[string]any{"title": "Neue Maske"}, &i)
	c.plan["title"], c.plan["initiative"] = "Plan", i.ID
	p := h.signedPlan(c.plan)
	if p.Value.Class != c.class || p.Value.ClassReason != c.reason {
		t.Fatalf("%+v", p.Value)
	}
	if !c.late {
		h.at(time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC))
		h.load("nachher.csv", after, c.load)
	}
	var e effectAnswer
	h.officer().want(200, "GET", "/effects/"+p.ID, nil, &e)
	if !e.Complete || e.Estimate == nil || *e.Class != c.class || c.class == "exploratory" && *e.Verdict == "belegt" {
		for _, r := range e.Effect.Reasons {
			t.Log(r)
		}
		t.Fatalf("%+v", e)
	}
	var k closingAnswer
	h.officer().want(201, "POST", "/closings", map[string]any{"plan": p.ID}, &k)
	h.controller().step(200, "/closings/"+k.ID+"/sign", k.Version, "", &k)
	var l ledgerAnswer
	h.officer().want(200, "GET", "/ledger", nil, &l)
	if want := *e.Verdict == "belegt"; (len(l.Entries) == 1) != want || c.class == "exploratory" && len(l.Entries) != 0 {
		t.Errorf("verdict %s, ledger %+v", *e.Verdict, l.Entries)
	}
	t.Logf("%s: %s %.2f [%.2f, %.2f]", c.name, *e.Verdict, *e.Estimate, *e.Low, *e.High)
	if out, status := h.check(); status != 0 {
		t.Error(out)
	}
}

// The half year of Online Retail is too short for anything, and what could have been shown is said beforehand.
func TestOnlineRetailIsTooShort(t *testing.T) {
	h := openProof(t, t.TempDir()+"/instance", time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), "officer@example.com", "controller@example.com")
	content, err := os.ReadFile(basetest.SharedData(t, "orders", "online_retail_part.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	h.load("online_retail_part.csv.gz", content, map[string]any{"table": "orders", "auto": true, "currency": "GBP"})
	var i one
	h.officer().want(201, "POST", "/records/initiative", map[string]any{"title": "Versandkostenfrei"}, &i)
	body := map[string]any{"title": "Plan", "initiative": i.ID, "metric": "average_order_value", "grain": "week", "first_affected": "2011-05-02", "periods_after": 6, "expected": 50, "benefit_class": "other"}
	p := h.signedPlan(body)
	var e struct {
		Verdict string
		Effect  struct {
			Reasons []struct {
				Code string
				Met  *bool
				Text string
			}
			Smallest *float64 `json:"smallest_detectable"`
		}
	}
	h.officer().want(200, "GET", "/effects/"+p.ID, nil, &e)
	short := false
	for _, r := range e.Effect.Reasons {
		short = short || r.Code == "length" && r.Met != nil && !*r.Met
	}
	var can struct {
		Provability struct {
			Curve    []struct{ Smallest float64 }
			Sentence string
		}
	}
	h.officer().want(200, "POST", "/provability", map[string]any{"metric": "average_order_value", "grain": "week", "promised": 50.0, "before": "2011-05-02"}, &can)
	if e.Verdict != "nicht belegbar" || !short || len(can.Provability.Curve) == 0 {
		t.Errorf("%+v %+v", e, can)
	}
	t.Log(can.Provability.Sentence, e.Effect.Smallest)
}
