package process_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/process"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/store/lake"
)

func ordered(t testing.TB) *house {
	t.Helper()
	h := open(t)
	h.load(t, "order", columnsWithout("lifecycle"), shuffled(orders(), 7))
	if n := h.derive(t, "order"); n != 3 {
		t.Fatalf("%d cases", n)
	}
	return h
}

func TestCasesAreDerived(t *testing.T) {
	h := ordered(t)
	got := h.query(t, "order", `SELECT case_id, events, activities, first_time, last_time, duration_seconds, rework, manual_steps,
		first_activity, last_activity, completed, channel, CAST(amount AS VARCHAR), replace(activity_set, chr(31), '/') FROM cases ORDER BY case_id`)
	want := []string{
		"o-1 3 3 2026-03-02T08:00:00Z 2026-03-02T12:00:00Z 14400 false 2 receive ship null shop 2.000000 /pack/receive/ship/",
		"o-10 2 2 2026-04-07T06:00:00Z 2026-04-07T08:00:00Z 7200 false null receive pack null shop 3.000000 /pack/receive/",
		"o-2 4 3 2026-03-02T08:30:00Z 2026-03-02T12:30:00Z 14400 true 4 receive ship null phone 1.000000 /pack/receive/ship/",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	variants := h.query(t, "order", "SELECT variant FROM cases WHERE case_id = 'o-1'")
	if want := process.VariantID([]string{"receive", "pack", "ship"}); variants[0] != want {
		t.Errorf("variant %q, want %q", variants[0], want)
	}
}

func TestSettingsDeriveAnew(t *testing.T) {
	h := ordered(t)
	v := setting.Default()
	v.EndActivities = []setting.ProcessEnds{{Process: "order", Activities: []string{"ship"}}}
	v.AutomaticActivities = []setting.ProcessActivity{{Process: "order", Activity: "receive"}}
	if _, err := h.settings.Put(t.Context(), v, 0, "anna"); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(h.jobs.keys, []string{"derive order"}) {
		t.Errorf("jobs %q", h.jobs.keys)
	}
	// the column wins where it is filled; the rule fills the gap of o-10's pack, which it does not name: a manual step
	got := h.query(t, "order", "SELECT case_id, completed, manual_steps FROM cases ORDER BY case_id")
	if want := []string{"o-1 true 2", "o-10 false 1", "o-2 true 4"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	v.Sections = []setting.Section{{Process: "order", Section: "start", Activities: []string{"receive"}}}
	if _, err := h.settings.Put(t.Context(), v, 1, "anna"); err != nil || len(h.jobs.keys) != 1 {
		t.Errorf("sections derive anew: %q %v", h.jobs.keys, err)
	}
	variants, err := h.process.Variants(t.Context(), "order", process.Filter{}, 1, 0)
	if err != nil || !slices.Equal(variants.Variants[0].Sections, []string{"start", ""}) {
		t.Errorf("%+v %v", variants, err)
	}
}

func TestSummaryMapVariants(t *testing.T) {
	h := ordered(t)
	s, err := h.process.Summary(t.Context(), "order", process.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if s.Cases != 3 || s.Events != 9 || s.Activities != 3 || s.Variants != 3 || *s.CaseDuration.Median != 14400 || *s.CaseDuration.Mean != 12000 {
		t.Errorf("%+v", s)
	}
	for _, code := range []string{"few_cases", "ends_unset"} {
		if !s.Remarks.Has(code) {
			t.Errorf("no remark %s in %v", code, s.Remarks)
		}
	}
	m, err := h.process.Map(t.Context(), "order", process.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	// pack waits from the end of receive to its own start: 1 h, 0.5 h, 1 h
	if e := m.Edges[0]; e.From != "receive" || e.To != "pack" || e.Count != 3 || e.Median != 3600 || e.Mean != 3000 || e.MedianElapsed != 7200 {
		t.Errorf("%+v", e)
	}
	if !slices.Equal(m.Starts, []process.NameCount{{Name: "receive", Count: 3}}) || m.Ends[0] != (process.NameCount{Name: "ship", Count: 2}) {
		t.Errorf("%+v %+v", m.Starts, m.Ends)
	}
	if !slices.Equal(m.Activities, []process.ActivityCount{{Name: "pack", Count: 4, Cases: 3}, {Name: "receive", Count: 3, Cases: 3}, {Name: "ship", Count: 2, Cases: 2}}) {
		t.Errorf("%+v", m.Activities)
	}
	page, err := h.process.Variants(t.Context(), "order", process.Filter{}, 1, 1)
	if err != nil || page.Total != 3 || len(page.Variants) != 1 || page.Variants[0].Rank != 2 || page.ReworkCases != 1 {
		t.Errorf("%+v %v", page, err)
	}
	if v := page.Variants[0]; !slices.Equal(v.Activities, []string{"receive", "pack", "pack", "ship"}) || v.Sections != nil {
		t.Errorf("%+v", v)
	}
}

func TestFilters(t *testing.T) {
	h := ordered(t)
	v := setting.Default()
	v.EndActivities = []setting.ProcessEnds{{Process: "order", Activities: []string{"ship"}}}
	if _, err := h.settings.Put(t.Context(), v, 0, "anna"); err != nil {
		t.Fatal(err)
	}
	o2 := process.VariantID([]string{"receive", "pack", "pack", "ship"})
	for _, c := range []struct {
		filter process.Filter
		want   string
	}{
		{process.Filter{}, "o-1 o-10 o-2"},
		{process.Filter{From: "2026-03-03"}, "o-10"},
		{process.Filter{To: "2026-03-03"}, "o-1 o-2"},
		{process.Filter{From: "2026-03-02", To: "2026-03-03"}, "o-1 o-2"},
		{process.Filter{Activity: []string{"ship", "pack"}}, "o-1 o-2"},
		{process.Filter{NotActivity: []string{"ship"}}, "o-10"},
		{process.Filter{Activity: []string{"shi"}}, ""},
		{process.Filter{Variant: []string{o2}}, "o-2"},
		{process.Filter{Attr: []string{"channel=shop"}}, "o-1 o-10"},
		{process.Filter{Attr: []string{"channel=shop", "channel=phone"}}, "o-1 o-10 o-2"},
		{process.Filter{Attr: []string{"machine=C"}}, "o-2"},
		{process.Filter{Attr: []string{"machine=B", "channel=shop"}}, "o-1"},
		{process.Filter{Complete: true}, "o-1 o-2"},
	} {
		page, err := h.process.Cases(t.Context(), "order", c.filter, process.CaseOrder{Sort: "case_id", Limit: 50})
		if err != nil {
			t.Fatal(c.filter, err)
		}
		var ids []string
		for _, x := range page.Items {
			ids = append(ids, x.CaseID)
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%+v: %q, want %q", c.filter, got, c.want)
		}
		s, err := h.process.Summary(t.Context(), "order", c.filter)
		if err != nil || s.Cases != int64(len(ids)) || page.Total != s.Cases {
			t.Errorf("%+v: summary of %v cases, %v", c.filter, s, err)
		}
	}
}

func TestFiltersThatDoNotFit(t *testing.T) {
	h := ordered(t)
	for code, f := range map[string]process.Filter{
		"ends_unset": {Complete: true},
		"bad_filter": {From: "2. März"},
	} {
		_, err := h.process.Summary(t.Context(), "order", f)
		var e *base.Error
		if !errors.As(err, &e) || e.Code != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	for _, attr := range []string{"channel", "nothing=1", "resource=p1", "time=x", `a" OR 1=1 --=x`} {
		if _, err := h.process.Summary(t.Context(), "order", process.Filter{Attr: []string{attr}}); !base.IsKind(err, base.Usage) {
			t.Errorf("%s: %v", attr, err)
		}
	}
	if _, err := h.process.Summary(t.Context(), "nothing", process.Filter{}); !base.IsKind(err, base.NotFound) {
		t.Error(err)
	}
}

func TestFilterChain(t *testing.T) {
	h := ordered(t)
	c, err := h.process.Chain(t.Context(), "order", process.Filter{To: "2026-04-01", Activity: []string{"pack"}, Attr: []string{"machine=C"}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, x := range c.Items {
		got = append(got, x.Code+" "+base.FormatInt(x.Cases, base.English))
	}
	if want := []string{"all 3", "to 2", "activity 2", "attr 1"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestTimeline(t *testing.T) {
	h := ordered(t)
	c, err := h.process.Timeline(t.Context(), "order", "o-2")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Events) != 4 || !c.Rework || c.Attributes["channel"] != "phone" || c.Attributes["amount"] != "1.000000" {
		t.Fatalf("%+v", c)
	}
	pack := c.Events[1]
	if pack.Activity != "pack" || *pack.Waiting != 1800 || *pack.SinceStep != 3600 || *pack.Duration != 1800 || pack.Attributes["machine"] != "A" {
		t.Errorf("%+v", pack)
	}
	if first := c.Events[0]; first.Waiting != nil || first.Duration != nil || first.File != "load-1.csv" || first.Line < 2 {
		t.Errorf("%+v", first)
	}
	rows := h.query(t, "order", "SELECT _row FROM events WHERE case_id = 'o-2' AND machine = 'C'")
	if rows[0] != base.FormatInt(c.Events[2].Line, base.English) {
		t.Errorf("line %d, want %s", c.Events[2].Line, rows[0])
	}
	if _, err := h.process.Timeline(t.Context(), "order", "o-3"); !base.IsKind(err, base.NotFound) {
		t.Error(err)
	}
}

func TestPath(t *testing.T) {
	h := ordered(t)
	p, err := h.process.Path(t.Context(), "order", "pack", "ship", process.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if p.Count != 2 || p.Cases != 2 || p.Median != 4500 || p.With.Cases != 2 || *p.With.Median != 14400 || p.Without.Cases != 1 || *p.Without.Median != 7200 {
		t.Errorf("%+v", p)
	}
	if len(p.Longest) != 2 || p.Longest[0].CaseID != "o-1" || p.Longest[0].Waiting != 5400 || p.Longest[1].CaseID != "o-2" {
		t.Errorf("%+v", p.Longest)
	}
	p, err = h.process.Path(t.Context(), "order", "receive", "pack", process.Filter{Attr: []string{"channel=phone"}})
	if err != nil || p.Count != 1 || p.Longest[0].CaseID != "o-2" || p.Share != 1 {
		t.Errorf("%+v %v", p, err)
	}
	for _, pair := range [][2]string{{"ship", "receive"}, {"x", "ship"}} {
		if _, err := h.process.Path(t.Context(), "order", pair[0], pair[1], process.Filter{}); !base.IsKind(err, base.NotFound) {
			t.Error(pair, err)
		}
	}
}

func TestTimes(t *testing.T) {
	h := ordered(t)
	x, err := h.process.Times(t.Context(), "order", process.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(x.Months) != 2 || x.Months[0].From.String() != "2026-03-01" || x.Months[0].Cases != 2 || *x.Months[0].Median != 14400 || x.Months[0].Complete {
		t.Errorf("%+v", x.Months)
	}
	if x.Weekdays[0].Cases != 2 || x.Weekdays[1].Ended != 1 || x.Weekdays[6].Median != nil {
		t.Errorf("%+v", x.Weekdays)
	}
	var sum int64
	for _, b := range x.Histogram {
		sum += b.Count
	}
	if sum != 3 || *x.Median != 14400 {
		t.Errorf("%+v", x)
	}
	if a := x.Activities[0]; a.Name != "pack" || *a.MedianService != 2700 || *a.MedianWaiting != 3600 || a.ReworkCases != 1 {
		t.Errorf("%+v", a) // service 60 30 30 60 min, waiting 60 30 60 60 min
	}
}

func TestAttributes(t *testing.T) {
	h := ordered(t)
	a, err := h.process.Attributes(t.Context(), "order")
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]process.Field{}
	for _, f := range a.Items {
		byName[f.Name] = f
	}
	if f := byName["channel"]; f.Level != "case" || !slices.Equal(f.Values, []process.ValueCount{{Value: "shop", Count: 2}, {Value: "phone", Count: 1}}) || f.Distinct != 2 {
		t.Errorf("%+v", f)
	}
	if f := byName["machine"]; f.Level != "event" || f.Values[0] != (process.ValueCount{Value: "A", Count: 3}) {
		t.Errorf("%+v", f)
	}
	if _, offered := byName["resource"]; offered {
		t.Error("people are offered to filter by")
	}
}

func TestListAndEmptyProcess(t *testing.T) {
	h := ordered(t)
	l, err := h.process.List(t.Context())
	if err != nil || len(l.Items) != 1 {
		t.Fatal(l, err)
	}
	if i := l.Items[0]; i.Name != "order" || i.Cases != 3 || i.Events != 9 || i.Activities != 3 || i.Variants != 3 || i.Deriving {
		t.Errorf("%+v", i)
	}
	if _, err := h.lake.Undo(t.Context(), 1, nil); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"events", "orders"} {
		if _, err := h.process.Changed(t.Context(), lake.Dataset{Table: table, Process: "order"}, "anna"); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(h.jobs.keys, []string{"derive order"}) {
		t.Errorf("jobs %q", h.jobs.keys)
	}
	if _, err := h.lake.Dataset(t.Context(), lake.Dataset{Table: "cases", Process: "order"}); !base.IsKind(err, base.NotFound) {
		t.Error("cases of no events", err)
	}
	if l, err := h.process.List(t.Context()); err != nil || len(l.Items) != 0 {
		t.Error(l, err)
	}
}

// Instances pair start and complete rows; without them every row counts.
func TestLifecycle(t *testing.T) {
	h := open(t)
	h.load(t, "claim", columnsWithout("start_time", "automatic"), []row{
		{id: "c", activity: "check", time: at("08:00"), lifecycle: "start"},
		{id: "c", activity: "check", time: at("09:00"), lifecycle: "complete"},
		{id: "c", activity: "pay", time: at("10:00"), lifecycle: "schedule"},
		{id: "c", activity: "pay", time: at("11:00"), lifecycle: "complete"},
	})
	h.derive(t, "claim")
	s, err := h.process.Summary(t.Context(), "claim", process.Filter{})
	if err != nil || s.Events != 4 || !s.Remarks.Has("lifecycle_rows") {
		t.Errorf("%+v %v", s, err)
	}
	if got := h.query(t, "claim", "SELECT rework, manual_steps FROM cases"); got[0] != "false null" {
		t.Errorf("%q", got)
	}
	s, err = h.process.Summary(t.Context(), "claim", process.Filter{Instances: true})
	if err != nil || s.Events != 2 {
		t.Errorf("%+v %v", s, err)
	}
}

// Cases lag behind events until they are derived anew; merging the files of the events is no change.
func TestLaggingCasesAreSaid(t *testing.T) {
	h := open(t)
	columns := columnsWithout("lifecycle")
	rows := orders()
	h.load(t, "order", columns, rows[:4])
	h.derive(t, "order")
	h.load(t, "order", columns, rows[4:])
	shop := process.Filter{Attr: []string{"channel=shop"}}
	s, err := h.process.Summary(t.Context(), "order", shop)
	if err != nil || !s.Remarks.Has("cases_stale") {
		t.Errorf("%+v %v", s, err)
	}
	if s, err := h.process.Summary(t.Context(), "order", process.Filter{}); err != nil || s.Cases != 3 || s.Remarks.Has("cases_stale") {
		t.Errorf("%+v %v", s, err)
	}
	if l, err := h.process.List(t.Context()); err != nil || !l.Items[0].Deriving || l.Items[0].Cases != 3 {
		t.Errorf("%+v %v", l, err)
	}
	h.derive(t, "order")
	if err := h.lake.Compact(t.Context(), lake.Dataset{Table: "events", Process: "order"}); err != nil {
		t.Fatal(err)
	}
	s, err = h.process.Summary(t.Context(), "order", shop)
	if err != nil || s.Cases != 2 || s.Remarks.Has("cases_stale") {
		t.Errorf("%+v %v", s, err)
	}
}

func TestProcessWithoutCases(t *testing.T) {
	h := open(t)
	h.load(t, "order", columnsWithout("lifecycle"), orders())
	if s, err := h.process.Summary(t.Context(), "order", process.Filter{}); err != nil || s.Cases != 3 {
		t.Errorf("%+v %v", s, err)
	}
	if _, err := h.process.Cases(t.Context(), "order", process.Filter{}, process.CaseOrder{Limit: 1}); !base.IsKind(err, base.Unavailable) {
		t.Error(err)
	}
	for range 2 { // the second time there is nothing left to catch up with
		if err := h.process.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(h.jobs.keys, []string{"derive order"}) {
		t.Errorf("jobs %q", h.jobs.keys)
	}
}

func TestOrderOfCases(t *testing.T) {
	h := ordered(t)
	for sort, want := range map[string]string{"": "o-1 o-2 o-10", "duration_seconds": "o-10 o-1 o-2", "-last_time": "o-10 o-2 o-1", "channel": "o-2 o-1 o-10"} {
		var got []string
		for offset := range 3 {
			page, err := h.process.Cases(t.Context(), "order", process.Filter{}, process.CaseOrder{Sort: sort, Limit: 1, Offset: offset})
			if err != nil || page.Total != 3 {
				t.Fatal(page, err)
			}
			got = append(got, page.Items[0].CaseID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %s", sort, got, want)
		}
	}
	for _, sort := range []string{"nothing", "activity_set", `x"; --`} {
		if _, err := h.process.Cases(t.Context(), "order", process.Filter{}, process.CaseOrder{Sort: sort, Limit: 1}); !base.IsKind(err, base.Usage) {
			t.Error(sort, err)
		}
	}
	page, err := h.process.Cases(t.Context(), "order", process.Filter{}, process.CaseOrder{Search: "O-1", Limit: 9})
	if err != nil || page.Total != 2 {
		t.Error(page, err)
	}
}

// The files of a log in several parts are merged, and answers stay the same; undo still works.
func TestPartsAreMergedAndUndone(t *testing.T) {
	h := open(t)
	columns := columnsWithout("lifecycle")
	h.load(t, "order", columns, orders()[:5])
	second := h.load(t, "order", columns, orders()[5:])
	before, err := h.process.Map(t.Context(), "order", process.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	log := lake.Dataset{Table: "events", Process: "order"}
	if err := h.lake.Compact(t.Context(), log); err != nil {
		t.Fatal(err)
	}
	if _, err := h.process.Changed(t.Context(), log, "anna"); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(h.jobs.keys, []string{"derive order"}) {
		t.Errorf("jobs %q", h.jobs.keys)
	}
	after, err := h.process.Map(t.Context(), "order", process.Filter{})
	if err != nil || fmt.Sprint(*after) != fmt.Sprint(*before) {
		t.Errorf("%+v\n%+v %v", after, before, err)
	}
	if _, err := h.lake.Undo(t.Context(), second, nil); err != nil {
		t.Fatal(err)
	}
	if s, err := h.process.Summary(t.Context(), "order", process.Filter{}); err != nil || s.Events != 5 {
		t.Errorf("%+v %v", s, err)
	}
}

// A renamed process can be derived and loaded into as before.
func TestRenamedProcessGoesOn(t *testing.T) {
	h := ordered(t)
	to := lake.Dataset{Table: "events", Process: "order to cash"}
	if err := h.lake.Rename(t.Context(), lake.Dataset{Table: "events", Process: "order"}, to, nil); err != nil {
		t.Fatal(err)
	}
	h.load(t, "order to cash", columnsWithout("lifecycle"), []row{{id: "o-3", activity: "receive", time: at("08:00")}})
	if n := h.derive(t, "order to cash"); n != 4 {
		t.Errorf("%d cases", n)
	}
	s, err := h.process.Summary(t.Context(), "order to cash", process.Filter{NotActivity: []string{"pack"}})
	if err != nil || s.Cases != 1 {
		t.Errorf("%+v %v", s, err)
	}
	if l, err := h.process.List(t.Context()); err != nil || len(l.Items) != 1 {
		t.Errorf("%+v %v", l, err)
	}
}

// A derivation that is broken off leaves the cases as they were.
func TestBrokenDerivationKeepsTheCases(t *testing.T) {
	h := ordered(t)
	h.load(t, "order", columnsWithout("lifecycle"), []row{{id: "o-3", activity: "receive", time: at("08:00")}})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.process.Derive(ctx, "order", nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if got := h.query(t, "order", "SELECT count(*) FROM cases"); got[0] != "3" {
		t.Errorf("%s cases", got[0])
	}
}
