package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/base"
)

// Two years of orders, forty a month between 80 and 120 euros. In the second year those of one company come to half of
// that: an initiative in the pilot that shall raise the mean order value is warned that its benefit drifts, one that
// is an idea still is not, since it has changed nothing yet. Where the second year is like the first nobody is warned,
// nor where the value rises.
func TestBenefitThatDriftsIsWarnedOf(t *testing.T) {
	for _, c := range []struct {
		name   string
		second float64
		want   string
	}{
		{"falls to half", .5, "benefit"}, {"stays", 1, ""}, {"rises by half", 1.5, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, file := filepath.Join(t.TempDir(), "instance"), filepath.Join(t.TempDir(), "orders.csv")
			if err := os.WriteFile(file, []byte(twoYears(c.second)), 0o600); err != nil {
				t.Fatal(err)
			}
			if out, errs, status := (shell{t: t}).run("import", file, "--data", dir, "--table", "orders"); status != 0 {
				t.Fatal(out, errs)
			}
			a, err := app.Open(t.Context(), app.Options{Dir: dir, Clock: base.FixedClock(time.Date(2026, 1, 12, 8, 0, 0, 0, time.UTC))})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { a.Close() })
			officer, leader := signIn(t, a, "officer@example.com", "officer"), signIn(t, a, "leader@example.com", "leader")
			piloted := officer.make("initiative", ready(officer, "Größere Warenkörbe"))
			idea := officer.make("initiative", ready(officer, "Empfehlungen im Shop"))
			passTo(officer, leader, piloted.ID, "pilot")
			for id, want := range map[string]string{piloted.ID: c.want, idea.ID: ""} {
				var p planned
				officer.want(200, "GET", "/initiatives/progress?initiative="+id, nil, &p)
				var got []string
				for _, w := range p.Items[0].Warnings {
					got = append(got, w.Code)
					if w.Code == "benefit" && !strings.Contains(w.Text, "„Durchschnittlicher Bestellwert“") {
						t.Error(w.Text)
					}
				}
				if strings.Join(got, " ") != want {
					t.Errorf("%s is warned of %q, want %q", p.Items[0].Title, got, want)
				}
			}
		})
	}
}

// twoYears are the orders of 2024 and 2025, the second year's values times a factor.
func twoYears(second float64) string {
	var b strings.Builder
	b.WriteString("order_id;time;net\n")
	for month := range 24 {
		factor := 1.0
		if month >= 12 {
			factor = second
		}
		for n := range 40 {
			day := time.Date(2024, time.Month(month+1), 1+n%28, 10, 0, 0, 0, time.UTC)
			fmt.Fprintf(&b, "%d-%d;%s;%.2f\n", month, n, day.Format("2006-01-02"), factor*float64(80+n))
		}
	}
	return b.String()
}

// ready is an initiative that passes its gates but for what a person has to answer.
func ready(owner *browser, title string) map[string]any {
	return map[string]any{"title": title, "owner": self(owner), "aim": "Der mittlere Auftragswert steigt um ein Zehntel.", "metrics": []string{"average_order_value"},
		"baseline": "100 Euro im Mittel 2024", "stop_criteria": "Nach drei Monaten keine Wirkung", "gdpr": "checked", "budget": euro("9000.00")}
}

// passTo leads an initiative through one gate, with every point that a person answers met.
func passTo(by, judge *browser, id, stage string) {
	by.t.Helper()
	var ahead struct {
		Answers []struct {
			Code       string
			Auto, Hard bool
		}
	}
	by.want(200, "GET", "/initiatives/"+id+"/gate?to="+stage, nil, &ahead)
	answers := []any{}
	for _, a := range ahead.Answers {
		if !a.Auto {
			answers = append(answers, map[string]any{"code": a.Code, "met": "yes", "evidence": "Protokoll"})
		}
	}
	var g one
	by.want(200, "POST", "/initiatives/"+id+"/gate", map[string]any{"to": stage, "note": "Weiche Punkte folgen.", "answers": answers}, &g)
	judge.match = fmt.Sprintf(`"%d"`, g.Version)
	judge.want(200, "POST", "/gates/"+g.ID+"/judge", map[string]any{"step": "approve", "note": "Trägt."}, &g)
	judge.match = ""
}

// Wherever a person reads it, a metric has its title: in the evidence of the gate, kept with its decision, and in the
// history, in the language of the reader. A metric that is unknown keeps its name, and so does an export, which is
// read back.
func TestMetricsAreCalledByTheirTitles(t *testing.T) {
	a := open(t, t.TempDir())
	officer := signIn(t, a, "officer@example.com", "officer")
	value := ready(officer, "Größere Warenkörbe")
	value["metrics"] = []string{"average_order_value", "own_count"}
	i := officer.make("initiative", value)
	for lang, want := range map[string]string{"de": "Durchschnittlicher Bestellwert, own_count", "en": "Average order value, own_count"} {
		var ahead struct {
			Answers []struct{ Code, Evidence string }
		}
		officer.want(200, "GET", "/initiatives/"+i.ID+"/gate?to=case&lang="+lang, nil, &ahead)
		for _, x := range ahead.Answers {
			if x.Code == "metric" && x.Evidence != want {
				t.Errorf("%s: %q", lang, x.Evidence)
			}
		}
		var history struct {
			Items []struct {
				Changes []struct{ Field, After string }
			}
		}
		officer.want(200, "GET", "/records/initiative/"+i.ID+"/history?lang="+lang, nil, &history)
		for _, c := range history.Items[0].Changes {
			if c.Field == "metrics" && c.After != strings.ReplaceAll(want, ", ", "; ") {
				t.Errorf("%s: %q", lang, c.After)
			}
		}
	}
	if text, _, status := officer.file("/records/initiative/export?format=csv&columns=title,metrics"); status != 200 || !strings.Contains(text, "average_order_value; own_count") {
		t.Errorf("%d %s", status, text)
	}
}

// Two initiatives in the pilot lower the mean order value by 20 euros, as the facts have it: the one whose signed plan
// promised 35 is warned before anything is closed, the one that promised 20 is not.
func TestAnEffectShortOfItsPlanIsWarnedOf(t *testing.T) {
	began := time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)
	h := openProof(t, t.TempDir()+"/instance", time.Date(2024, 12, 30, 9, 0, 0, 0, time.UTC), "officer@example.com", "controller@example.com", "leader@example.com")
	h.load("vorher.csv", ordersFile(began, 35, 99, 100, 0), map[string]any{"table": "orders", "auto": true})
	plans := map[int]string{}
	initiatives := map[int]string{}
	for _, promised := range []int{-35, -20} {
		i := h.officer().make("initiative", ready(h.officer(), fmt.Sprint("Kleinere Pakete ", promised)))
		passTo(h.officer(), h.people["leader@example.com"], i.ID, "pilot")
		body := planBody(i.ID)
		body["expected"] = promised
		plans[promised], initiatives[promised] = h.signedPlan(body).ID, i.ID
	}
	warned := func(promised int) (texts []string) {
		var p planned
		h.officer().want(200, "GET", "/initiatives/progress?initiative="+initiatives[promised], nil, &p)
		for _, w := range p.Items[0].Warnings {
			if w.Code == "benefit" && w.Link == "/wirkung/"+plans[promised] {
				texts = append(texts, w.Text)
			}
		}
		return texts
	}
	if got := warned(-35); got != nil {
		t.Errorf("before anything is measured: %v", got)
	}
	h.at(time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC))
	h.load("nachher.csv", ordersFile(began, 48, 36, 100, 20), map[string]any{"table": "orders", "auto": true, "overlap": "replace"})
	if got := warned(-35); len(got) != 1 || !strings.Contains(got[0], "bleibt hinter dem Wirkungsplan: gemessen −2") || !strings.HasSuffix(got[0], "versprochen −35,00\u00a0€.") {
		t.Errorf("%q", got)
	}
	if got := warned(-20); got != nil {
		t.Errorf("%q", got)
	}
}
