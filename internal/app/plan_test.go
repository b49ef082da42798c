package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"lotse.dev/lotse/internal/app"
	"lotse.dev/lotse/internal/base"
)

type planned struct {
	Items []struct {
		Initiative, Title, Stage string
		Money                    *struct{ Planned, Committed, Spent, Open, Rest, Forecast struct{ Amount string } }
		Warnings                 []struct{ Code, Text, Link string }
	}
}

// demoOn makes a small demo company whose last month is October 2026 and opens it on a day of November.
func demoOn(t *testing.T) *app.App {
	t.Helper()
	dir := t.TempDir() + "/demo"
	if _, errs, status := (shell{t: t}).run("demo", "--data", dir, "--scale", "0.05"); status != 0 {
		t.Fatal(errs)
	}
	a, err := app.Open(t.Context(), app.Options{Dir: dir, Clock: base.FixedClock(time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// The demo company stands in every stage, and every gate was decided by another person than the one who proposed it,
// with a reason. By hand: the six initiatives that went live took from 3 March 2024 to 12 November 2024 and so on; the
// middle ones are the chat, from 3 February to 12 October 2025, 251 days, and the carrier with 254.
func TestDemoCompanyPlans(t *testing.T) {
	a := demoOn(t)
	o := signIn(t, a, "otto@example.com", "officer")
	var times struct {
		Items []struct {
			Stage    string
			Standing int
		}
		TimeToMarket float64 `json:"time_to_market_seconds"`
		Live         int
	}
	o.want(200, "GET", "/initiatives/stages", nil, &times)
	for _, s := range times.Items {
		if s.Standing == 0 {
			t.Errorf("nobody stands in %s", s.Stage)
		}
	}
	if days := times.TimeToMarket / 86400; days != 252.5 || times.Live != 6 {
		t.Errorf("%v days, %d live", days, times.Live)
	}
	var gates struct {
		Items []struct {
			ID, State string
			CreatedBy string `json:"created_by"`
			UpdatedBy string `json:"updated_by"`
		}
	}
	o.want(200, "GET", "/records/gate?limit=200", nil, &gates)
	waiting := 0
	for _, g := range gates.Items {
		switch g.State {
		case "approved":
			if g.CreatedBy == g.UpdatedBy {
				t.Errorf("%s proposed and approved gate %s", g.CreatedBy, g.ID)
			}
		case "proposed":
			waiting++
		}
	}
	if len(gates.Items) < 40 || waiting != 1 {
		t.Errorf("%d gates, %d wait", len(gates.Items), waiting)
	}

	var p planned
	o.want(200, "GET", "/initiatives/progress", nil, &p)
	var warned []string
	for _, i := range p.Items {
		for _, w := range i.Warnings {
			if w.Code != "benefit" { // depends on chance in so small a company
				warned = append(warned, i.Title+": "+w.Text)
			}
		}
	}
	want := []string{"Chat-Auskunft im Kundendienst: Die Prognose liegt 18 % über dem Budget.",
		"Warenwirtschaft in der Cloud betreiben: Meilenstein „Pilot beginnt“ ist seit dem 10.09.2026 fällig."}
	slices.Sort(warned)
	if !slices.Equal(warned, want) {
		t.Error(strings.Join(warned, "\n"))
	}

	var rank struct {
		Items []struct {
			Title string
			Rank  int
			Score struct{ Likely float64 }
		}
		Unrated []struct {
			Title string
			Lacks []struct{ Field string }
		}
	}
	o.want(200, "GET", "/initiatives/priority?weights=cost:1", nil, &rank)
	if len(rank.Items) != 13 || rank.Items[0].Title != "Kundenanfragen vorsortieren" { // the least cost, 18 to 26
		t.Errorf("%+v", rank.Items)
	}
	o.want(200, "GET", "/initiatives/priority", nil, &rank)
	if len(rank.Unrated) != 1 || rank.Unrated[0].Title != "Wartung nach Zustand" || len(rank.Unrated[0].Lacks) != 3 {
		t.Errorf("%+v", rank.Unrated)
	}
	o.want(400, "GET", "/initiatives/priority?weights=luck:3", nil, nil)
	o.want(400, "GET", "/initiatives/priority?weights=cost:0", nil, nil)
}

// Every template names questions, risks with a measure, milestones in order and metrics that exist, and never a number
// of benefit; an initiative made of it has its risks as records and its milestones dated from the start.
func TestTemplates(t *testing.T) {
	a := open(t, t.TempDir())
	o := signIn(t, a, "otto@example.com", "officer")
	var metrics, list struct {
		Items []struct {
			Name, Title, Aim string
			Questions        []string
			Metrics          []string
			Risks            []string
			Milestones       []struct {
				Title string
				Week  int
			}
		}
	}
	for _, lang := range []string{"de", "en"} {
		o.want(200, "GET", "/metrics?lang="+lang, nil, &metrics)
		known := map[string]bool{}
		for _, m := range metrics.Items {
			known[m.Title] = true
		}
		o.want(200, "GET", "/initiatives/templates?lang="+lang, nil, &list)
		if len(list.Items) < 20 {
			t.Fatalf("%d templates", len(list.Items))
		}
		for _, x := range list.Items {
			if x.Title == "" || x.Aim == "" || len(x.Questions) < 3 || len(x.Metrics) == 0 || len(x.Risks) == 0 || len(x.Milestones) < 2 {
				t.Errorf("%s says too little: %+v", x.Name, x)
			}
			if strings.ContainsAny(x.Title+x.Aim, "0123456789€%") {
				t.Errorf("%s promises a number: %s", x.Name, x.Aim)
			}
			for _, m := range x.Metrics {
				if !known[m] {
					t.Errorf("%s: there is no metric %s", x.Name, m)
				}
			}
			for i := range x.Milestones[1:] {
				if x.Milestones[i+1].Week <= x.Milestones[i].Week {
					t.Errorf("%s: milestones out of order", x.Name)
				}
			}
		}
	}
	var i one
	o.want(200, "POST", "/initiatives/from_template", map[string]any{"template": "chatbot", "start": "2026-03-02"}, &i)
	if due := i.Value["milestones"].([]any)[0].(map[string]any)["due"]; due != "2026-03-30" || i.Value["benefit"] != nil || i.Value["stage"] != "idea" {
		t.Errorf("%v", i.Value)
	}
	var risks struct {
		Items []struct{ Value map[string]any }
	}
	o.want(200, "GET", "/records/risk?filter=initiative:eq:"+i.ID, nil, &risks)
	if len(risks.Items) != 2 || risks.Items[0].Value["measure"] == "" {
		t.Errorf("%+v", risks)
	}
	o.want(404, "POST", "/initiatives/from_template", map[string]any{"template": "luck"}, nil)
}

// By hand: planned 12 × 1,000 of which 5 lie ahead; an order over 4,000 of which 1,500 are settled leaves 2,500 open;
// spent 1,500 + 6,000. Forecast = 7,500 + 2,500 + (5,000 − 2,500) = 12,500, 25 % over a budget of 10,000.
func TestForecastOfAnInitiative(t *testing.T) {
	a := openOn(t, time.Date(2026, 7, 20, 8, 0, 0, 0, time.UTC))
	o := signIn(t, a, "otto@example.com", "officer")
	var i one
	o.want(201, "POST", "/records/initiative", map[string]any{"title": "Portal", "budget": map[string]any{"amount": "10000", "currency": "EUR"}}, &i)
	post := func(sort, day, amount, order string) {
		o.want(201, "POST", "/records/posting", map[string]any{"text": sort, "initiative": i.ID, "sort": sort, "day": day, "order": order,
			"amount": map[string]any{"amount": amount, "currency": "EUR"}}, nil)
	}
	for m := range 12 {
		post("planned", fmt.Sprintf("2026-%02d-01", m+1), "1000", "")
	}
	post("committed", "2026-03-01", "4000", "B-1")
	post("spent", "2026-05-01", "1500", "B-1")
	post("spent", "2026-06-01", "6000", "")
	var p planned
	o.want(200, "GET", "/initiatives/progress?initiative="+i.ID, nil, &p)
	m := p.Items[0].Money
	if m.Planned.Amount != "12000.00" || m.Open.Amount != "2500.00" || m.Rest.Amount != "2500.00" || m.Forecast.Amount != "12500.00" {
		t.Errorf("%+v", m)
	}
	if w := p.Items[0].Warnings; len(w) != 1 || w[0].Code != "cost" || w[0].Text != "Die Prognose liegt 25 % über dem Budget." {
		t.Errorf("%+v", w)
	}
	contributor := signIn(t, a, "ina@example.com", "contributor")
	contributor.want(200, "GET", "/initiatives/progress?initiative="+i.ID, nil, &p)
	if p.Items[0].Money != nil {
		t.Error("a contributor sees postings of others")
	}
}
