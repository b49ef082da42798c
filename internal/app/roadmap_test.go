package app_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// board is what the test reads of the roadmap.
type board struct {
	Items []struct {
		ID, Title  string
		Version    int
		May        bool
		Start, End *string
		GoLive     *string                       `json:"go_live"`
		Milestones []struct{ Title, Due string } `json:"milestones"`
		Remarks    []struct{ Code, Text string }
		Deviation  *struct {
			StartDays *int `json:"start_days"`
			Cost      *struct{ Amount string }
			Benefit   *float64
			Any       bool
		}
	}
	Links   []struct{ Broken bool }
	Budgets []struct {
		Year    int
		Planned struct{ Amount, Currency string }
		Frame   *struct{ Amount string }
		Over    bool
	}
	Functions []struct {
		Name     string
		Quarters []struct {
			From, State string
			Need        struct{ Min, Likely, Max float64 }
		}
	}
	Conflicts []struct{ Kind, Text string }
	Plan      *struct{ Title string }
	Holidays  []struct{ Day, Name string }
}

func (b *board) kinds() string {
	var out []string
	for _, c := range b.Conflicts {
		out = append(out, c.Kind)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// make creates a record and answers it.
func (b *browser) make(kind string, value map[string]any) *one {
	b.t.Helper()
	var out one
	b.want(201, "POST", "/records/"+kind, value, &out)
	return &out
}

// await follows a job to its end and reads its output.
func (b *browser) await(id string, out any) {
	b.t.Helper()
	for {
		var info struct {
			State  string
			Output json.RawMessage
		}
		b.want(200, "GET", "/jobs/"+id, nil, &info)
		switch info.State {
		case "queued", "running":
			time.Sleep(20 * time.Millisecond)
		case "done":
			if err := json.Unmarshal(info.Output, out); err != nil {
				b.t.Fatal(err)
			}
			return
		default:
			b.t.Fatalf("the job ended as %s", info.State)
		}
	}
}

func euro(amount string) map[string]any { return map[string]any{"amount": amount, "currency": "EUR"} }

func rangeOf(min, likely, max float64) map[string]any {
	return map[string]any{"min": min, "likely": likely, "max": max}
}

// Three initiatives, one waiting for another: the conflict is named, a move takes everything along and is taken back, an
// approved plan shows the deviation, loads are those computed by hand.
func TestRoadmap(t *testing.T) {
	a := open(t, t.TempDir())
	officer := signIn(t, a, "officer@example.com", "officer")
	leader := signIn(t, a, "leader@example.com", "leader")
	admin := signIn(t, a, "admin@example.com", "admin")
	officer.make("company", map[string]any{"name": "Nordhafen", "federal_state": "ni", "discount_rate": 0.08})
	dev := officer.make("function", map[string]any{"name": "Entwicklung", "capacity_days": 60})
	portal := officer.make("initiative", map[string]any{"title": "Kundenportal", "start": "2027-01-01", "go_live": "2027-06-30", "end": "2027-12-31", "budget": euro("36500.00"),
		"benefit": rangeOf(10, 20, 30), "milestones": []any{map[string]any{"title": "Abnahme", "due": "2027-03-29"}, map[string]any{"title": "Auftakt", "due": "2027-01-04", "done": "2027-01-04"}}})
	shop := officer.make("initiative", map[string]any{"title": "Webshop", "start": "2027-07-01", "go_live": "2028-06-30", "budget": euro("73200.00")})
	officer.make("initiative", map[string]any{"title": "Datenlager"})
	officer.make("dependency", map[string]any{"title": "Shop nach Portal", "from": shop.ID, "to": portal.ID, "sort": "after"})
	officer.make("demand", map[string]any{"title": "Bau", "initiative": portal.ID, "function": dev.ID, "from": "2027-01-01", "to": "2027-06-30", "days": rangeOf(90.5, 181, 362)})
	officer.make("budget_frame", map[string]any{"title": "Digital 2027", "year": 2027, "amount": euro("70000.00")})

	read := func() *board {
		t.Helper()
		var out board
		officer.want(200, "GET", "/roadmap?from=2027-01-01&to=2029-01-01", nil, &out)
		return &out
	}
	r := read()
	// The portal has all of its 36500 in 2027, the shop 184 of its 366 days: 73200 / 366 * 184 = 36800; the rest in 2028.
	if b := r.Budgets[0]; b.Year != 2027 || b.Planned.Amount != "73300.00" || !b.Over || r.Budgets[1].Planned.Amount != "36400.00" || r.Budgets[1].Frame != nil {
		t.Errorf("%+v", r.Budgets)
	}
	// 181 days of the calendar, 90 of them in the first quarter and 91 in the second: one person-day a day, 60 are free.
	q := r.Functions[0].Quarters
	if q[0].Need.Likely != 90 || q[0].State != "over" || q[1].Need.Min != 45.5 || q[1].Need.Max != 182 || q[2].Need.Likely != 0 || q[2].State != "free" {
		t.Errorf("%+v", q)
	}
	if r.kinds() != "budget capacity capacity order" || !r.Links[0].Broken {
		t.Errorf("%s %+v", r.kinds(), r.Links)
	}
	want := "„Webshop“ beginnt am 01.07.2027, wartet aber auf „Kundenportal“, das erst am 31.12.2027 endet."
	if !slices.ContainsFunc(r.Conflicts, func(c struct{ Kind, Text string }) bool { return c.Text == want }) {
		t.Errorf("%+v", r.Conflicts)
	}
	if r.Items[0].Title != "Kundenportal" || r.Items[2].Start != nil || !r.Items[0].May {
		t.Errorf("%+v", r.Items)
	}
	// 1 January is New Year's Day, 29 March 2027 Easter Monday; 3 October 2027 is a holiday whatever the state, 31 October in Lower Saxony.
	var said []string
	for _, x := range r.Items[0].Remarks {
		said = append(said, x.Text)
	}
	if got := strings.Join(said, " "); !strings.Contains(got, "Beginn am 01.01.2027 ist ein Feiertag: Neujahr.") || !strings.Contains(got, "Abnahme am 29.03.2027 ist ein Feiertag: Ostermontag.") {
		t.Error(got)
	}
	if !slices.ContainsFunc(r.Holidays, func(h struct{ Day, Name string }) bool { return h.Day == "2027-10-31" && h.Name == "Reformationstag" }) {
		t.Error(r.Holidays)
	}

	// The plan is frozen by one person and approved by another.
	var plan one
	officer.want(201, "POST", "/roadmap/plans", map[string]any{"title": "Fahrplan 2027", "propose": true}, &plan)
	officer.match = fmt.Sprintf(`"%d"`, plan.Version)
	officer.want(403, "POST", "/records/plan/"+plan.ID+"/decide", map[string]any{"step": "approve"}, nil)
	officer.match = ""
	if read().Plan != nil {
		t.Error("a plan that nobody approved counts")
	}
	leader.match = fmt.Sprintf(`"%d"`, plan.Version)
	leader.want(200, "POST", "/records/plan/"+plan.ID+"/decide", map[string]any{"step": "approve"}, &plan)
	leader.match = ""

	// The shop moves by 184 days behind the portal; its go-live goes along.
	var moved struct {
		Records []struct {
			Kind, ID      string
			Before, After int
		}
	}
	officer.want(200, "POST", "/roadmap/moves", map[string]any{"moves": []any{map[string]any{"id": shop.ID, "version": shop.Version, "start": "2028-01-01"}}}, &moved)
	r = read()
	item := r.Items[1]
	if *item.Start != "2028-01-01" || *item.GoLive != "2028-12-31" || *item.Deviation.StartDays != 184 || item.Deviation.Cost.Amount != "0.00" || strings.Contains(r.kinds(), "order") || r.Plan.Title != "Fahrplan 2027" {
		t.Errorf("%+v %s", item, r.kinds())
	}
	officer.want(412, "POST", "/roadmap/moves", map[string]any{"moves": []any{map[string]any{"id": shop.ID, "version": shop.Version, "start": "2028-02-01"}}}, nil)
	officer.want(200, "POST", "/roadmap/moves/back", map[string]any{"records": moved.Records}, nil)
	if r = read(); *r.Items[1].Start != "2027-07-01" || *r.Items[1].GoLive != "2028-06-30" || r.Items[1].Deviation.Any {
		t.Errorf("%+v", r.Items[1])
	}

	// The portal takes its demand and the milestone that is not reached along, in one go, and cost and benefit deviate.
	officer.want(200, "POST", "/roadmap/moves", map[string]any{"moves": []any{map[string]any{"id": portal.ID, "version": portal.Version, "start": "2027-01-11"}}}, &moved)
	r = read()
	if len(moved.Records) != 2 || r.Items[0].Milestones[0].Due != "2027-04-08" || r.Items[0].Milestones[1].Due != "2027-01-04" || r.Functions[0].Quarters[0].Need.Likely != 80 {
		t.Errorf("%+v %+v", moved, r.Items[0])
	}
	portal.Version++
	officer.change(portal, map[string]any{"budget": euro("40000.00"), "benefit": rangeOf(10, 15, 30)})
	if d := read().Items[0].Deviation; d.Cost.Amount != "3500.00" || *d.Benefit != -5 || *d.StartDays != 10 {
		t.Errorf("%+v", d)
	}

	// Dates become unknown, alone or while the others move; the undo gives them back.
	officer.want(200, "POST", "/roadmap/moves", map[string]any{"moves": []any{map[string]any{"id": shop.ID, "version": r.Items[1].Version, "empty": []string{"go_live"}}}}, &moved)
	if r = read(); *r.Items[1].Start != "2027-07-01" || r.Items[1].GoLive != nil {
		t.Errorf("%+v", r.Items[1])
	}
	officer.want(200, "POST", "/roadmap/moves/back", map[string]any{"records": moved.Records}, nil)
	if r = read(); *r.Items[1].GoLive != "2028-06-30" {
		t.Errorf("%+v", r.Items[1])
	}
	officer.want(200, "POST", "/roadmap/moves", map[string]any{"moves": []any{map[string]any{"id": shop.ID, "version": r.Items[1].Version, "start": "2027-07-02", "empty": []string{"go_live"}}}}, &moved)
	if r = read(); *r.Items[1].Start != "2027-07-02" || r.Items[1].GoLive != nil {
		t.Errorf("%+v", r.Items[1])
	}
	officer.want(200, "POST", "/roadmap/moves", map[string]any{"moves": []any{map[string]any{"id": shop.ID, "version": r.Items[1].Version, "empty": []string{"start"}}}}, &moved)
	if r = read(); r.Items[1].Title != "Datenlager" || r.Items[2].Title != "Webshop" || r.Items[2].Start != nil {
		t.Errorf("%+v", r.Items)
	}
	officer.want(422, "POST", "/roadmap/moves", map[string]any{"moves": []any{map[string]any{"id": shop.ID, "version": r.Items[2].Version, "empty": []string{"budget"}}}}, nil)

	// Who reads no initiative gets none, and moves none.
	var empty board
	admin.want(200, "GET", "/roadmap", nil, &empty)
	if len(empty.Items) != 0 || len(empty.Conflicts) != 0 || empty.Plan != nil {
		t.Errorf("%+v", empty)
	}
	admin.want(404, "POST", "/roadmap/moves", map[string]any{"moves": []any{map[string]any{"id": shop.ID, "version": 1, "start": "2028-02-01"}}}, nil)
	officer.want(400, "GET", "/roadmap?from=2027-01-01&to=2026-01-01", nil, nil)
}

// Rings, exclusion, needs and dates of one initiative that contradict each other are named.
func TestConflictsOfTheRoadmap(t *testing.T) {
	a := open(t, t.TempDir())
	officer := signIn(t, a, "officer@example.com", "officer")
	initiative := func(title, start, live, end string) string {
		return officer.make("initiative", map[string]any{"title": title, "start": start, "go_live": live, "end": end}).ID
	}
	x, y := initiative("Eins", "2027-01-01", "2027-06-30", "2027-05-31"), initiative("Zwei", "2027-01-01", "2027-08-30", "2027-08-31")
	link := func(sort, from, to string) {
		officer.make("dependency", map[string]any{"title": sort + from + to, "from": from, "to": to, "sort": sort})
	}
	link("with", x, y)
	link("excludes", x, y)
	link("after", x, y)
	link("after", y, x)
	var r board
	officer.want(200, "GET", "/roadmap?from=2027-01-01&to=2028-01-01&filter=title:eq:nichts", nil, &r)
	if len(r.Items) != 0 || r.kinds() != "circle excludes go_live_after_end needs order order" {
		t.Errorf("%s %+v", r.kinds(), r.Conflicts)
	}
}

// The proposal on a problem that is solved by hand: one quarter of money a time, three initiatives of one quarter each,
// the second only after the first; within two quarters the two that belong together are worth 15 and 12, the third 20.
func TestProposalOfTheRoadmap(t *testing.T) {
	a := open(t, t.TempDir())
	officer := signIn(t, a, "officer@example.com", "officer")
	ids := map[string]string{}
	for title, benefit := range map[string]float64{"Erstes": 5, "Zweites": 4.4, "Drittes": 6} {
		ids[title] = officer.make("initiative", map[string]any{"title": title, "start": "2099-01-01", "end": "2099-03-31", "budget": euro("10000.00"),
			"benefit": rangeOf(benefit, benefit, benefit), "cost": rangeOf(10, 10, 10)}).ID
	}
	officer.make("initiative", map[string]any{"title": "Ohne alles"})
	officer.make("dependency", map[string]any{"title": "danach", "from": ids["Zweites"], "to": ids["Erstes"], "sort": "after"})
	var basis struct {
		Quarters   []struct{ From string }
		Candidates []struct {
			Title string
			Lasts int
			Worth struct{ Amount string }
		}
		Left []struct {
			Title string
			Lacks []string
		}
	}
	officer.want(200, "GET", "/roadmap/proposal?quarters=2", nil, &basis)
	worths := map[string]string{}
	for _, c := range basis.Candidates {
		worths[c.Title] = fmt.Sprint(c.Lasts, " ", c.Worth.Amount)
	}
	// 5 years of 5 thousand less 10 thousand, and so on.
	if worths["Erstes"] != "1 15000.00" || worths["Zweites"] != "1 12000.00" || worths["Drittes"] != "1 20000.00" || len(basis.Left) != 1 || len(basis.Left[0].Lacks) != 2 {
		t.Fatal(worths, basis.Left)
	}
	first, err := time.Parse(time.DateOnly, basis.Quarters[0].From)
	if err != nil {
		t.Fatal(err)
	}
	budgets := []any{map[string]any{"year": first.Year(), "amount": euro("40000.00")}}
	if second := basis.Quarters[1].From[:4]; second != basis.Quarters[0].From[:4] {
		budgets = append(budgets, map[string]any{"year": first.Year() + 1, "amount": euro("40000.00")})
	}
	ask := func(body map[string]any) (out struct {
		Status           string
		Objective, Bound *float64
		Gap              *float64
		Chosen           []struct {
			ID, Title, Start string
			Version          int
		}
		Left []struct {
			Title, Change string
			Reasons       []string
		}
		Conflict []struct{ Kind, Text string }
	}) {
		t.Helper()
		var info struct{ ID string }
		officer.want(200, "POST", "/roadmap/proposal", body, &info)
		officer.await(info.ID, &out)
		return out
	}
	p := ask(map[string]any{"quarters": 2, "budgets": budgets})
	// Third and first: 35; first and second: 27. Nothing else fits into two quarters of 10000.
	if p.Status != "optimal" || *p.Objective != 35000 || *p.Bound != 35000 || *p.Gap != 0 || len(p.Chosen) != 2 {
		t.Fatalf("%+v", p)
	}
	if p.Left[0].Title != "Zweites" || len(p.Left[0].Reasons) == 0 || p.Left[0].Change != "Sein Wert müsste um 8.000\u00a0EUR steigen; dafür fiele weg: Drittes." || p.Left[1].Title != "Ohne alles" {
		t.Errorf("%+v", p.Left)
	}
	p = ask(map[string]any{"quarters": 2, "budgets": budgets, "rules": []any{map[string]any{"id": ids["Zweites"], "mandatory": true}}})
	if *p.Objective != 27000 || p.Chosen[0].Title != "Erstes" || p.Chosen[1].Title != "Zweites" || p.Chosen[1].Start != basis.Quarters[1].From {
		t.Errorf("%+v", p)
	}
	must := []any{map[string]any{"id": ids["Zweites"], "mandatory": true}, map[string]any{"id": ids["Drittes"], "mandatory": true}}
	if p = ask(map[string]any{"quarters": 2, "budgets": budgets, "rules": must}); p.Status != "infeasible" || len(p.Conflict) < 3 {
		t.Errorf("%+v", p)
	}
}
