package assumption_test

import (
	"errors"
	"slices"
	"testing"

	"lotse.dev/lotse/internal/base"
	"lotse.dev/lotse/internal/domain/insight/assumption"
	"lotse.dev/lotse/internal/store/database"
	"lotse.dev/lotse/internal/store/record"
)

func service(t *testing.T) *assumption.Service {
	t.Helper()
	db, err := database.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return assumption.New(record.NewStore(db, base.SystemClock))
}

func survey(process, activity string) assumption.HandlingTime {
	return assumption.HandlingTime{Process: process, Activity: activity, Min: 5, Likely: 8, Max: 15, Source: "Erhebung", Date: "2026-09-30"}
}

func TestHandlingTimesBelongToProcessAndActivity(t *testing.T) {
	s := service(t)
	ctx := t.Context()
	for _, h := range []assumption.HandlingTime{survey("b", "x"), survey("a", "y"), survey("a", "x")} {
		if _, err := s.PutHandlingTime(ctx, h, 0, "anna"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.PutHandlingTime(ctx, survey("a", "x"), 0, "bea"); !base.IsKind(err, base.Conflict) {
		t.Fatal(err)
	}
	again := survey("a", "x")
	again.Likely = 9
	if r, err := s.PutHandlingTime(ctx, again, 1, "bea"); err != nil || r.Version != 2 {
		t.Fatal(r, err)
	}
	list, err := s.HandlingTimes(ctx, "a")
	if err != nil || len(list) != 2 || list[0].Value.Activity != "x" || list[0].Value.Likely != 9 {
		t.Fatal(list, err)
	}
	if all, err := s.HandlingTimes(ctx, ""); err != nil || len(all) != 3 {
		t.Fatal(all, err)
	}
}

func TestRateFallsBackToDefault(t *testing.T) {
	s := service(t)
	ctx := t.Context()
	if _, found, err := s.Rate(ctx, "clerk"); found || err != nil {
		t.Fatal(found, err)
	}
	for role, likely := range map[string]string{"default": "45.50", "clerk": "38"} {
		r := assumption.Rate{Role: role, Min: "30", Likely: likely, Max: "60", Currency: "eur", Source: "Controlling", Date: "2026-01-01"}
		if _, err := s.PutRate(ctx, r, 0, "anna"); err != nil {
			t.Fatal(err)
		}
	}
	for role, want := range map[string]float64{"clerk": 38, "smith": 45.5, "default": 45.5} {
		r, found, err := s.Rate(ctx, role)
		if err != nil || !found || r.Range().Likely != want || r.Currency != "EUR" {
			t.Error(role, r, found, err)
		}
	}
}

func TestEveryFieldErrorIsGathered(t *testing.T) {
	s := service(t)
	_, err := s.PutHandlingTime(t.Context(), assumption.HandlingTime{Process: "p", Min: 9, Likely: 8, Max: -1, Date: "30.09.2026"}, 0, "anna")
	if got, want := fields(err), []string{"activity", "max_minutes", "min_minutes", "max_minutes", "source", "date"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	_, err = s.PutRate(t.Context(), assumption.Rate{Min: "4,5", Likely: "5", Max: "6", Currency: "??", Date: "2026-02-30"}, 0, "anna")
	if got, want := fields(err), []string{"role", "min", "currency", "source", "date"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func fields(err error) []string {
	var e *base.Error
	var out []string
	if errors.As(err, &e) {
		for _, f := range e.Fields {
			out = append(out, f.Field)
		}
	}
	return out
}

func TestHandlingTimesFollowTheNameOfAProcess(t *testing.T) {
	s := service(t)
	ctx := t.Context()
	for _, h := range []assumption.HandlingTime{survey("a", "x"), survey("a", "y"), survey("b", "y")} {
		if _, err := s.PutHandlingTime(ctx, h, 0, "anna"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.RenameProcess(ctx, "a", "b", "anna"); err != nil {
		t.Fatal(err)
	}
	all, err := s.HandlingTimes(ctx, "")
	if err != nil || len(all) != 2 || all[0].Value.Process != "b" || all[0].Value.Activity != "x" {
		t.Error(all, err)
	}
}
