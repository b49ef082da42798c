package app_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/base"
)

// What the demo company has proven, in the size in which everybody sees it. The figures of its truth are those of
// truth.json of seed 1: what each change did to the things it concerned. Shares are of 1, times in seconds.
func TestDemoCompanyProves(t *testing.T) {
	dir := t.TempDir() + "/demo"
	if _, errs, status := (shell{t: t}).run("demo", "--data", dir, "--until", "2026-10"); status != 0 {
		t.Fatal(errs)
	}
	a, err := app.Open(t.Context(), app.Options{Dir: dir, Clock: base.FixedClock(time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC))})
	if err != nil {
		t.Fatal(err)
	}
	o := signIn(t, a, "otto@example.com", "officer")
	var effects struct {
		Items []struct {
			Title, State, Class, Verdict, Unit string
			Estimate, Low, High                *float64
			Closing                            *struct{ Status string }
		}
	}
	o.want(200, "GET", "/effects", nil, &effects)
	hour, day := 3600.0, 86400.0
	// The credit rule began after 14 months: its weeks are too thin for a verdict. The order form concerns orders by phone, three in ten; the metric is of all. The median of the first response is
	// no mean: of the two only the direction and the mean inside the interval are compared.
	truth := map[string]struct {
		class, verdict, closing string
		effect                  float64
	}{
		"Weniger Handschritte durch die Bonitätsregel":       {"retrospective", "nicht belegbar", "refused", math.NaN()},
		"Weniger Nacharbeit durch die Auftragsmaske":         {"retrospective", "belegt", "confirmed", -.142 * .3},
		"Schnellere erste Antwort durch Vorsortierung":       {"retrospective", "belegt", "signed", -2.891 * hour},
		"Kürzere Lieferzeit durch den neuen Versandpartner":  {"retrospective", "belegt", "signed", -.820 * day},
		"Mehr Warengruppen je Bestellung durch Empfehlungen": {"planned", "belegt", "signed", .065},
		"Schnellere Lösung durch die Chat-Auskunft":          {"planned", "kein Hinweis", "signed", 0},
		"Höherer Bestellwert durch Empfehlungen":             {"exploratory", "nicht belegbar", "", math.NaN()},
		"Weniger Handschritte durch die E-Rechnung":          {"", "", "", math.NaN()},
	}
	for _, e := range effects.Items {
		want, ok := truth[e.Title]
		closing := ""
		if e.Closing != nil {
			closing = e.Closing.Status
		}
		if !ok || e.Class != want.class || e.Verdict != want.verdict || closing != want.closing {
			t.Errorf("%s: %s, %s, %s", e.Title, e.Class, e.Verdict, closing)
		}
		if !math.IsNaN(want.effect) && (e.Low == nil || want.effect < *e.Low || want.effect > *e.High) {
			t.Errorf("%s: the truth of %v is outside of the interval", e.Title, want.effect)
		}
		delete(truth, e.Title)
	}
	for title := range truth {
		t.Errorf("no plan %s", title)
	}
	var l struct {
		Entries []struct {
			Class        string
			BenefitClass string `json:"benefit_class"`
		}
	}
	o.want(200, "GET", "/ledger", nil, &l)
	var classes []string
	for _, e := range l.Entries {
		classes = append(classes, e.BenefitClass+" "+e.Class)
	}
	slices.Sort(classes)
	if want := []string{"avoided_cost retrospective", "cash planned", "released_time retrospective"}; !slices.Equal(classes, want) {
		t.Errorf("%v", classes)
	}
	var closings struct {
		Items []struct {
			ID, Title, Subject, Status string
			Steps                      []struct{ By string }
		}
	}
	o.want(200, "GET", "/closings", nil, &closings)
	count, restated := map[string]int{}, []string{}
	for _, c := range closings.Items {
		count[c.Subject+" "+c.Status]++
		var people []string
		for _, s := range c.Steps {
			people = append(people, s.By)
		}
		if slices.Sort(people); len(slices.Compact(people)) != len(c.Steps) {
			t.Errorf("%s: one person took two steps", c.Title)
		}
		var one struct{ Restatement *struct{ Changed bool } }
		o.want(200, "GET", "/closings/"+c.ID, nil, &one)
		if one.Restatement != nil && one.Restatement.Changed {
			restated = append(restated, c.Title)
		}
	}
	for state, n := range map[string]int{"effect signed": 4, "effect confirmed": 1, "effect refused": 1, "metric signed": 3, "metric proposed": 1} {
		if count[state] != n {
			t.Errorf("%d %s", count[state], state)
		}
	}
	if len(restated) != 1 || restated[0] != "Umsatz, 2026-10" {
		t.Errorf("restated: %v", restated)
	}
	a.Close()
	if out, errs, status := (shell{t: t}).run("check", "--data", dir); status != 0 {
		t.Error(out + errs)
	}
}
