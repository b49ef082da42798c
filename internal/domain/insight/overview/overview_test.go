package overview_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/auth"
	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/base/fact"
	"lotse.dev/lotse/internal/domain/insight/assumption"
	"lotse.dev/lotse/internal/domain/insight/catalogue"
	"lotse.dev/lotse/internal/domain/insight/finding"
	"lotse.dev/lotse/internal/domain/insight/insighttest"
	"lotse.dev/lotse/internal/domain/insight/overview"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/job"
	"lotse.dev/lotse/internal/operation"
	"lotse.dev/lotse/internal/store/lake"
	"lotse.dev/lotse/internal/store/lake/duckdb"
	"lotse.dev/lotse/internal/store/record"
)

// noJobs takes registrations and runs nothing.
type noJobs struct{ job.Manager }

func (noJobs) Register(string, job.Func) {}

func (noJobs) Submit(context.Context, job.Request) (job.Info, error) { return job.Info{}, nil }

type house struct {
	t           *testing.T
	lake        *duckdb.Store
	settings    *setting.Service
	assumptions *assumption.Service
	findings    *finding.Service
	overview    *overview.Service
	loads       int64
}

var now = time.Date(2025, 1, 10, 8, 0, 0, 0, time.UTC)

func open(t *testing.T) *house {
	t.Helper()
	db, store := insighttest.Open(t)
	clock := base.FixedClock(now)
	records := record.NewStore(db, clock)
	h := &house{t: t, lake: store, settings: setting.New(records), assumptions: assumption.New(records)}
	h.findings = finding.New(store, h.settings, h.assumptions, records, clock)
	h.overview = overview.New(store, h.settings, h.assumptions, process.New(store, h.settings, noJobs{}, nil),
		catalogue.New(store, h.settings, records, clock), h.findings, clock)
	return h
}

func (h *house) load(d lake.Dataset, schema fact.Schema, fill func(b *fact.Batch)) {
	h.t.Helper()
	h.loads++
	w, err := h.lake.Begin(h.t.Context(), lake.LoadMeta{ID: h.loads, Dataset: d, Schema: schema, Time: "time", Overlap: lake.OverlapAdd})
	if err != nil {
		h.t.Fatal(err)
	}
	defer w.Close()
	b := fact.NewBatch(schema)
	fill(b)
	if err := w.Write(b); err != nil {
		h.t.Fatal(err)
	}
	if _, err := w.Commit(h.t.Context(), nil); err != nil {
		h.t.Fatal(err)
	}
}

// loadOrders loads 40 cases of 2024, half of which enter twice, ten hours apart.
func (h *house) loadOrders() {
	schema := fact.Schema{{Name: "case_id"}, {Name: "activity"}, {Name: "time", Type: fact.Time}}
	h.load(lake.Dataset{Table: "events", Process: "Aufträge Süd"}, schema, func(b *fact.Batch) {
		row := func(n int, activity string, hours float64) {
			b.StartRow(int64(b.Rows + 2))
			b.AppendText(0, fmt.Appendf(nil, "A-%02d", n))
			b.AppendText(1, []byte(activity))
			b.AppendInt(2, time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(hours*float64(time.Hour))).UnixMicro())
		}
		for n := range 40 {
			begin := float64(n) * 219
			row(n, "Prüfung erfasst", begin)
			if n < 20 {
				begin += 10
				row(n, "Prüfung erfasst", begin)
			}
			row(n, "Ende", begin+30)
		}
	})
}

func (h *house) look() *overview.Overview {
	h.t.Helper()
	o, err := h.overview.Overview(auth.With(h.t.Context(), auth.Operator()))
	if err != nil {
		h.t.Fatal(err)
	}
	return o
}

func TestEmptyInstanceSaysWhatToDo(t *testing.T) {
	o := open(t).look()
	if o.Headline.De != "Noch keine Daten geladen." || o.NextStep.Code != "load_data" || o.NextStep.Link != "/daten/einlesen" ||
		len(o.Sources) != 0 || o.Sources == nil || o.Findings == nil || !o.Due.IsZero() {
		t.Errorf("%+v", o)
	}
}

// The next step follows what is there: end activities, then assumptions, then the new finding, then the metrics.
func TestNextStepFollowsTheSituation(t *testing.T) {
	h := open(t)
	h.loadOrders()
	h.wantStep("set_ends")
	s := setting.Default()
	s.EndActivities = []setting.ProcessEnds{{Process: "Aufträge Süd", Activities: []string{"Ende"}}}
	if _, err := h.settings.Put(t.Context(), s, 0, "anna"); err != nil {
		t.Fatal(err)
	}
	h.wantStep("enter_assumptions")
	_, err := h.assumptions.PutHandlingTime(t.Context(), assumption.HandlingTime{Process: "Aufträge Süd", Activity: "Prüfung erfasst",
		Min: 30, Likely: 60, Max: 90, Source: "Erhebung", Date: "2024-09-01"}, 0, "anna")
	if err != nil {
		t.Fatal(err)
	}
	h.wantStep("look_at_finding")
	o := h.look()
	if want := "Größter Befund: „Prüfung erfasst“ wird wiederholt, 10 bis 31 Arbeitsstunden im Jahr."; o.Headline.De != want {
		t.Errorf("headline %q, want %q", o.Headline.De, want)
	}
	if o.Counts.NewFindings != 1 || o.Due.De != "Ein neuer Befund braucht Ihre Entscheidung." {
		t.Errorf("%+v, %q", o.Counts, o.Due.De)
	}
	h.openAll()
	h.wantStep("look_at_metrics")
	if o := h.look(); o.Counts.NewFindings != 0 || o.Counts.Findings != 1 || !o.Due.IsZero() {
		t.Errorf("%+v", o.Counts)
	}
}

func (h *house) wantStep(code string) {
	h.t.Helper()
	if o := h.look(); o.NextStep == nil || o.NextStep.Code != code {
		h.t.Errorf("next step %+v, want %s", o.NextStep, code)
	}
}

// openAll accepts every new finding.
func (h *house) openAll() {
	h.t.Helper()
	state := finding.StateOpen
	for _, f := range h.look().Findings {
		for _, op := range h.findings.Operations() {
			if typed, ok := op.(operation.Typed[finding.PatchInput, finding.Finding]); ok {
				in := &finding.PatchInput{ID: f.ID, Body: finding.Patch{State: &state}}
				if _, err := typed.Run(auth.With(h.t.Context(), auth.Operator()), in); err != nil {
					h.t.Fatal(err)
				}
			}
		}
	}
}

func TestSourcesKnowTheirAge(t *testing.T) {
	h := open(t)
	h.loadOrders()
	sources := h.look().Sources
	// By hand: 39 × 219 + 30 hours after the start of 2024 is 2024-12-23T03:00Z, 18 days and 5 hours before now.
	if len(sources) != 1 || sources[0].Rows != 100 || sources[0].Age == nil || *sources[0].Age != (18*24+5)*3600 || sources[0].Title.De != "Ereignisse: Aufträge Süd" {
		t.Errorf("%+v", sources)
	}
}

func TestSearch(t *testing.T) {
	h := open(t)
	h.loadOrders()
	for typed, want := range map[string]string{
		"auftraege":       "process Aufträge Süd /prozesse/Auftr%C3%A4ge%20S%C3%BCd",
		"prüfung erf":     "activity Prüfung erfasst /prozesse/Auftr%C3%A4ge%20S%C3%BCd?node=Pr%C3%BCfung+erfasst",
		"PRUEFUNG":        "activity Prüfung erfasst /prozesse/Auftr%C3%A4ge%20S%C3%BCd?node=Pr%C3%BCfung+erfasst",
		"A-07":            "case A-07 /prozesse/Auftr%C3%A4ge%20S%C3%BCd?tab=cases&open=A-07",
		"ereignisse":      "dataset Ereignisse: Aufträge Süd /daten/events/Auftr%C3%A4ge%20S%C3%BCd",
		"umsatz":          "metric Umsatz /kennzahlen/revenue",
		"wird wiederholt": "finding „Prüfung erfasst“ wird wiederholt /befunde/f",
	} {
		found, err := h.overview.Search(t.Context(), typed)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Errorf("%q finds nothing", typed)
			continue
		}
		if got := found[0].Kind + " " + found[0].Title.De + " " + found[0].Link; !strings.HasPrefix(got, want) {
			t.Errorf("%q finds %q first, want %q", typed, got, want)
		}
	}
	for _, typed := range []string{"", "  ", "nirgends"} {
		if found, err := h.overview.Search(t.Context(), typed); err != nil || len(found) != 0 || found == nil {
			t.Errorf("%q finds %v, %v", typed, found, err)
		}
	}
	if found, _ := h.overview.Search(t.Context(), "B-001"); len(found) != 1 || found[0].Kind != "finding" {
		t.Errorf("by number: %+v", found)
	}
}
