package demo

import (
	"context"
	"math"
	"net/http"
	"strconv"
)

// need is what an undertaking needs of a function, in person-days from its start to its go-live.
type need struct {
	of, function, title string
	days                [3]float64
}

// needs overload the developers in two quarters and leave the other functions free or tight, as in a company with one
// small IT department.
var needs = []need{
	{"einvoice", "process", "Rechnungswege prüfen", [3]float64{40, 52, 66}},
	{"einvoice", "developer", "Schnittstelle der E-Rechnung", [3]float64{30, 40, 55}},
	{"product", "product", "Merkmale der Artikel pflegen", [3]float64{110, 140, 180}},
	{"identity", "admin", "Anmeldung einrichten und umstellen", [3]float64{34, 42, 56}},
	{"cloud", "admin", "Betrieb umziehen", [3]float64{44, 56, 80}},
	{"cloud", "developer", "Anpassungen für den Umzug", [3]float64{20, 28, 44}},
	{"cloud", "controller", "Verträge und Kosten verfolgen", [3]float64{6, 8, 12}},
	{"portal", "developer", "Portal bauen", [3]float64{80, 104, 150}},
	{"portal", "service", "Abläufe mit den Werften abstimmen", [3]float64{30, 40, 52}},
	{"leaders", "officer", "Schulungen vorbereiten und halten", [3]float64{24, 32, 40}},
	{"subscription", "developer", "Abo im Shop", [3]float64{28, 36, 50}},
	{"subscription", "controller", "Business Case und Preise", [3]float64{6, 8, 10}},
	{"crm", "developer", "Anbindung des CRM", [3]float64{45, 60, 90}},
	{"crm", "process", "Doppelerfassung abbauen", [3]float64{40, 54, 70}},
	{"supplier", "product", "Stammdaten der Lieferanten", [3]float64{20, 30, 45}},
	{"supplier", "developer", "Anbindung der Lieferanten", [3]float64{22, 30, 44}},
	{"service", "service", "Meldungen der Pumpen auswerten", [3]float64{36, 50, 80}},
	{"service", "developer", "Sensoren anbinden", [3]float64{30, 40, 70}},
}

// roadmap says what the initiatives need of people and money, and has a plan approved from which some of them differ.
func (p *planner) roadmap(ctx context.Context) error {
	for _, step := range []func(context.Context) error{p.demands, p.frames, p.plan, p.drift} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (p *planner) demands(ctx context.Context) error {
	for n, d := range needs {
		x := undertakingOf(d.of)
		value := doc{"title": d.title, "initiative": p.ids[d.of], "function": d.function, "from": p.day(x.start, 1), "to": p.day(x.live+1, 28),
			"days": spread(d.days), "owner": p.person(n)}
		if err := p.add(ctx, "demand", d.title, value); err != nil {
			return err
		}
	}
	return nil
}

func undertakingOf(key string) undertaking {
	for _, x := range undertakings {
		if x.key == key {
			return x
		}
	}
	return undertaking{}
}

// board is what is planned now.
type board struct {
	Items []struct {
		ID      string `json:"id"`
		Version int    `json:"version"`
		Start   string `json:"start"`
	} `json:"items"`
	Budgets []struct {
		Year    int `json:"year"`
		Planned struct {
			Amount string `json:"amount"`
		} `json:"planned"`
	} `json:"budgets"`
}

func (p *planner) board(ctx context.Context) (*board, error) {
	var out board
	first := p.until.plus(1).Year
	from, to := strconv.Itoa(first)+"-01-01", strconv.Itoa(first+3)+"-01-01"
	return &out, p.officer.Call(ctx, http.MethodGet, "/roadmap?from="+from+"&to="+to, nil, &out)
}

// frames are a little too small for the year of use and leave room in the next.
func (p *planner) frames(ctx context.Context) error {
	b, err := p.board(ctx)
	if err != nil {
		return err
	}
	for n, y := range b.Budgets {
		planned, err := strconv.ParseFloat(y.Planned.Amount, 64)
		if err != nil {
			return err
		}
		share := 1.5
		if n == 0 {
			share = .96
		}
		title := "Digitalisierung " + strconv.Itoa(y.Year)
		value := doc{"title": title, "year": y.Year, "amount": doc{"amount": strconv.Itoa(int(math.Ceil(planned*share/5000)) * 5000), "currency": "EUR"},
			"note": "Beschlossen mit dem Wirtschaftsplan; simuliert wie alles in der Musterfirma."}
		if err := p.add(ctx, "budget_frame", title, value); err != nil {
			return err
		}
	}
	return nil
}

// plan is frozen by the officer and approved by the leader.
func (p *planner) plan(ctx context.Context) error {
	var made item
	title := "Fahrplan " + strconv.Itoa(p.until.plus(1).Year)
	body := doc{"title": title, "committee": p.ids["Lenkungskreis Digitalisierung"], "note": "Stand der letzten Sitzung.", "propose": true}
	if err := p.officer.Call(ctx, http.MethodPost, "/roadmap/plans", body, &made); err != nil {
		return err
	}
	decision := doc{"step": "approve", "note": "Wie vorgelegt; über Verschiebungen wird berichtet."}
	return p.leader.Change(ctx, http.MethodPost, "/records/plan/"+made.ID+"/decide", made.Version, decision, nil)
}

// drift is what has changed since the plan: the move to the cloud takes longer and costs more, the subscription begins
// later, the portal is expected to bring less.
func (p *planner) drift(ctx context.Context) error {
	b, err := p.board(ctx)
	if err != nil {
		return err
	}
	move := func(key, start, live string) error {
		for _, i := range b.Items {
			if i.ID != p.ids[key] {
				continue
			}
			one := doc{"id": i.ID, "version": i.Version, "start": start}
			if live != "" {
				one["go_live"] = live
			}
			return p.officer.Call(ctx, http.MethodPost, "/roadmap/moves", doc{"moves": []doc{one}}, nil)
		}
		return nil
	}
	cloud, later := undertakingOf("cloud"), undertakingOf("subscription")
	if err := move("cloud", p.day(cloud.start, 1), p.day(cloud.live-1, 1)); err != nil {
		return err
	}
	if err := move("subscription", p.day(later.start-2, 1), ""); err != nil {
		return err
	}
	change := func(key string, value doc) error {
		var now item
		at := "/records/initiative/" + p.ids[key]
		if err := p.officer.Call(ctx, http.MethodGet, at, nil, &now); err != nil {
			return err
		}
		return p.officer.Change(ctx, http.MethodPatch, at, now.Version, value, nil)
	}
	if err := change("cloud", doc{"budget": doc{"amount": strconv.Itoa((cloud.budget + 15) * 1000), "currency": "EUR"}}); err != nil {
		return err
	}
	less := undertakingOf("portal").benefit
	return change("portal", doc{"benefit": spread([3]float64{less[0] - 4, less[1] - 9, less[2] - 6})})
}
