package setting_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/setting"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
)

func service(t *testing.T) *setting.Service {
	t.Helper()
	db, err := database.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return setting.New(record.NewStore(db, base.FixedClock(time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC))))
}

func TestDefaultsHoldUntilSomethingIsSet(t *testing.T) {
	s := service(t)
	v, version, err := s.Get(t.Context())
	if err != nil || version != 0 || v.Zone != "Europe/Berlin" || v.Currency != "EUR" || v.FiscalStart != 1 {
		t.Fatal(v, version, err)
	}
	if h, err := s.History(t.Context()); err != nil || len(h) != 0 {
		t.Fatal(h, err)
	}
}

func TestPutKeepsHistoryAndTells(t *testing.T) {
	s := service(t)
	told := 0
	s.OnChange(func(_ context.Context, before, after setting.Settings, by string) error {
		told++
		if before.Currency != "EUR" || by != "anna" || !setting.RulesDiffer(before, after, "order") || setting.RulesDiffer(before, after, "pay") {
			t.Error(before, after, by)
		}
		return nil
	})
	v := setting.Default()
	v.EndActivities = []setting.ProcessEnds{{Process: "order", Activities: []string{" pay "}}}
	a, err := s.Put(t.Context(), v, 0, "anna")
	if err != nil || a.Version != 1 || told != 1 {
		t.Fatal(a, err, told)
	}
	if ends, set := a.Value.Ends("order"); !set || !slices.Equal(ends, []string{"pay"}) {
		t.Fatal(ends)
	}
	if _, err := s.Put(t.Context(), v, 0, "bea"); !base.IsKind(err, base.Conflict) {
		t.Fatal(err)
	}
	if h, err := s.History(t.Context()); err != nil || len(h) != 1 || h[0].By != "anna" {
		t.Fatal(h, err)
	}
}

func TestEveryFieldErrorIsGathered(t *testing.T) {
	_, err := service(t).Put(t.Context(), setting.Settings{
		Zone: "Mars/Olympus", Currency: "XX", FiscalStart: 13, DigitalChannels: []string{"shop", "shop", ""},
		AutomaticActivities: []setting.ProcessActivity{{Process: "p"}},
		EndActivities:       []setting.ProcessEnds{{Process: "p"}, {Process: "p"}},
		Sections: []setting.Section{
			{Process: "p", Section: "one", Activities: []string{"a"}}, {Process: "p", Section: "two", Activities: []string{"a"}},
		},
		Purposes: []setting.Purpose{{Source: "log"}},
	}, 0, "anna")
	var e *base.Error
	if !errors.As(err, &e) {
		t.Fatal(err)
	}
	var got []string
	for _, f := range e.Fields {
		got = append(got, f.Field)
	}
	want := []string{"zone", "currency", "fiscal_start", "digital_channels[1]", "digital_channels[2]", "automatic_activities[0].activity",
		"end_activities[1].process", "sections[1].activities[0]", "purposes[0].purpose"}
	if !slices.Equal(got, want) {
		t.Fatalf("%q\nwant\n%q", got, want)
	}
}

func TestVersionHeader(t *testing.T) {
	for header, want := range map[string]int{"3": 3, `"3"`: 3, `W/"12"`: 12, "0": 0} {
		if got, err := setting.Version(header); err != nil || got != want {
			t.Error(header, got, err)
		}
	}
	for _, header := range []string{"", "x", "-1", `""`} {
		if _, err := setting.Version(header); !base.IsKind(err, base.Usage) {
			t.Error(header, err)
		}
	}
}

func TestSettingsFollowTheNameOfAProcess(t *testing.T) {
	s := service(t)
	v := setting.Default()
	v.EndActivities = []setting.ProcessEnds{{Process: "order", Activities: []string{"pay"}}, {Process: "claim", Activities: []string{"pay"}}}
	v.Sections = []setting.Section{{Process: "order", Section: "end", Activities: []string{"pay"}}}
	v.AutomaticActivities = []setting.ProcessActivity{{Process: "order", Activity: "pay"}}
	if _, err := s.Put(t.Context(), v, 0, "anna"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"nothing", "order"} {
		if err := s.RenameProcess(t.Context(), name, "order to cash", "anna"); err != nil {
			t.Fatal(err)
		}
	}
	got, version, err := s.Get(t.Context())
	if _, left := got.Ends("order"); err != nil || version != 2 || left || len(got.SectionsOf("order to cash")) != 1 || setting.RulesDiffer(got, v, "claim") {
		t.Error(got, version, err)
	}
	if _, set := got.Automatic("order to cash"); !set {
		t.Error(got)
	}
}
