package finding_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/assumption"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/store/lake"
)

var orderLog = lake.Dataset{Table: "events", Process: "order"}

var eventSchema = fact.Schema{{Name: "case_id"}, {Name: "activity"}, {Name: "time", Type: fact.Time}}

var yearStart = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// at is a number of hours after the start of 2024.
func at(hours float64) string {
	return yearStart.Add(time.Duration(hours * float64(time.Hour))).Format(time.RFC3339)
}

// loadLoops loads 40 cases over exactly 365.25 days: each does enter, and 20 of them enter again 10 hours later.
func (i *instance) loadLoops(prefix string) {
	var rows [][]string
	for n := range 40 {
		id, begin := fmt.Sprintf("%s%02d", prefix, n), float64(n)*200
		if n == 39 {
			begin = 365.25*24 - 30
		}
		rows = append(rows, []string{id, "enter", at(begin)})
		if n < 20 {
			rows = append(rows, []string{id, "enter", at(begin + 10)})
		}
		rows = append(rows, []string{id, "pay", at(begin + 30)})
	}
	i.load(orderLog, eventSchema, rows)
}

func (i *instance) one(kind string) finding.Finding {
	i.t.Helper()
	for _, f := range i.all() {
		if f.Kind == kind {
			return f
		}
	}
	i.t.Fatalf("no finding of kind %s", kind)
	return finding.Finding{}
}

// By hand: 20 repetitions, 10 hours from first to last each, in one year. At 15, 30 and 60 minutes: 5, 10 and 20
// working hours; at 40, 50 and 60 euros: 200, 500 and 1,200 euros.
func TestAssumptionsMakeWorkingHoursAndEuros(t *testing.T) {
	i := open(t)
	i.loadLoops("A")
	f := i.one(finding.KindRework)
	if math.Abs(f.Size.Value-200) > 1e-9 || f.Size.Unit != finding.LeadTimeHours || f.Euros != nil || f.Link != "/einstellungen/annahmen" {
		t.Errorf("without assumptions: %+v, %v, %q", f.Size, f.Euros, f.Link)
	}
	_, err := i.assumptions.PutHandlingTime(t.Context(), assumption.HandlingTime{Process: "order", Activity: "enter",
		Min: 15, Likely: 30, Max: 60, Source: "Erhebung", Date: "2024-09-01"}, 0, "anna")
	if err != nil {
		t.Fatal(err)
	}
	f = i.one(finding.KindRework)
	if f.Size.Unit != finding.WorkingHours || *f.Size.Low != 5 || f.Size.Value != 10 || *f.Size.High != 20 || f.Euros != nil || f.Link == "" {
		t.Errorf("with a handling time: %+v, %v", f.Size, f.Euros)
	}
	if got, want := f.Formula.De, "20 × „enter“ zu 15,0 bis 60,0 Min. (Erhebung, 01.09.2024), ÷ 365,25 Tage × 365,25 = 5 bis 20 Arbeitsstunden im Jahr"; got != want {
		t.Errorf("formula %q, want %q", got, want)
	}
	_, err = i.assumptions.PutRate(t.Context(), assumption.Rate{Role: assumption.DefaultRole, Min: "40", Likely: "50", Max: "60",
		Currency: "EUR", Source: "Controlling", Date: "2024-09-01"}, 0, "anna")
	if err != nil {
		t.Fatal(err)
	}
	f = i.one(finding.KindRework)
	if e := f.Euros; e == nil || *e != (finding.Euros{Low: 200, Likely: 500, High: 1200, Currency: "EUR"}) || f.Link != "" || !f.Unknown.IsZero() {
		t.Errorf("with a rate: %+v, %q", f.Euros, f.Unknown)
	}
}

func TestDismissedStaysDismissedAfterLoads(t *testing.T) {
	i := open(t)
	i.loadLoops("A")
	before := i.one(finding.KindRework)
	state, reason, note := finding.StateDismissed, "gewollt", "mit Vertrieb besprochen"
	_, err := try[finding.PatchInput, finding.Finding](t, i, "finding_patch", &finding.PatchInput{ID: before.ID, Body: finding.Patch{State: &state}})
	if !base.IsKind(err, base.Refused) {
		t.Fatal("dismissed without a reason: ", err)
	}
	call[finding.PatchInput, finding.Finding](t, i, "finding_patch", &finding.PatchInput{ID: before.Number,
		Body: finding.Patch{State: &state, Reason: &reason, Note: &note}})
	i.loadLoops("B")
	after := i.one(finding.KindRework)
	if after.ID != before.ID || after.Number != before.Number || after.State != state || after.Reason != reason || after.Note != note || after.Rank != 0 {
		t.Errorf("after a load: %+v", after)
	}
	if after.CasesCount != 40 {
		t.Errorf("%d cases after the second load", after.CasesCount)
	}
	detail := call[finding.ByID, finding.Detail](t, i, "finding_get", &finding.ByID{ID: before.ID})
	if len(detail.History) != 2 || detail.History[0].By != "cli" || detail.History[1].By != "lotse" || len(detail.Cases.Items) != 10 {
		t.Errorf("history %+v", detail.History)
	}
	stale := 1
	_, err = try[finding.PatchInput, finding.Finding](t, i, "finding_patch", &finding.PatchInput{ID: before.ID, Body: finding.Patch{Note: &note, Version: &stale}})
	if !base.IsKind(err, base.Conflict) {
		t.Error("a stale version is written: ", err)
	}
}

func TestNoiseMakesNoFinding(t *testing.T) {
	i := open(t)
	var rows [][]string
	for n := range 9 { // one fewer than the least number of cases
		id := fmt.Sprint(n)
		rows = append(rows, []string{id, "enter", at(float64(n))}, []string{id, "enter", at(float64(n) + 5)})
	}
	i.load(orderLog, eventSchema, rows)
	if all := i.all(); len(all) != 0 {
		t.Errorf("%d findings: %s", len(all), all[0].Title)
	}
}

func TestOpenCasesLowerCertainty(t *testing.T) {
	i := open(t)
	i.loadLoops("A")
	if f := i.one(finding.KindRework); !f.Remarks.Has("ends_unknown") {
		t.Errorf("nothing says that end activities are missing: %+v", f.Remarks)
	}
	s := setting.Default()
	s.EndActivities = []setting.ProcessEnds{{Process: "order", Activities: []string{"pay"}}}
	if _, err := i.settings.Put(t.Context(), s, 0, "anna"); err != nil {
		t.Fatal(err)
	}
	f := i.one(finding.KindRework)
	if f.Remarks.Has("ends_unknown") || f.Certainty.Text.De != "20 von 40 aus 12,0 Monaten, Datenstand 31.12.2024. 0,0 % der Vorgänge sind nicht abgeschlossen." {
		t.Errorf("certainty %q", f.Certainty.Text.De)
	}
}

// Ranks: euros first by the likely amount, then the largest of each unit before the second of any.
func TestRank(t *testing.T) {
	i := open(t)
	i.loadReceipt()
	i.loadLoops("A")
	i.loadTickets()
	_, err := i.assumptions.PutHandlingTime(t.Context(), assumption.HandlingTime{Process: "order", Activity: "enter",
		Min: 1, Likely: 1, Max: 1, Source: "x", Date: "2024-09-01"}, 0, "anna")
	if err != nil {
		t.Fatal(err)
	}
	all := i.all()
	units := []finding.Unit{}
	for n, f := range all {
		if f.Rank != n+1 {
			t.Errorf("place %d has rank %d", n+1, f.Rank)
		}
		units = append(units, f.Size.Unit)
	}
	want := []finding.Unit{finding.WorkingHours, finding.LeadTimeHours, finding.CasesPerYear, finding.LeadTimeHours}
	for n, u := range want {
		if units[n] != u {
			t.Fatalf("units by rank: %v, want first %v", units, want)
		}
	}
}
